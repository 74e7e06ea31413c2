import type { Translation } from './translation.js';

/** German. Addresses people as du. */
export const de = {
  commands: {
    ask: {
      name: 'fragen',
      description: 'Stell eine Frage; die Antwort wird aus den Artikeln zitiert, mit Quelle',
      options: {
        question: { name: 'frage', description: 'Was du wissen willst, in einem Satz oder ein paar Wörtern' },
        article: { name: 'artikel', description: 'Nur diesen Artikel durchsuchen: Tipp einen Teil seines Titels' },
        private: { name: 'privat', description: 'Die Antwort nur dir zeigen; du kannst sie danach teilen' },
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
        for: { name: 'für', description: 'Wer benachrichtigt werden soll' },
        note: { name: 'notiz', description: 'Dein Kommentar zur Textstelle' },
      },
    },
    sources: {
      name: 'quellen',
      description: 'Zeigt die Artikel, aus denen die Antworten kommen',
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
      description: 'Löscht alles, was dieser Bot über dich speichert: Stimmen und Fragen',
    },
    settings: {
      name: 'einstellungen',
      description: 'Ändert, wie sich der Bot in einem Kanal verhält',
      options: {
        channel: { name: 'kanal', description: 'Welcher Kanal (Standard: dieser)' },
        server: { name: 'server', description: 'Stattdessen die Standardwerte für den ganzen Server ändern' },
      },
    },
    gaps: {
      name: 'lücken',
      description: 'Zeigt, was gefragt wurde und die Artikel nicht beantwortet haben',
      options: {
        days: { name: 'tage', description: 'Wie viele Tage zurück (Standard: 7)' },
        export: { name: 'export', description: 'Alles als CSV-Datei' },
      },
    },
    pin: {
      name: 'anheften',
      description: 'Zeigt bei einer Frage immer zuerst eine bestimmte Textstelle',
      options: {
        add: {
          name: 'hinzufügen',
          description: 'Heftet eine Textstelle an eine Frage',
          options: {
            question: { name: 'frage', description: 'Die Frage, wie sie gestellt wird' },
            passage: { name: 'textstelle', description: 'Wörter aus der Textstelle: Wähl sie aus der Liste' },
          },
        },
        list: { name: 'liste', description: 'Zeigt, was auf diesem Server angeheftet ist' },
        remove: {
          name: 'entfernen',
          description: 'Entfernt, was an eine Frage angeheftet ist',
          options: {
            question: { name: 'frage', description: 'Wörter aus der Frage: Wähl sie aus der Liste' },
          },
        },
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
    partly: '🔶 **Teilweise beantwortet.** Nicht auf alle deine Fragen gibt es hier eine Antwort.',
    closest:
      '🔶 **Vielleicht.** Die Artikel beantworten das womöglich nicht, aber diese Textstellen kommen am nächsten.',
    notFound: '⚪ **Nicht gefunden.** In den Artikeln steht darauf keine Antwort.',
    sure: 'zu {{percent}} % sicher',
    sureFirst: 'zu {{percent}} % sicher, dass die erste die Antwort ist',
    surePart: 'zum Beantworteten zu {{percent}} % sicher',
    part: 'Zu „{{question}}“',
    undated: 'ohne Datum',
    onPage: 'Seite {{page}}',
    atTime: 'bei {{time}}',
    link: 'im Original lesen',
    page: 'Textstelle {{number}} von {{count}}, die beste zuerst',
    shared: 'Geteilt von {{person}}',
    onRequest: 'Antwort auf {{link}}',
    messageLink: 'diese Nachricht',
    directClosed:
      'Antworten kommen hier privat, aber du nimmst keine Direktnachrichten von mir an. Frag stattdessen mit `/fragen`: Diese Antwort siehst nur du.',
  },
  notes: {
    pinned: 'Angeheftet: Jemand hat die erste Quelle für die Frage „{{question}}“ ausgewählt.',
    script:
      'Die Frage und die Artikel sind in verschiedenen Schriften geschrieben (Frage: {{asked}}, Artikel: {{written}}). Frag am besten in der Sprache der Artikel.',
    language:
      'Die Frage ist anscheinend auf {{asked}}, die Artikel sind aber auf {{written}}. Mit einer Frage auf {{written}} wird die Antwort besser.',
    spelling: 'Es wurde nach „{{read}}“ statt nach „{{typed}}“ gesucht.',
    followUp: 'Als Anschlussfrage zu „{{earlier}}“ verstanden.',
    parts: 'Du hast mehrere Fragen auf einmal gestellt: {{parts}}.',
    partAnswered: '„{{question}}“ wurde beantwortet',
    partClosest: 'zu „{{question}}“ gibt es nur ähnliche Textstellen',
    partNotFound: 'auf „{{question}}“ gibt es in den Artikeln keine Antwort',
    skipped_one: 'Nach der letzten wurde nicht gesucht: Stell höchstens {{most}} Fragen auf einmal.',
    skipped_other: 'Nach den letzten {{count}} wurde nicht gesucht: Stell höchstens {{most}} Fragen auf einmal.',
    yearsApart:
      'Die Quellen liegen ein Jahr oder mehr auseinander ({{dates}}). Sie sind danach sortiert, wie gut sie zur Frage passen, nicht nach Datum.',
    figuresDiffer:
      'Die Quellen nennen verschiedene Zahlen ({{figures}}). Vergleich sie: Die Reihenfolge zeigt, wie gut jede Quelle zur Frage passt, nicht, welche Zahl stimmt.',
    uncalibrated:
      'Wie oft dieses Modell richtig liegt, wurde nicht gemessen, deshalb steht hier kein Prozentwert. Die besten Treffer kommen zuerst; ob sie die Frage beantworten, musst du selbst beurteilen.',
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
    words: 'Übereinstimmende Wörter: {{words}}.',
    wordPair: '„{{question}}“ mit „{{passage}}“',
    noWords: 'Kein einzelnes Wort stimmt genau überein, aber die Textstelle hat eine ähnliche Bedeutung.',
    rank: 'Sie steht auf Platz {{rank}} der {{count}} Textstellen, die genau verglichen wurden.',
    byWords: 'Allein nach den Wörtern steht sie auf Platz {{rank}}.',
    notByWords: 'Eine Suche nur nach Wörtern hätte sie nicht gefunden.',
    byMeaning: 'Allein nach der Bedeutung steht sie auf Platz {{rank}}.',
    notByMeaning: 'Eine Suche nur nach der Bedeutung hätte sie nicht gefunden.',
    confidence: 'Von den Antworten, bei denen ich mir zu {{percent}} % sicher bin, stimmen etwa {{percent}} von 100.',
    noConfidence: 'Wie wahrscheinlich das die Antwort ist, kann ich nicht sagen.',
    pinned: 'Jemand hat sie an diese Frage angeheftet, deshalb kommt sie zuerst.',
    nothing: 'Diese Textstelle steht zu weit unten in der Rangfolge, um sie zu erklären.',
  },
  find: {
    heading: 'Die Textstellen, die am besten passen',
    nothing: 'Nichts gefunden für „{{words}}“. Versuch es mit anderen Wörtern oder stell mit `/fragen` eine Frage.',
    choose: 'Textstelle zeigen …',
  },
  cite: {
    heading: 'Zitiert von {{person}}:',
    for: 'Für {{person}}',
    choose: 'Wähl eine Textstelle aus der Liste, die beim Tippen erscheint. Mit `/suchen` suchst du gründlicher.',
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
    otherPolarity: 'die eine Stelle bejaht es, die andere verneint es',
    leftOut_one: '{{count}} weiterer Satz wurde nicht nachgeschlagen.',
    leftOut_other: '{{count}} weitere Sätze wurden nicht nachgeschlagen.',
    notAVerdict: 'Das zeigt, was die Artikel sagen. Es ist kein Faktencheck.',
    noText: 'Diese Nachricht enthält keinen Satz, den ich nachschlagen kann.',
  },
  removed: {
    notYours: 'Nur die Person, die gefragt hat, und Moderatoren können das entfernen.',
  },
  private: {
    notYours: 'Das kann nur die Person, die gefragt hat.',
  },
  outdated: {
    passage: 'Diese Textstelle ist nicht mehr im Index. Bitte such sie noch einmal.',
    article: 'Dieser Artikel ist nicht mehr im Index. Bitte such ihn noch einmal.',
    question: 'Ich erinnere mich nicht mehr an die Frage. Bitte stell sie noch einmal.',
    button: 'Dieser Button stammt von einer anderen Version des Bots. Frag noch einmal, um einen neuen zu bekommen.',
    command: 'Diesen Befehl gibt es nicht mehr. Lade Discord neu, um die aktuellen zu sehen.',
  },
  question: {
    empty: 'Die Frage ist leer. Frag etwas zu den Artikeln, in einem Satz oder ein paar Wörtern.',
    noWords: 'Die Frage enthält keine Wörter. Frag mit ein paar Wörtern oder einem Satz.',
    tooLong:
      'Die Frage hat {{characters}} Zeichen; höchstens {{most}} sind möglich. Frag nach einer Sache, in ein oder zwei Sätzen.',
    noText: 'In dieser Nachricht steht kein Text, auf den ich antworten könnte.',
    greeting: 'Hallo! Frag mich etwas zu den Artikeln, in einem Satz oder ein paar Wörtern.',
    thanks: 'Gern geschehen! Frag mich jederzeit etwas zu den Artikeln.',
    praise: 'Danke für die Rückmeldung! Frag mich jederzeit etwas zu den Artikeln.',
    help: 'Ich beantworte Fragen, indem ich die Artikel zitiere. Frag in einem Satz oder ein paar Wörtern.',
    link: 'Links kann ich nicht öffnen. Frag etwas zu den Artikeln, in einem Satz oder ein paar Wörtern.',
    reaction: 'Darin steht keine Frage. Frag etwas zu den Artikeln, in einem Satz oder ein paar Wörtern.',
  },
  limits: {
    person_one: 'Du hast in der letzten Minute viel gefragt. Bitte frag in {{count}} Sekunde noch einmal.',
    person_other: 'Du hast in der letzten Minute viel gefragt. Bitte frag in {{count}} Sekunden noch einmal.',
    server_one:
      'Auf diesem Server werden mehr Fragen gestellt, als ich beantworten kann. Bitte frag in {{count}} Sekunde noch einmal.',
    server_other:
      'Auf diesem Server werden mehr Fragen gestellt, als ich beantworten kann. Bitte frag in {{count}} Sekunden noch einmal.',
  },
  failure: {
    answer:
      'Bei mir ist etwas schiefgegangen. Bitte versuch es noch einmal; wenn es wieder passiert, nenn dem Betreiber dieses Bots die Kennung {{reference}}.',
    off: 'In diesem Kanal sind Antworten ausgeschaltet. Moderatoren können sie mit `/einstellungen` einschalten.',
    needsServer: 'Das geht nur auf einem Server, auf dem ich Mitglied bin.',
    unknownChannel: 'Diesen Kanal kann ich nicht sehen.',
  },
  howTo: {
    ask: 'Frag mit `/fragen`, erwähn mich mit einer Frage oder schick mir eine Direktnachricht. `/suchen` findet beim Tippen einen Artikel oder eine Textstelle, und `/zitieren` zeigt allen eine Textstelle.',
  },
  about: {
    what_one:
      '**Footnote {{version}}** beantwortet Fragen, indem es wörtlich aus {{count}} Artikel ({{passages}}) zitiert, jedes Zitat mit Quelle. Wenn die Antwort nicht in den Artikeln steht, sagt es das.',
    what_other:
      '**Footnote {{version}}** beantwortet Fragen, indem es wörtlich aus {{count}} Artikeln ({{passages}}) zitiert, jedes Zitat mit Quelle. Wenn die Antwort nicht in den Artikeln steht, sagt es das.',
    nothingLeaves: 'Footnote generiert nichts, und nichts verlässt den Rechner, auf dem es läuft.',
    kept: 'Gespeichert werden Stimmen (wer zu welcher Textstelle abgestimmt hat), was Moderatoren in `/einstellungen` festlegen und was sie mit `/anheften` anheften.',
    questionsNotKept: 'Fragen werden hier nicht gespeichert.',
    questionsKept_one:
      'Fragen, auf die es keine oder eine falsche Antwort gibt, werden hier {{count}} Tag lang gespeichert, für alle, die die Artikel schreiben.',
    questionsKept_other:
      'Fragen, auf die es keine oder eine falsche Antwort gibt, werden hier {{count}} Tage lang gespeichert, für alle, die die Artikel schreiben.',
    votedQuestionsKept:
      'Fragen, über deren Antworten abgestimmt wird, werden hier gespeichert, damit die Artikel besser geordnet werden können.',
    forgetMe: '`/vergiss-mich` löscht alles, was über dich gespeichert ist.',
  },
  forgetMe: {
    nothing: 'Über dich war nichts gespeichert.',
    done: 'Gelöscht: {{votes}}, {{questions}}.',
    donePins_one: 'Gelöscht: {{votes}}, {{questions}}. {{count}} Anheftung bleibt, ohne deinen Namen.',
    donePins_other: 'Gelöscht: {{votes}}, {{questions}}. {{count}} Anheftungen bleiben, ohne deinen Namen.',
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
    collectionsHelp: 'Aus welchen Ordnern mit Artikeln ich antworte.',
    allCollections: 'alle Artikel',
    askChannel: 'Fragekanal',
    askChannelHelp: 'Ich beantworte hier Fragen auch ohne Erwähnung.',
    forumPosts: 'Forumsbeiträge',
    forumPostsHelp: 'Ich beantworte den ersten Beitrag jedes neuen Threads in einem Forum.',
    replyPlace: 'Antworten auf Nachrichten erscheinen',
    here: 'als Antwort auf die Nachricht',
    thread: 'in einem Thread',
    private: 'als Direktnachricht',
    inlineCiting: 'Zitieren im Text',
    inlineCitingHelp: '[[Wörter]] in einer Nachricht zeigen die Textstelle, die am besten passt.',
    language: 'Sprache',
    ownLanguage: 'die der jeweiligen Person',
    keptDays: 'Unbeantwortete Fragen speichern',
    notKept: 'nie',
    days_one: '{{count}} Tag lang',
    days_other: '{{count}} Tage lang',
    learnsFromVotes: 'Aus Stimmen lernen',
    learnsFromVotesHelp:
      'Ich speichere zu jedem 👍 und 👎 die Frage, damit die Artikel besser geordnet werden können. Ausschalten löscht diese Fragen.',
    needsContent:
      '⚠️ Fragekanäle, Forumsbeiträge und Zitieren im Text brauchen den Message Content Intent, und der ist aus. Wer diesen Bot betreibt, kann ihn im Developer Portal einschalten (Bot, Message Content Intent), `DISCORD_MESSAGE_CONTENT=on` setzen und den Bot neu starten.',
    needsPermission: '⚠️ In diesem Kanal fehlen mir Berechtigungen: {{permissions}}. Bitte gib sie mir dort.',
    permissionView: 'Nachrichten sehen',
    permissionSend: 'Nachrichten senden',
    permissionThreads: 'Threads erstellen und darin schreiben',
    permissionHistory: 'den Nachrichtenverlauf lesen',
  },
  gaps: {
    nothingVoted: 'Keine Textstelle wurde als falsch bewertet.',
    heading_one: '**Am letzten Tag nicht beantwortet**',
    heading_other: '**In den letzten {{count}} Tagen nicht beantwortet**',
    nothing: 'Keine unbeantworteten Fragen und keine als falsch bewerteten Textstellen.',
    notKept:
      'Der Text von Fragen wird auf diesem Server nicht gespeichert. Um zu sehen, was gefragt wird, schalte das in `/einstellungen` mit `server: True` ein.',
    asked_one: 'einmal gefragt',
    asked_other: '{{count}}-mal gefragt',
    votedWrong: 'als falsch bewertet',
    nearest: 'am nächsten: {{passage}}',
    passages: '**Als falsch bewertete Textstellen**',
    counts: '👎 {{wrong}} · 👍 {{right}}',
    more_one: 'und {{count}} weitere Gruppe: Exportier alles mit `/lücken export: True`.',
    more_other: 'und {{count}} weitere Gruppen: Exportier alles mit `/lücken export: True`.',
    exported: 'Hier ist alles als CSV-Datei.',
  },
  pins: {
    notAllowed: 'Nur wer hier Nachrichten verwalten darf, kann Textstellen anheften.',
    tooLong: 'Diese Frage ist zu lang, um noch einmal mit denselben Worten gestellt zu werden. Kürz sie.',
    several: 'Das ist mehr als eine Frage. Hefte jede einzeln an.',
    followUp: 'Diese Frage ist nur nach einer anderen verständlich. Schreib sie vollständig aus.',
    full: 'Auf diesem Server ist so viel angeheftet, wie möglich ist. Entferne zuerst etwas mit `/anheften`.',
    added: '📌 **Angeheftet.** Wer hier „{{question}}“ fragt, sieht ab jetzt zuerst diese Textstelle:',
    replaced:
      '📌 **Angeheftet**, anstelle dessen, was vorher angeheftet war. Wer hier „{{question}}“ fragt, sieht ab jetzt zuerst diese Textstelle:',
    removed: 'Entfernt. An „{{question}}“ ist nichts mehr angeheftet.',
    unknown:
      'An diese Frage ist auf diesem Server nichts angeheftet. Wähl eine aus der Liste, die beim Tippen erscheint.',
    heading_one: '**{{count}} Frage mit angehefteter Textstelle**',
    heading_other: '**{{count}} Fragen mit angehefteter Textstelle**',
    empty:
      'Auf diesem Server ist nichts angeheftet. Hefte eine Textstelle mit `/anheften` an, oder drück 👎 unter einer Antwort.',
    by: 'angeheftet von {{person}} {{when}}',
    bySomebody: 'angeheftet {{when}}',
    gone: '⚠️ Die Textstelle gibt es nicht mehr, deshalb wird sie nicht gezeigt. Hefte eine andere an die Frage, oder entferne den Eintrag.',
    elsewhere: '⚠️ Der Artikel wird in diesem Kanal nicht durchsucht, deshalb wird die Textstelle hier nicht gezeigt.',
    everywhere_one: '{{count}} weitere hat der Betreiber dieses Bots für alle Server angeheftet.',
    everywhere_other: '{{count}} weitere hat der Betreiber dieses Bots für alle Server angeheftet.',
    offer:
      'Beantwortet eine andere Textstelle diese Frage? Hefte sie an, dann sieht sie zuerst, wer das wieder fragt. Jede andere Textstelle lässt sich mit `/anheften` anheften.',
    choose: 'Textstelle anheften…',
    chooseQuestion: 'Textstelle an eine Frage anheften…',
    noPassages: 'Keine Textstelle kommt dieser Frage nahe. Mit `/anheften` lässt sich jede Textstelle anheften.',
  },
  status: {
    heading: '**Footnote {{version}}**',
    articles_one: '{{count}} Artikel, {{passages}}',
    articles_other: '{{count}} Artikel, {{passages}}',
    model: 'Modell {{model}}',
    index: 'Index aktualisiert {{when}}',
    latency: 'Discord antwortet in {{ping}} ms',
    latencyUnknown: 'Die Latenz von Discord ist noch nicht bekannt',
    answers: 'Antworten dauerten {{median}} ms (Median) und höchstens {{slowest}} ms (die letzten {{count}})',
    noAnswers: 'keine Fragen seit dem Start des Bots',
    started: 'gestartet {{when}}',
    memory: '{{megabytes}} MB Arbeitsspeicher',
    shard: 'Shard {{number}} von {{count}}',
  },
} satisfies Translation<'one' | 'other'>;
