import type { Translation } from './translation.js';

/** French. Addresses people as vous. A no-break space goes before : ; ? ! » and % and after «. */
export const fr = {
  commands: {
    ask: {
      name: 'demander',
      description: 'Posez une question ; la réponse est citée des articles, avec sa source',
      options: {
        question: { name: 'question', description: 'Ce que vous voulez savoir, en une phrase ou quelques mots' },
        article: { name: 'article', description: 'Ne chercher que dans cet article : tapez une partie de son titre' },
        private: { name: 'privé', description: 'Ne montrer la réponse qu’à vous ; vous pourrez la partager ensuite' },
      },
    },
    find: {
      name: 'chercher',
      description: 'Cherche un article ou un passage pendant que vous tapez ; vous seul le voyez',
      options: {
        words: {
          name: 'mots',
          description: 'Mots d’un titre ou d’un passage : choisissez dans la liste ou appuyez sur Entrée',
        },
      },
    },
    cite: {
      name: 'citer',
      description: 'Montre un passage à tout le monde ici, avec sa source',
      options: {
        passage: { name: 'passage', description: 'Mots du passage : choisissez-le dans la liste' },
        for: { name: 'pour', description: 'Qui prévenir' },
        note: { name: 'note', description: 'Votre commentaire sur le passage' },
      },
    },
    sources: {
      name: 'sources',
      description: 'Affiche les articles d’où viennent les réponses',
      options: {
        words: {
          name: 'mots',
          description: 'Seulement les articles avec ces mots dans le titre, l’éditeur ou la collection',
        },
      },
    },
    article: {
      name: 'article',
      description: 'Lire un article, passage par passage',
      options: { article: { name: 'article', description: 'Mots de son titre : choisissez-le dans la liste' } },
    },
    about: { name: 'à-propos', description: 'Ce que fait ce bot, ce qu’il sait et ce qu’il conserve' },
    'forget-me': {
      name: 'oubliez-moi',
      description: 'Supprime tout ce que ce bot conserve sur vous : votes et questions',
    },
    settings: {
      name: 'paramètres',
      description: 'Change le comportement du bot dans un salon',
      options: {
        channel: { name: 'salon', description: 'Quel salon (par défaut : celui-ci)' },
        server: { name: 'serveur', description: 'Changer plutôt les valeurs par défaut de tout le serveur' },
      },
    },
    gaps: {
      name: 'lacunes',
      description: 'Affiche ce qui a été demandé et à quoi les articles n’ont pas répondu',
      options: {
        days: { name: 'jours', description: 'Sur combien de jours (par défaut : 7)' },
        export: { name: 'exporter', description: 'Le tout en fichier CSV' },
      },
    },
    status: { name: 'état', description: 'Comment va le bot : articles, index, latence, version' },
    answerThis: { name: 'Répondre à cette question' },
    findTheSource: { name: 'Trouver la source' },
  },
  signs: {
    quoted: '« {{text}} »',
  },
  answer: {
    answered: '✅ **Réponse trouvée**, dans les mots de la source.',
    closest: '🔶 **Peut-être.** Les articles n’y répondent peut-être pas, mais ces passages s’en approchent le plus.',
    notFound: '⚪ **Non trouvé.** Rien dans les articles n’y répond.',
    sure: 'sûr à {{percent}} %',
    sureFirst: 'sûr à {{percent}} % que le premier est la réponse',
    part: 'Pour « {{question}} »',
    undated: 'sans date',
    onPage: 'page {{page}}',
    atTime: 'à {{time}}',
    link: 'lire à la source',
    page: 'Passage {{number}} sur {{count}}, le meilleur d’abord',
    shared: 'Partagé par {{person}}',
    onRequest: 'Réponse à {{link}}',
    messageLink: 'ce message',
    directClosed:
      'Ici, les réponses sont envoyées en privé, mais vous n’acceptez pas mes messages privés. Utilisez plutôt `/demander` : vous seul verrez la réponse.',
  },
  notes: {
    script:
      'La question et les articles sont dans des écritures différentes (question : {{asked}}, articles : {{written}}). Essayez de demander dans la langue des articles.',
    language:
      'La question semble être en {{asked}}, mais les articles sont en {{written}}. Demandez en {{written}} pour une meilleure réponse.',
    spelling: 'Recherche de « {{read}} » au lieu de « {{typed}} ».',
    followUp: 'Compris comme la suite de « {{earlier}} ».',
    parts: 'Vous avez posé plusieurs questions à la fois : {{parts}}.',
    partAnswered: '« {{question}} » a une réponse',
    partClosest: '« {{question}} » n’a que des passages proches',
    partNotFound: '« {{question}} » n’a pas de réponse dans les articles',
    yearsApart:
      'Un an ou plus sépare les sources ({{dates}}). Elles sont classées selon leur correspondance avec la question, et non selon leur date.',
    figuresDiffer:
      'Les sources donnent des chiffres différents ({{figures}}). Comparez-les : l’ordre montre à quel point chaque source correspond à la question, et non quel chiffre est juste.',
    uncalibrated:
      'On n’a pas mesuré à quelle fréquence ce modèle a raison, il n’y a donc pas de pourcentage. Les meilleurs résultats viennent en premier ; à vous de juger s’ils répondent à la question.',
  },
  buttons: {
    context: 'Contexte',
    why: 'Pourquoi ?',
    share: 'Partager',
    remove: 'Retirer',
  },
  context: {
    heading: 'Dans son contexte',
  },
  why: {
    heading: '**Pourquoi ce passage ?**',
    words: 'Mots qui correspondent : {{words}}.',
    wordPair: '« {{question}} » avec « {{passage}} »',
    noWords: 'Aucun mot ne correspond vraiment, mais le passage est proche par le sens.',
    rank: 'Il occupe le rang {{rank}} parmi les {{count}} passages comparés de près.',
    byWords: 'Par ses mots seuls, il occupe le rang {{rank}}.',
    notByWords: 'Une recherche par mots seuls ne l’aurait pas trouvé.',
    byMeaning: 'Par son sens seul, il occupe le rang {{rank}}.',
    notByMeaning: 'Une recherche par le sens seul ne l’aurait pas trouvé.',
    confidence: 'Parmi les réponses dont je suis sûr à {{percent}} %, environ {{percent}} sur 100 sont justes.',
    noConfidence: 'Je ne peux pas dire quelle est la probabilité que ce soit la réponse.',
    nothing: 'Ce passage est trop loin dans le classement pour être expliqué.',
  },
  find: {
    heading: 'Les passages les plus proches',
    nothing: 'Aucun résultat pour « {{words}} ». Essayez d’autres mots, ou posez une question avec `/demander`.',
    choose: 'Montrer un passage…',
  },
  cite: {
    heading: 'Cité par {{person}} :',
    for: 'Pour {{person}}',
    choose:
      'Choisissez un passage dans la liste qui apparaît pendant que vous tapez. `/chercher` cherche plus largement.',
  },
  sources: {
    heading_one: '**{{count}} article**',
    heading_many: '**{{count}} articles**',
    heading_other: '**{{count}} articles**',
    matching_one: '**{{count}} article** avec « {{words}} »',
    matching_many: '**{{count}} articles** avec « {{words}} »',
    matching_other: '**{{count}} articles** avec « {{words}} »',
    nothing: 'Aucun article n’a « {{words}} » dans son titre, son éditeur ou sa collection.',
    passages_one: '{{count}} passage',
    passages_many: '{{count}} passages',
    passages_other: '{{count}} passages',
    choose: 'Lire un article…',
    page: 'Page {{number}} sur {{count}}',
  },
  article: {
    choose: 'Choisissez un article dans la liste qui apparaît pendant que vous tapez, ou regardez dans `/sources`.',
  },
  claims: {
    heading: 'Ce que les articles disent de ce message',
    same: '🟰 **Dit la même chose**',
    related: '🔗 **En rapport**',
    nothing: '⚪ **Rien trouvé**',
    sentence: '{{verdict}} : « {{claim}} »',
    differing: '{{verdict}} ({{difference}}) : « {{claim}} »',
    otherNumbers: 'avec d’autres nombres',
    otherDates: 'avec une autre date',
    otherNames: 'avec d’autres noms',
    otherRoles: 'avec d’autres rôles',
    otherPolarity: 'l’un l’affirme, l’autre le nie',
    leftOut_one: '{{count}} autre phrase n’a pas été cherchée.',
    leftOut_many: '{{count}} autres phrases n’ont pas été cherchées.',
    leftOut_other: '{{count}} autres phrases n’ont pas été cherchées.',
    notAVerdict: 'Ceci montre ce que disent les articles. Ce n’est pas une vérification des faits.',
    noText: 'Ce message ne contient aucune phrase que je puisse chercher.',
  },
  removed: {
    notYours: 'Seuls la personne qui a posé la question et les modérateurs peuvent retirer ceci.',
  },
  private: {
    notYours: 'Seule la personne qui a posé la question peut faire cela.',
  },
  outdated: {
    passage: 'Ce passage n’est plus dans l’index. Cherchez-le de nouveau.',
    article: 'Cet article n’est plus dans l’index. Cherchez-le de nouveau.',
    question: 'Je ne me souviens plus de la question. Posez-la de nouveau.',
    button: 'Ce bouton vient d’une autre version du bot. Reposez la question pour en obtenir un nouveau.',
    command: 'Cette commande n’existe plus. Rechargez Discord pour voir les commandes actuelles.',
  },
  question: {
    empty: 'La question est vide. Demandez quelque chose sur les articles, en une phrase ou quelques mots.',
    noWords: 'La question ne contient pas de mots. Demandez en quelques mots ou en une phrase.',
    tooLong:
      'La question compte {{characters}} caractères ; la limite est de {{most}}. Demandez une seule chose, en une ou deux phrases.',
    noText: 'Ce message ne contient aucun texte auquel je puisse répondre.',
  },
  limits: {
    person_one: 'Vous avez posé beaucoup de questions en une minute. Réessayez dans {{count}} seconde.',
    person_many: 'Vous avez posé beaucoup de questions en une minute. Réessayez dans {{count}} secondes.',
    person_other: 'Vous avez posé beaucoup de questions en une minute. Réessayez dans {{count}} secondes.',
    server_one: 'On pose plus de questions sur ce serveur que je ne peux en traiter. Réessayez dans {{count}} seconde.',
    server_many:
      'On pose plus de questions sur ce serveur que je ne peux en traiter. Réessayez dans {{count}} secondes.',
    server_other:
      'On pose plus de questions sur ce serveur que je ne peux en traiter. Réessayez dans {{count}} secondes.',
  },
  failure: {
    answer:
      'Quelque chose n’a pas marché de mon côté. Réessayez ; si cela se reproduit, donnez la référence {{reference}} à la personne qui gère ce bot.',
    off: 'Les réponses sont désactivées dans ce salon. Un modérateur peut les activer avec `/paramètres`.',
    needsServer: 'Cela ne marche que sur un serveur dont je suis membre.',
    unknownChannel: 'Je ne peux pas voir ce salon.',
  },
  howTo: {
    ask: 'Demandez avec `/demander`, mentionnez-moi avec une question ou envoyez-moi un message privé. `/chercher` cherche un article ou un passage pendant que vous tapez, et `/citer` montre un passage à tout le monde.',
  },
  about: {
    what_one:
      '**Footnote {{version}}** répond aux questions en citant {{count}} article ({{passages}}) mot pour mot, chaque citation avec sa source. Si la réponse n’est pas dans les articles, il le dit.',
    what_many:
      '**Footnote {{version}}** répond aux questions en citant {{count}} articles ({{passages}}) mot pour mot, chaque citation avec sa source. Si la réponse n’est pas dans les articles, il le dit.',
    what_other:
      '**Footnote {{version}}** répond aux questions en citant {{count}} articles ({{passages}}) mot pour mot, chaque citation avec sa source. Si la réponse n’est pas dans les articles, il le dit.',
    nothingLeaves: 'Footnote ne génère rien, et rien ne quitte la machine où il tourne.',
    kept: 'Il conserve les votes (qui a voté, sur quel passage) et ce que les modérateurs choisissent dans `/paramètres`.',
    questionsNotKept: 'Les questions ne sont pas conservées ici.',
    questionsKept_one:
      'Les questions sans réponse, ou avec une réponse fausse, sont conservées ici pendant {{count}} jour, pour les personnes qui écrivent les articles.',
    questionsKept_many:
      'Les questions sans réponse, ou avec une réponse fausse, sont conservées ici pendant {{count}} jours, pour les personnes qui écrivent les articles.',
    questionsKept_other:
      'Les questions sans réponse, ou avec une réponse fausse, sont conservées ici pendant {{count}} jours, pour les personnes qui écrivent les articles.',
    forgetMe: '`/oubliez-moi` supprime tout ce qui est conservé sur vous.',
  },
  forgetMe: {
    nothing: 'Rien n’était conservé sur vous.',
    done: 'Supprimé : {{votes}}, {{questions}}.',
    votes_one: '{{count}} vote',
    votes_many: '{{count}} votes',
    votes_other: '{{count}} votes',
    questions_one: '{{count}} question',
    questions_many: '{{count}} questions',
    questions_other: '{{count}} questions',
  },
  settings: {
    heading: '**Paramètres : {{place}}**',
    line: '**{{setting}}** : {{value}}',
    choice: '{{setting}} : {{value}}',
    server: 'ce serveur',
    inherited: 'comme sur le serveur',
    on: 'oui',
    off: 'non',
    inherit: 'Comme sur le serveur ({{value}})',
    answers: 'Réponses',
    answersHelp: 'Si je réponds ici ou non.',
    collections: 'Collections',
    collectionsHelp: 'De quels dossiers d’articles viennent mes réponses.',
    allCollections: 'tous les articles',
    askChannel: 'Salon de questions',
    askChannelHelp: 'Je réponds ici aux questions sans être mentionné.',
    forumPosts: 'Posts de forum',
    forumPostsHelp: 'Je réponds au premier message de chaque nouveau post de forum.',
    replyPlace: 'Les réponses aux messages apparaissent',
    here: 'en réponse',
    thread: 'dans un fil',
    private: 'en message privé',
    inlineCiting: 'Citations dans le texte',
    inlineCitingHelp: '[[mots]] dans un message montre le passage qui y correspond le mieux.',
    language: 'Langue',
    ownLanguage: 'celle de chacun',
    keptDays: 'Conserver les questions sans réponse',
    notKept: 'jamais',
    days_one: 'pendant {{count}} jour',
    days_many: 'pendant {{count}} jours',
    days_other: 'pendant {{count}} jours',
    needsContent:
      '⚠️ Les salons de questions, les posts de forum et les citations dans le texte ont besoin du Message Content Intent, qui est désactivé. La personne qui gère ce bot peut l’activer dans le Developer Portal (Bot, Message Content Intent), définir `DISCORD_MESSAGE_CONTENT=on` et redémarrer le bot.',
    needsPermission: '⚠️ Il me manque des permissions dans ce salon : {{permissions}}. Donnez-les-moi là-bas.',
    permissionView: 'voir les messages',
    permissionSend: 'envoyer des messages',
    permissionThreads: 'créer des fils et y écrire',
    permissionHistory: 'lire l’historique des messages',
  },
  gaps: {
    nothingVoted: 'Aucun passage n’a été jugé faux.',
    heading_one: '**Sans réponse le dernier jour**',
    heading_many: '**Sans réponse ces {{count}} derniers jours**',
    heading_other: '**Sans réponse ces {{count}} derniers jours**',
    nothing: 'Aucune question sans réponse, et aucun passage jugé faux.',
    notKept:
      'Le texte des questions n’est pas conservé sur ce serveur. Pour voir ce qui est demandé, activez-le dans `/paramètres` avec `serveur: True`.',
    asked_one: 'demandé une fois',
    asked_many: 'demandé {{count}} fois',
    asked_other: 'demandé {{count}} fois',
    votedWrong: 'jugé faux',
    nearest: 'le plus proche : {{passage}}',
    passages: '**Passages jugés faux**',
    counts: '👎 {{wrong}} · 👍 {{right}}',
    more_one: 'et {{count}} autre groupe : exportez tout avec `/lacunes exporter: True`.',
    more_many: 'et {{count}} autres groupes : exportez tout avec `/lacunes exporter: True`.',
    more_other: 'et {{count}} autres groupes : exportez tout avec `/lacunes exporter: True`.',
    exported: 'Voici le tout en fichier CSV.',
  },
  status: {
    heading: '**Footnote {{version}}**',
    articles_one: '{{count}} article, {{passages}}',
    articles_many: '{{count}} articles, {{passages}}',
    articles_other: '{{count}} articles, {{passages}}',
    model: 'modèle {{model}}',
    index: 'index mis à jour {{when}}',
    latency: 'Discord répond en {{ping}} ms',
    latencyUnknown: 'La latence de Discord n’est pas encore connue',
    answers: 'les réponses ont pris {{median}} ms (médiane) et {{slowest}} ms au plus (les {{count}} dernières)',
    noAnswers: 'aucune question depuis le démarrage du bot',
    started: 'démarré {{when}}',
    memory: '{{megabytes}} Mo de mémoire',
    shard: 'shard {{number}} sur {{count}}',
  },
} satisfies Translation<'one' | 'many' | 'other'>;
