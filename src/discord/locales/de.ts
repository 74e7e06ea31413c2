import type { Translation } from './translation.js';

/** German, with du. */
export const de = {
  commands: {
    ask: {
      name: 'fragen',
      description: 'Frag die Artikel: Die Antwort wird aus ihnen zitiert, mit Quelle',
      options: {
        question: { name: 'frage', description: 'Was du wissen willst, in einem Satz oder ein paar Wörtern' },
        article: { name: 'artikel', description: 'Nur einen Artikel fragen: Tipp Wörter aus seinem Titel' },
        private: { name: 'privat', description: 'Ob nur du die Antwort siehst; du kannst sie dann teilen' },
      },
    },
    find: {
      name: 'suchen',
      description: 'Sucht beim Tippen einen Artikel oder eine Textstelle; nur du siehst es',
      options: {
        words: {
          name: 'wörter',
          description: 'Wörter aus Titel oder Textstelle: Wähl aus der Liste oder such mit Enter',
        },
      },
    },
    cite: {
      name: 'zitieren',
      description: 'Zeigt allen hier eine Textstelle, mit Quelle',
      options: {
        passage: { name: 'textstelle', description: 'Wörter aus der Textstelle: Wähl sie aus der Liste' },
        for: { name: 'für', description: 'Wer davon erfahren soll' },
        note: { name: 'notiz', description: 'Was du dazu sagen willst' },
      },
    },
    sources: {
      name: 'quellen',
      description: 'Die Artikel, aus denen die Antworten kommen',
      options: {
        words: { name: 'wörter', description: 'Nur Artikel mit diesen Wörtern in Titel, Herausgeber oder Sammlung' },
      },
    },
    article: {
      name: 'artikel',
      description: 'Einen Artikel lesen, Stelle für Stelle',
      options: { article: { name: 'artikel', description: 'Wörter aus seinem Titel: Wähl ihn aus der Liste' } },
    },
    about: { name: 'über', description: 'Was dieser Bot tut, was er weiß und was er speichert' },
    'forget-me': {
      name: 'vergiss-mich',
      description: 'Löscht alles, was dieser Bot von dir speichert: Stimmen und Fragen',
    },
    settings: {
      name: 'einstellungen',
      description: 'Wie sich der Bot in einem Kanal verhält',
      options: {
        channel: { name: 'kanal', description: 'Welcher Kanal; ohne Angabe dieser' },
        server: { name: 'server', description: 'Was in jedem Kanal gilt, der nichts anderes angibt' },
      },
    },
    gaps: {
      name: 'lücken',
      description: 'Was gefragt wurde und die Artikel nicht beantwortet haben',
      options: {
        days: { name: 'tage', description: 'Von wie vielen Tagen; 7, wenn du nichts angibst' },
        export: { name: 'export', description: 'Als CSV-Datei' },
      },
    },
    status: { name: 'status', description: 'Wie es dem Bot geht: Artikel, Index, Latenz, Version' },
    answerThis: { name: 'Das beantworten' },
    findTheSource: { name: 'Quelle finden' },
  },
  signs: {
    quoted: '„{{text}}“',
  },
  answer: {
    answered: '✅ **Beantwortet** mit den Worten der Quelle.',
    closest:
      '🔶 **Vielleicht.** Die Artikel beantworten das womöglich nicht; diese Textstellen kommen der Frage am nächsten.',
    notFound: '⚪ **Nicht gefunden.** Nichts in den Artikeln beantwortet das.',
    sure: 'zu {{percent}} % sicher',
    sureFirst: 'zu {{percent}} % sicher, dass die erste antwortet',
    part: 'Zu „{{question}}“',
    undated: 'ohne Datum',
    link: 'dort lesen',
    page: 'Textstelle {{number}} von {{count}}, danach geordnet, wie gut sie passen',
    shared: 'Geteilt von {{person}}',
    onRequest: 'Antwort auf {{link}}',
    messageLink: 'diese Nachricht',
    directClosed:
      'Antworten sind hier privat, und du nimmst keine Direktnachrichten von mir an. Frag mit `/fragen`: Diese Antwort siehst nur du.',
  },
  notes: {
    script:
      'Die Frage und die Artikel sind in verschiedenen Schriften geschrieben (Frage: {{asked}}, Artikel: {{written}}): Frag in der Sprache der Artikel.',
    language:
      'Die Sprache der Frage scheint {{asked}} zu sein, die der Artikel ist {{written}}: Mit einer Frage auf {{written}} wird die Antwort besser.',
    spelling: '„{{typed}}“ als „{{read}}“ gelesen.',
    followUp: 'Als Fortsetzung von „{{earlier}}“ gelesen.',
    parts: 'Mehrere Fragen in einer: {{parts}}.',
    partAnswered: '„{{question}}“ ist beantwortet',
    partClosest: 'zu „{{question}}“ gibt es nur ähnliche Textstellen',
    partNotFound: 'zu „{{question}}“ wurde nichts gefunden',
    yearsApart:
      'Zwischen den Quellen liegt ein Jahr oder mehr ({{dates}}). Sie sind danach geordnet, wie gut sie zur Frage passen, nicht nach Datum.',
    figuresDiffer:
      'Die Quellen nennen verschiedene Zahlen ({{figures}}): Vergleich sie. Sie sind danach geordnet, wie gut sie zur Frage passen.',
    uncalibrated:
      'Wie oft dieses Modell richtig liegt, wurde nie gemessen: Die Textstellen sind geordnet; ob sie antworten, musst du selbst beurteilen.',
  },
  buttons: {
    context: 'Kontext',
    why: 'Warum das?',
    share: 'Teilen',
    remove: 'Entfernen',
  },
  context: {
    heading: 'Im Zusammenhang',
  },
  why: {
    heading: '**Warum diese Textstelle?**',
    words: 'Wörter, die passen: {{words}}.',
    wordPair: '„{{question}}“ mit „{{passage}}“',
    noWords: 'Kein einzelnes Wort passt genau; die Textstelle liegt in der Bedeutung nahe.',
    place: 'Sie ist Nummer {{rank}} von {{count}} genau verglichenen Textstellen.',
    byWords: 'Nach ihren Wörtern ist sie Nummer {{rank}}.',
    notByWords: 'Nach ihren Wörtern allein wäre sie nicht gefunden worden.',
    byMeaning: 'Nach ihrer Bedeutung ist sie Nummer {{rank}}.',
    notByMeaning: 'Nach ihrer Bedeutung allein wäre sie nicht gefunden worden.',
    confidence: 'Von den Antworten, bei denen ich zu {{percent}} % sicher bin, stimmen etwa {{percent}} von 100.',
    noConfidence: 'Wie sicher das ist, lässt sich nicht sagen.',
    nothing: 'Diese Stelle steht zu weit unten, um sie zu erklären.',
  },
  find: {
    heading: 'Die Textstellen, die am nächsten kommen',
    nothing: 'Nichts gefunden für „{{words}}“. Versuch andere Wörter oder stell mit `/fragen` eine Frage.',
    choose: 'Textstelle zeigen …',
  },
  cite: {
    heading: '{{person}} zitiert:',
    for: 'Für {{person}}',
    choose: 'Wähl eine Textstelle aus der Liste, die beim Tippen erscheint. Mit `/suchen` suchst du gründlicher.',
    inline: 'Zitiert von {{person}}:',
  },
  sources: {
    heading_one: '**{{count}} Artikel**',
    heading_other: '**{{count}} Artikel**',
    matching_one: '**{{count}} Artikel** mit „{{words}}“',
    matching_other: '**{{count}} Artikel** mit „{{words}}“',
    nothing: 'Kein Artikel hat „{{words}}“ in Titel, Herausgeber oder Sammlung.',
    passages_one: '{{count}} Textstelle',
    passages_other: '{{count}} Textstellen',
    choose: 'Artikel lesen …',
    page: 'Seite {{number}} von {{count}}',
  },
  article: {
    choose: 'Wähl einen Artikel aus der Liste, die beim Tippen erscheint, oder sieh unter `/quellen` nach.',
  },
  claims: {
    heading: 'Was die Artikel zu dieser Nachricht sagen',
    same: '🟰 **Sagt dasselbe**',
    related: '🔗 **Verwandt**',
    nothing: '⚪ **Nichts gefunden**',
    sentence: '{{verdict}}: „{{claim}}“',
    differing: '{{verdict}} ({{difference}}): „{{claim}}“',
    otherNumbers: 'mit anderen Zahlen',
    otherDates: 'mit einem anderen Datum',
    otherNames: 'mit anderen Namen',
    otherRoles: 'mit anderen Rollen',
    otherPolarity: 'das eine sagt es, das andere verneint es',
    leftOut_one: 'Nach {{count}} weiteren Satz wurde nicht gesucht.',
    leftOut_other: 'Nach {{count}} weiteren Sätzen wurde nicht gesucht.',
    notAVerdict: 'Das zeigt, was die Artikel sagen. Ob es stimmt, sagt es nicht.',
    noText: 'In dieser Nachricht steht kein Satz, nach dem ich suchen könnte.',
  },
  removed: {
    notYours: 'Das können nur die Person, die gefragt hat, und Moderatoren entfernen.',
  },
  private: {
    notYours: 'Das kann nur die Person, die gefragt hat.',
  },
  outdated: {
    passage: 'Diese Textstelle ist nicht mehr im Index. Such sie noch einmal.',
    article: 'Dieser Artikel ist nicht mehr im Index. Such ihn noch einmal.',
    question: 'Ich kenne die Frage nicht mehr. Stell sie noch einmal.',
    button: 'Dieser Knopf stammt von einer anderen Version von mir. Frag noch einmal, um einen neuen zu bekommen.',
    command: 'Diesen Befehl gibt es nicht mehr. Lade Discord neu, um die jetzigen zu sehen.',
  },
  question: {
    empty: 'Die Frage ist leer. Frag etwas zu den Artikeln, zum Beispiel: Wer traf sich in Reykjavik?',
    noWords: 'In der Frage stehen keine Wörter. Frag mit ein paar Wörtern oder einem Satz.',
    tooLong:
      'Die Frage hat {{characters}} Zeichen, gelesen werden höchstens {{most}}. Frag nach einer Sache, in ein oder zwei Sätzen.',
    noText: 'In dieser Nachricht steht kein Text, den ich beantworten könnte.',
  },
  limits: {
    person_one: 'Du hast gerade viel gefragt. Bitte frag in {{count}} Sekunde noch einmal.',
    person_other: 'Du hast gerade viel gefragt. Bitte frag in {{count}} Sekunden noch einmal.',
    server_one:
      'Auf diesem Server wird so viel gefragt, dass ich nicht nachkomme. Bitte frag in {{count}} Sekunde noch einmal.',
    server_other:
      'Auf diesem Server wird so viel gefragt, dass ich nicht nachkomme. Bitte frag in {{count}} Sekunden noch einmal.',
  },
  failure: {
    answer:
      'Bei mir ist etwas schiefgegangen. Bitte versuch es noch einmal; wenn es so bleibt, nenn dem Betreiber dieses Bots die Kennung {{reference}}.',
    off: 'In diesem Kanal bin ich ausgeschaltet. Moderatoren können mich mit `/einstellungen` einschalten.',
    needsServer: 'Das geht nur auf einem Server, auf dem ich Mitglied bin.',
    unknownChannel: 'Diesen Kanal sehe ich nicht.',
  },
  howTo: {
    ask: 'Frag mit `/fragen`, erwähn mich zusammen mit einer Frage oder schreib mir eine Direktnachricht. `/suchen` findet beim Tippen einen Artikel oder eine Textstelle, und `/zitieren` zeigt allen eine.',
  },
  about: {
    what_one:
      '**Footnote {{version}}** beantwortet Fragen, indem es aus {{count}} Artikel ({{passages}}) zitiert, Wort für Wort und jedes Zitat mit Quelle. Wenn die Antwort nicht in den Artikeln steht, sagt es das.',
    what_other:
      '**Footnote {{version}}** beantwortet Fragen, indem es aus {{count}} Artikeln ({{passages}}) zitiert, Wort für Wort und jedes Zitat mit Quelle. Wenn die Antwort nicht in den Artikeln steht, sagt es das.',
    nothingLeaves: 'Nichts wird erzeugt, und nichts verlässt den Rechner, auf dem es läuft.',
    kept: 'Gespeichert werden Stimmen (wer, zu welcher Textstelle) und was Moderatoren mit `/einstellungen` festlegen.',
    questionsNotKept: 'Fragen werden hier nicht gespeichert.',
    questionsKept_one:
      'Fragen ohne Antwort oder mit einer falschen werden hier {{count}} Tag lang gespeichert, für die, die die Artikel schreiben.',
    questionsKept_other:
      'Fragen ohne Antwort oder mit einer falschen werden hier {{count}} Tage lang gespeichert, für die, die die Artikel schreiben.',
    forgetMe: '`/vergiss-mich` löscht, was von dir gespeichert ist.',
  },
  forgetMe: {
    nothing: 'Von dir war nichts gespeichert.',
    done: 'Gelöscht: {{votes}}, {{questions}}.',
    votes_one: '{{count}} Stimme',
    votes_other: '{{count}} Stimmen',
    questions_one: '{{count}} Frage',
    questions_other: '{{count}} Fragen',
  },
  settings: {
    heading: '**Einstellungen: {{place}}**',
    line: '**{{setting}}**: {{value}}',
    choice: '{{setting}}: {{value}}',
    server: 'dieser Server',
    inherited: 'wie auf dem Server',
    on: 'an',
    off: 'aus',
    inherit: 'Wie auf dem Server ({{value}})',
    answers: 'Antworten',
    answersHelp: 'Ob ich hier überhaupt antworte.',
    collections: 'Sammlungen',
    collectionsHelp: 'Welche Ordner mit Artikeln befragt werden.',
    allCollections: 'alle Artikel',
    askChannel: 'Fragekanal',
    askChannelHelp: 'Fragen werden ohne Erwähnung beantwortet.',
    forumPosts: 'Forumsbeiträge',
    forumPostsHelp: 'Der erste Beitrag eines neuen Forumsthreads ist eine Frage.',
    replyPlace: 'Antworten auf Nachrichten erscheinen',
    here: 'als Antwort darunter',
    thread: 'in einem Thread',
    private: 'als Direktnachricht',
    inlineCiting: 'Zitieren im Text',
    inlineCitingHelp: '[[Wörter]] in einer Nachricht zeigen die Textstelle, die sie meinen.',
    language: 'Sprache',
    ownLanguage: 'die der jeweiligen Person',
    keptDays: 'Fragen ohne Antwort werden gespeichert',
    notKept: 'gar nicht',
    days_one: '{{count}} Tag',
    days_other: '{{count}} Tage',
    needsContent:
      '⚠️ Fragekanal, Forumsbeiträge und Zitieren im Text brauchen den Message Content Intent, und der ist aus. Wer diesen Bot betreibt, schaltet ihn im Developer Portal ein (Bot, Message Content Intent), setzt `DISCORD_MESSAGE_CONTENT=on` und startet den Bot neu.',
    needsPermission: '⚠️ In diesem Kanal fehlen mir Berechtigungen: {{permissions}}. Gib sie mir dort.',
    permissionView: 'Nachrichten sehen',
    permissionSend: 'schreiben',
    permissionThreads: 'Threads erstellen und darin schreiben',
    permissionHistory: 'den Nachrichtenverlauf lesen',
  },
  gaps: {
    nothingVoted: 'Keine Textstelle wurde als falsch bewertet.',
    heading_one: '**Was am letzten Tag nicht beantwortet wurde**',
    heading_other: '**Was in den letzten {{count}} Tagen nicht beantwortet wurde**',
    nothing: 'Nichts: keine Frage ohne Antwort und keine als falsch bewertete Textstelle.',
    notKept:
      'Der Text von Fragen wird auf diesem Server nicht gespeichert. Schalte es in `/einstellungen` mit `server: True` ein, um hier zu sehen, was gefragt wird.',
    asked_one: 'einmal gefragt',
    asked_other: '{{count}}-mal gefragt',
    votedWrong: 'als falsch bewertet',
    nearest: 'am nächsten: {{passage}}',
    passages: '**Als falsch bewertete Textstellen**',
    counts: '👎 {{wrong}} · 👍 {{right}}',
    more_one: 'und {{count}} weitere Gruppe: Exportier sie mit `/lücken export: True`.',
    more_other: 'und {{count}} weitere Gruppen: Exportier sie mit `/lücken export: True`.',
    exported: 'Alles zusammen, als CSV.',
  },
  status: {
    heading: '**Footnote {{version}}**',
    articles_one: '{{count}} Artikel, {{passages}}',
    articles_other: '{{count}} Artikel, {{passages}}',
    model: 'Modell {{model}}',
    index: 'Index geändert {{when}}',
    latency: 'Discord antwortet in {{ping}} ms',
    latencyUnknown: 'Die Latenz von Discord ist noch nicht bekannt',
    answers: 'Antworten dauerten im Median {{median}} ms, höchstens {{slowest}} ms (die letzten {{count}})',
    noAnswers: 'seit dem Start wurde nichts gefragt',
    started: 'gestartet {{when}}',
    memory: '{{megabytes}} MB Arbeitsspeicher',
    shard: 'Shard {{number}} von {{count}}',
  },
} satisfies Translation<'one' | 'other'>;
