import type { Translation } from './translation.js';

/** Spanish, worded to be understood in Spain and Latin America alike. Addresses people as tú. */
export const es = {
  commands: {
    ask: {
      name: 'preguntar',
      description: 'Haz una pregunta; la respuesta se cita de los artículos, con su fuente',
      options: {
        question: { name: 'pregunta', description: 'Lo que quieres saber, en una frase o unas palabras' },
        article: { name: 'artículo', description: 'Buscar solo en este artículo: escribe parte de su título' },
        private: { name: 'privada', description: 'Mostrarte la respuesta solo a ti; después puedes compartirla' },
      },
    },
    find: {
      name: 'buscar',
      description: 'Busca un artículo o un pasaje mientras escribes; solo tú lo ves',
      options: {
        words: {
          name: 'palabras',
          description: 'Palabras de un título o un pasaje: elige de la lista o pulsa Intro para buscar',
        },
      },
    },
    cite: {
      name: 'citar',
      description: 'Muestra un pasaje a todos los de aquí, con su fuente',
      options: {
        passage: { name: 'pasaje', description: 'Palabras del pasaje: elígelo de la lista' },
        for: { name: 'para', description: 'A quién notificar' },
        note: { name: 'nota', description: 'Tu comentario sobre el pasaje' },
      },
    },
    sources: {
      name: 'fuentes',
      description: 'Muestra los artículos de los que salen las respuestas',
      options: {
        words: { name: 'palabras', description: 'Solo artículos con estas palabras en título, editor o colección' },
      },
    },
    article: {
      name: 'artículo',
      description: 'Lee un artículo, pasaje a pasaje',
      options: { article: { name: 'artículo', description: 'Palabras de su título: elígelo de la lista' } },
    },
    about: { name: 'acerca-de', description: 'Qué hace este bot, qué sabe y qué guarda' },
    'forget-me': { name: 'olvídame', description: 'Borra todo lo que este bot guarda sobre ti: votos y preguntas' },
    settings: {
      name: 'ajustes',
      description: 'Cambia cómo se comporta el bot en un canal',
      options: {
        channel: { name: 'canal', description: 'Qué canal (por defecto, este)' },
        server: { name: 'servidor', description: 'Cambiar los valores por defecto de todo el servidor' },
      },
    },
    gaps: {
      name: 'lagunas',
      description: 'Muestra lo que se preguntó y los artículos no respondieron',
      options: {
        days: { name: 'días', description: 'Cuántos días atrás (por defecto, 7)' },
        export: { name: 'exportar', description: 'Todo en un archivo CSV' },
      },
    },
    status: { name: 'estado', description: 'Cómo está el bot: artículos, índice, latencia, versión' },
    answerThis: { name: 'Responder a esto' },
    findTheSource: { name: 'Encontrar la fuente' },
  },
  signs: {
    quoted: '«{{text}}»',
  },
  answer: {
    answered: '✅ **Respondido** con las palabras de la fuente.',
    closest: '🔶 **Quizás.** Puede que los artículos no respondan a esto, pero estos pasajes son los más cercanos.',
    notFound: '⚪ **No encontrado.** Nada en los artículos responde a esto.',
    sure: '{{percent}} % de seguridad',
    sureFirst: '{{percent}} % de seguridad de que el primero es la respuesta',
    part: 'Sobre «{{question}}»',
    undated: 'sin fecha',
    onPage: 'página {{page}}',
    atTime: 'en el minuto {{time}}',
    link: 'leer en la fuente',
    page: 'Pasaje {{number}} de {{count}}, el mejor primero',
    shared: 'Compartido por {{person}}',
    onRequest: 'Respuesta a {{link}}',
    messageLink: 'este mensaje',
    directClosed:
      'Aquí las respuestas se envían en privado, pero no aceptas mensajes directos míos. Usa `/preguntar`: esa respuesta solo la verás tú.',
  },
  notes: {
    script:
      'La pregunta y los artículos usan escrituras distintas (pregunta: {{asked}}, artículos: {{written}}). Prueba a preguntar en el idioma de los artículos.',
    language:
      'Parece que la pregunta está en {{asked}}, pero los artículos están en {{written}}. Pregunta en {{written}} para obtener una respuesta mejor.',
    spelling: 'Se ha buscado «{{read}}» en lugar de «{{typed}}».',
    followUp: 'Se ha interpretado como continuación de «{{earlier}}».',
    parts: 'Has hecho varias preguntas a la vez: {{parts}}.',
    partAnswered: '«{{question}}» tiene respuesta',
    partClosest: '«{{question}}» solo tiene pasajes cercanos',
    partNotFound: '«{{question}}» no tiene respuesta en los artículos',
    yearsApart:
      'Entre las fuentes hay un año o más ({{dates}}). Están ordenadas por lo bien que encajan con la pregunta, no por fecha.',
    figuresDiffer:
      'Las fuentes dan cifras distintas ({{figures}}). Compáralas: el orden muestra lo bien que encaja cada fuente con la pregunta, no qué cifra es la correcta.',
    uncalibrated:
      'No se ha medido con qué frecuencia acierta este modelo, así que no hay porcentaje. Los mejores resultados van primero; juzga tú si responden a la pregunta.',
  },
  buttons: {
    context: 'Contexto',
    why: '¿Por qué este?',
    share: 'Compartir',
    remove: 'Quitar',
  },
  context: {
    heading: 'En contexto',
  },
  why: {
    heading: '**¿Por qué este pasaje?**',
    words: 'Palabras que coinciden: {{words}}.',
    wordPair: '«{{question}}» con «{{passage}}»',
    noWords: 'Ninguna palabra suelta coincide bien, pero el pasaje se acerca por su significado.',
    rank: 'Ocupa el puesto {{rank}} de los {{count}} pasajes comparados a fondo.',
    byWords: 'Solo por sus palabras, ocupa el puesto {{rank}}.',
    notByWords: 'Una búsqueda solo por palabras no lo habría encontrado.',
    byMeaning: 'Solo por su significado, ocupa el puesto {{rank}}.',
    notByMeaning: 'Una búsqueda solo por significado no lo habría encontrado.',
    confidence:
      'De las respuestas en las que tengo un {{percent}} % de seguridad, unas {{percent}} de cada 100 son correctas.',
    noConfidence: 'No puedo decir qué probabilidad hay de que esta sea la respuesta.',
    nothing: 'Ese pasaje está demasiado abajo en la clasificación para explicarlo.',
  },
  find: {
    heading: 'Los pasajes más cercanos',
    nothing: 'No se ha encontrado nada para «{{words}}». Prueba otras palabras o haz una pregunta con `/preguntar`.',
    choose: 'Mostrar un pasaje…',
  },
  cite: {
    heading: 'Citado por {{person}}:',
    for: 'Para {{person}}',
    choose: 'Elige un pasaje de la lista que aparece mientras escribes. `/buscar` busca más a fondo.',
  },
  sources: {
    heading_one: '**{{count}} artículo**',
    heading_many: '**{{count}} artículos**',
    heading_other: '**{{count}} artículos**',
    matching_one: '**{{count}} artículo** con «{{words}}»',
    matching_many: '**{{count}} artículos** con «{{words}}»',
    matching_other: '**{{count}} artículos** con «{{words}}»',
    nothing: 'Ningún artículo tiene «{{words}}» en su título, editor o colección.',
    passages_one: '{{count}} pasaje',
    passages_many: '{{count}} pasajes',
    passages_other: '{{count}} pasajes',
    choose: 'Leer un artículo…',
    page: 'Página {{number}} de {{count}}',
  },
  article: {
    choose: 'Elige un artículo de la lista que aparece mientras escribes, o mira en `/fuentes`.',
  },
  claims: {
    heading: 'Qué dicen los artículos sobre este mensaje',
    same: '🟰 **Dice lo mismo**',
    related: '🔗 **Relacionado**',
    nothing: '⚪ **No se encontró nada**',
    sentence: '{{verdict}}: «{{claim}}»',
    differing: '{{verdict}} ({{difference}}): «{{claim}}»',
    otherNumbers: 'con otros números',
    otherDates: 'con otra fecha',
    otherNames: 'con otros nombres',
    otherRoles: 'con otros papeles',
    otherPolarity: 'uno lo afirma y el otro lo niega',
    leftOut_one: 'Ha quedado {{count}} frase más sin buscar.',
    leftOut_many: 'Han quedado {{count}} frases más sin buscar.',
    leftOut_other: 'Han quedado {{count}} frases más sin buscar.',
    notAVerdict: 'Esto muestra lo que dicen los artículos. No es una verificación de datos.',
    noText: 'Ese mensaje no contiene ninguna frase que pueda buscar.',
  },
  removed: {
    notYours: 'Solo la persona que preguntó y los moderadores pueden quitar esto.',
  },
  private: {
    notYours: 'Eso solo puede hacerlo la persona que preguntó.',
  },
  outdated: {
    passage: 'Ese pasaje ya no está en el índice. Búscalo de nuevo.',
    article: 'Ese artículo ya no está en el índice. Búscalo de nuevo.',
    question: 'Ya no recuerdo la pregunta. Hazla de nuevo.',
    button: 'Este botón es de otra versión del bot. Pregunta otra vez para obtener uno nuevo.',
    command: 'Este comando ya no existe. Recarga Discord para ver los actuales.',
  },
  question: {
    empty: 'La pregunta está vacía. Pregunta algo sobre los artículos, en una frase o unas palabras.',
    noWords: 'La pregunta no contiene palabras. Pregunta con unas palabras o una frase.',
    tooLong:
      'La pregunta tiene {{characters}} caracteres; el límite es {{most}}. Pregunta una sola cosa, en una o dos frases.',
    noText: 'En ese mensaje no hay texto al que pueda responder.',
  },
  limits: {
    person_one: 'Has preguntado mucho en el último minuto. Vuelve a preguntar dentro de {{count}} segundo.',
    person_many: 'Has preguntado mucho en el último minuto. Vuelve a preguntar dentro de {{count}} segundos.',
    person_other: 'Has preguntado mucho en el último minuto. Vuelve a preguntar dentro de {{count}} segundos.',
    server_one:
      'En este servidor se hacen más preguntas de las que puedo atender. Vuelve a preguntar dentro de {{count}} segundo.',
    server_many:
      'En este servidor se hacen más preguntas de las que puedo atender. Vuelve a preguntar dentro de {{count}} segundos.',
    server_other:
      'En este servidor se hacen más preguntas de las que puedo atender. Vuelve a preguntar dentro de {{count}} segundos.',
  },
  failure: {
    answer:
      'Algo ha fallado por mi parte. Inténtalo otra vez; si sigue pasando, da la referencia {{reference}} a quien administra este bot.',
    off: 'Las respuestas están desactivadas en este canal. Un moderador puede activarlas con `/ajustes`.',
    needsServer: 'Esto solo funciona en un servidor del que soy miembro.',
    unknownChannel: 'No puedo ver ese canal.',
  },
  howTo: {
    ask: 'Pregunta con `/preguntar`, mencióname con una pregunta o envíame un mensaje directo. `/buscar` busca un artículo o un pasaje mientras escribes, y `/citar` muestra un pasaje a todos.',
  },
  about: {
    what_one:
      '**Footnote {{version}}** responde preguntas citando {{count}} artículo ({{passages}}) palabra por palabra, cada cita con su fuente. Si la respuesta no está en los artículos, lo dice.',
    what_many:
      '**Footnote {{version}}** responde preguntas citando {{count}} artículos ({{passages}}) palabra por palabra, cada cita con su fuente. Si la respuesta no está en los artículos, lo dice.',
    what_other:
      '**Footnote {{version}}** responde preguntas citando {{count}} artículos ({{passages}}) palabra por palabra, cada cita con su fuente. Si la respuesta no está en los artículos, lo dice.',
    nothingLeaves: 'Footnote no genera nada, y nada sale de la máquina en la que funciona.',
    kept: 'Guarda los votos (quién votó y sobre qué pasaje) y lo que los moderadores eligen en `/ajustes`.',
    questionsNotKept: 'Aquí no se guardan las preguntas.',
    questionsKept_one:
      'Las preguntas que no reciben respuesta, o reciben una equivocada, se guardan aquí durante {{count}} día, para quienes escriben los artículos.',
    questionsKept_many:
      'Las preguntas que no reciben respuesta, o reciben una equivocada, se guardan aquí durante {{count}} días, para quienes escriben los artículos.',
    questionsKept_other:
      'Las preguntas que no reciben respuesta, o reciben una equivocada, se guardan aquí durante {{count}} días, para quienes escriben los artículos.',
    forgetMe: '`/olvídame` borra todo lo que se guarda sobre ti.',
  },
  forgetMe: {
    nothing: 'No se guardaba nada sobre ti.',
    done: 'Borrado: {{votes}}, {{questions}}.',
    votes_one: '{{count}} voto',
    votes_many: '{{count}} votos',
    votes_other: '{{count}} votos',
    questions_one: '{{count}} pregunta',
    questions_many: '{{count}} preguntas',
    questions_other: '{{count}} preguntas',
  },
  settings: {
    heading: '**Ajustes: {{place}}**',
    line: '**{{setting}}**: {{value}}',
    choice: '{{setting}}: {{value}}',
    server: 'este servidor',
    inherited: 'como en el servidor',
    on: 'sí',
    off: 'no',
    inherit: 'Como en el servidor ({{value}})',
    answers: 'Respuestas',
    answersHelp: 'Si respondo aquí o no.',
    collections: 'Colecciones',
    collectionsHelp: 'De qué carpetas de artículos salen mis respuestas.',
    allCollections: 'todos los artículos',
    askChannel: 'Canal de preguntas',
    askChannelHelp: 'Respondo aquí a las preguntas sin que me mencionen.',
    forumPosts: 'Publicaciones de foro',
    forumPostsHelp: 'Respondo al primer mensaje de cada publicación nueva de un foro.',
    replyPlace: 'Las respuestas a mensajes aparecen',
    here: 'como respuesta',
    thread: 'en un hilo',
    private: 'como mensaje directo',
    inlineCiting: 'Citas en el texto',
    inlineCitingHelp: '[[palabras]] en un mensaje muestra el pasaje que mejor encaja.',
    language: 'Idioma',
    ownLanguage: 'el de cada persona',
    keptDays: 'Guardar las preguntas sin respuesta',
    notKept: 'nunca',
    days_one: 'durante {{count}} día',
    days_many: 'durante {{count}} días',
    days_other: 'durante {{count}} días',
    needsContent:
      '⚠️ Los canales de preguntas, las publicaciones de foro y las citas en el texto necesitan el Message Content Intent, que está desactivado. Quien administra este bot puede activarlo en el Developer Portal (Bot, Message Content Intent), poner `DISCORD_MESSAGE_CONTENT=on` y reiniciar el bot.',
    needsPermission: '⚠️ En este canal me faltan permisos: {{permissions}}. Dámelos allí.',
    permissionView: 'ver mensajes',
    permissionSend: 'enviar mensajes',
    permissionThreads: 'crear hilos y escribir en ellos',
    permissionHistory: 'leer el historial de mensajes',
  },
  gaps: {
    nothingVoted: 'Ningún pasaje se ha votado como erróneo.',
    heading_one: '**Sin respuesta en el último día**',
    heading_many: '**Sin respuesta en los últimos {{count}} días**',
    heading_other: '**Sin respuesta en los últimos {{count}} días**',
    nothing: 'No hay preguntas sin respuesta ni pasajes votados como erróneos.',
    notKept:
      'En este servidor no se guarda el texto de las preguntas. Para ver lo que se pregunta, actívalo en `/ajustes` con `servidor: True`.',
    asked_one: 'preguntado una vez',
    asked_many: 'preguntado {{count}} veces',
    asked_other: 'preguntado {{count}} veces',
    votedWrong: 'votado como erróneo',
    nearest: 'lo más cercano: {{passage}}',
    passages: '**Pasajes votados como erróneos**',
    counts: '👎 {{wrong}} · 👍 {{right}}',
    more_one: 'y {{count}} grupo más: expórtalo todo con `/lagunas exportar: True`.',
    more_many: 'y {{count}} grupos más: expórtalo todo con `/lagunas exportar: True`.',
    more_other: 'y {{count}} grupos más: expórtalo todo con `/lagunas exportar: True`.',
    exported: 'Aquí está todo en un archivo CSV.',
  },
  status: {
    heading: '**Footnote {{version}}**',
    articles_one: '{{count}} artículo, {{passages}}',
    articles_many: '{{count}} artículos, {{passages}}',
    articles_other: '{{count}} artículos, {{passages}}',
    model: 'modelo {{model}}',
    index: 'índice actualizado {{when}}',
    latency: 'Discord responde en {{ping}} ms',
    latencyUnknown: 'La latencia de Discord aún no se conoce',
    answers: 'las respuestas tardaron {{median}} ms (mediana) y como máximo {{slowest}} ms (las últimas {{count}})',
    noAnswers: 'ninguna pregunta desde que arrancó el bot',
    started: 'iniciado {{when}}',
    memory: '{{megabytes}} MB de memoria',
    shard: 'shard {{number}} de {{count}}',
  },
} satisfies Translation<'one' | 'many' | 'other'>;
