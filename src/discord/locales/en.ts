/**
 * Everything the bot says, in English. The other languages are translated from this file, and the bot falls back to it
 * for locales it does not speak.
 *
 * `{{name}}` is replaced by a value. A text that counts something has one form for each plural of its language:
 * `key_one`, `key_other` (https://www.i18next.com/translation-function/plurals). Discord's limits: names of slash
 * commands and options have 1 to 32 lower-case letters, digits, - and _; descriptions up to 100 characters. We keep the
 * texts of buttons to 40.
 */
export const en = {
  commands: {
    ask: {
      name: 'ask',
      description: 'Ask a question; the answer is quoted from the articles, with its source',
      options: {
        question: { name: 'question', description: 'What you want to know, in a sentence or a few words' },
        article: { name: 'article', description: 'Search only this article: type part of its title' },
        private: { name: 'private', description: 'Show the answer only to you; you can share it afterwards' },
      },
    },
    find: {
      name: 'find',
      description: 'Look up an article or a passage as you type; only you can see it',
      options: {
        words: {
          name: 'words',
          description: 'Words from a title or a passage: pick one from the list, or press Enter to search',
        },
      },
    },
    cite: {
      name: 'cite',
      description: 'Show a passage to everyone here, with its source',
      options: {
        passage: { name: 'passage', description: 'Words from the passage: pick it from the list' },
        for: { name: 'for', description: 'Who to notify' },
        note: { name: 'note', description: 'Your comment on the passage' },
      },
    },
    sources: {
      name: 'sources',
      description: 'List the articles that answers come from',
      options: {
        words: { name: 'words', description: 'Only articles with these words in the title, publisher or collection' },
      },
    },
    article: {
      name: 'article',
      description: 'Read an article, passage by passage',
      options: { article: { name: 'article', description: 'Words from its title: pick it from the list' } },
    },
    about: { name: 'about', description: 'What this bot does, what it knows and what it stores' },
    'forget-me': { name: 'forget-me', description: 'Delete everything this bot stores about you: votes and questions' },
    settings: {
      name: 'settings',
      description: 'Change how the bot behaves in a channel',
      options: {
        channel: { name: 'channel', description: 'Which channel to change (default: this one)' },
        server: { name: 'server', description: 'Change the defaults for the whole server instead' },
      },
    },
    gaps: {
      name: 'gaps',
      description: 'Show the questions that the articles could not answer',
      options: {
        days: { name: 'days', description: 'How many days back (default: 7)' },
        export: { name: 'export', description: 'Get everything as a CSV file' },
      },
    },
    status: { name: 'status', description: 'How the bot is doing: articles, index, latency, version' },
    answerThis: { name: 'Answer this' },
    findTheSource: { name: 'Find the source' },
  },
  signs: {
    quoted: '“{{text}}”',
  },
  answer: {
    answered: '✅ **Answered** in the words of the source.',
    closest: '🔶 **Perhaps.** The articles may not answer this, but these passages come closest.',
    notFound: '⚪ **Not found.** Nothing in the articles answers this.',
    sure: '{{percent}}% sure',
    sureFirst: '{{percent}}% sure that the first one is the answer',
    part: 'For “{{question}}”',
    undated: 'undated',
    onPage: 'page {{page}}',
    atTime: 'at {{time}}',
    link: 'read it at the source',
    page: 'Passage {{number}} of {{count}}, best match first',
    shared: 'Shared by {{person}}',
    onRequest: 'Answer to {{link}}',
    messageLink: 'this message',
    directClosed:
      'Answers here are sent privately, but you don’t accept direct messages from me. Use `/ask` instead: only you will see the answer.',
  },
  notes: {
    script:
      'The question is in {{asked}} script, but the articles are in {{written}} script. Try asking in the language of the articles.',
    language:
      'The question seems to be in {{asked}}, but the articles are in {{written}}. Ask in {{written}} for a better answer.',
    spelling: 'Searched for “{{read}}” instead of “{{typed}}”.',
    followUp: 'Treated as a follow-up to “{{earlier}}”.',
    parts: 'You asked several questions at once: {{parts}}.',
    partAnswered: '“{{question}}” was answered',
    partClosest: '“{{question}}” has only close matches',
    partNotFound: '“{{question}}” has no answer in the articles',
    yearsApart:
      'The sources are a year or more apart ({{dates}}). They are sorted by how well they match the question, not by date.',
    figuresDiffer:
      'The sources give different figures ({{figures}}). Compare them: the order shows how well each source matches the question, not which figure is right.',
    uncalibrated:
      'This model’s accuracy has not been measured, so there is no percentage. The best matches come first; judge for yourself whether they answer the question.',
  },
  buttons: {
    context: 'Context',
    why: 'Why this?',
    share: 'Share',
    remove: 'Remove',
  },
  context: {
    heading: 'In context',
  },
  why: {
    heading: '**Why this passage?**',
    words: 'Words that matched: {{words}}.',
    wordPair: '“{{question}}” with “{{passage}}”',
    noWords: 'No single word matches closely, but the passage is close in meaning.',
    rank: 'It ranked #{{rank}} of the {{count}} passages compared in detail.',
    byWords: 'By keywords alone, it ranked #{{rank}}.',
    notByWords: 'A keyword search alone would not have found it.',
    byMeaning: 'By meaning alone, it ranked #{{rank}}.',
    notByMeaning: 'A search by meaning alone would not have found it.',
    confidence: 'Of the answers I am {{percent}}% sure about, about {{percent}} in 100 are right.',
    noConfidence: 'I can’t say how likely it is that this is the answer.',
    nothing: 'That passage is too far down the ranking to explain.',
  },
  find: {
    heading: 'The closest passages',
    nothing: 'Nothing found for “{{words}}”. Try other words, or ask a question with `/ask`.',
    choose: 'Show a passage…',
  },
  cite: {
    heading: 'Cited by {{person}}:',
    for: 'For {{person}}',
    choose: 'Pick a passage from the list that appears as you type. `/find` searches more widely.',
  },
  sources: {
    heading_one: '**{{count}} article**',
    heading_other: '**{{count}} articles**',
    matching_one: '**{{count}} article** matching “{{words}}”',
    matching_other: '**{{count}} articles** matching “{{words}}”',
    nothing: 'No article has “{{words}}” in its title, publisher or collection.',
    passages_one: '{{count}} passage',
    passages_other: '{{count}} passages',
    choose: 'Read an article…',
    page: 'Page {{number}} of {{count}}',
  },
  article: {
    choose: 'Pick an article from the list that appears as you type, or browse `/sources`.',
  },
  claims: {
    heading: 'What the articles say about this message',
    same: '🟰 **Says the same thing**',
    related: '🔗 **Related**',
    nothing: '⚪ **Nothing found**',
    sentence: '{{verdict}}: “{{claim}}”',
    differing: '{{verdict}} ({{difference}}): “{{claim}}”',
    otherNumbers: 'with different numbers',
    otherDates: 'with a different date',
    otherNames: 'with different names',
    otherRoles: 'with different roles',
    otherPolarity: 'one says it, the other denies it',
    leftOut_one: '{{count}} more sentence was not looked up.',
    leftOut_other: '{{count}} more sentences were not looked up.',
    notAVerdict: 'This shows what the articles say. It is not a fact check.',
    noText: 'That message contains no sentence I can look up.',
  },
  removed: {
    notYours: 'Only the person who asked and moderators can remove this.',
  },
  private: {
    notYours: 'Only the person who asked can do that.',
  },
  outdated: {
    passage: 'That passage is no longer in the index. Please look it up again.',
    article: 'That article is no longer in the index. Please look it up again.',
    question: 'I no longer remember the question. Please ask it again.',
    button: 'This button is from another version of the bot. Ask again to get a new one.',
    command: 'This command no longer exists. Reload Discord to see the current ones.',
  },
  question: {
    empty: 'The question is empty. Ask about the articles in a sentence or a few words.',
    noWords: 'The question has no words in it. Ask in a few words or a sentence.',
    tooLong: 'The question has {{characters}} characters; the limit is {{most}}. Ask one thing in a sentence or two.',
    noText: 'There is no text in that message for me to answer.',
    greeting: 'Hello! Ask me about the articles in a sentence or a few words.',
    thanks: 'My pleasure! Ask me about the articles whenever you like.',
    praise: 'Thank you for telling me! Ask me about the articles whenever you like.',
    help: 'I answer questions by quoting the articles. Ask in a sentence or a few words.',
    link: 'I cannot open links. Ask about the articles in a sentence or a few words.',
    reaction: 'There is no question in that. Ask about the articles in a sentence or a few words.',
  },
  limits: {
    person_one: 'You’ve asked a lot in the last minute. Please ask again in {{count}} second.',
    person_other: 'You’ve asked a lot in the last minute. Please ask again in {{count}} seconds.',
    server_one: 'This server is asking more questions than I can keep up with. Please ask again in {{count}} second.',
    server_other:
      'This server is asking more questions than I can keep up with. Please ask again in {{count}} seconds.',
  },
  failure: {
    answer:
      'Something went wrong on my side. Please try again; if it keeps happening, give whoever runs this bot the reference {{reference}}.',
    off: 'Answers are turned off in this channel. A moderator can turn them on with `/settings`.',
    needsServer: 'This only works in a server that I’m a member of.',
    unknownChannel: 'I can’t see that channel.',
  },
  howTo: {
    ask: 'Ask with `/ask`, mention me with a question, or send me a direct message. `/find` looks up an article or a passage as you type, and `/cite` shows a passage to everyone.',
  },
  about: {
    what_one:
      '**Footnote {{version}}** answers questions by quoting {{count}} article ({{passages}}) word for word, each quote with its source. If the answer isn’t in the articles, it says so.',
    what_other:
      '**Footnote {{version}}** answers questions by quoting {{count}} articles ({{passages}}) word for word, each quote with its source. If the answer isn’t in the articles, it says so.',
    nothingLeaves: 'Footnote generates nothing, and nothing leaves the machine it runs on.',
    kept: 'It stores votes (who voted on which passage) and what moderators choose in `/settings`.',
    questionsNotKept: 'Questions are not stored here.',
    questionsKept_one:
      'Questions that get no answer, or a wrong one, are stored here for {{count}} day, for the people who write the articles.',
    questionsKept_other:
      'Questions that get no answer, or a wrong one, are stored here for {{count}} days, for the people who write the articles.',
    forgetMe: '`/forget-me` deletes everything stored about you.',
  },
  forgetMe: {
    nothing: 'Nothing was stored about you.',
    done: 'Deleted: {{votes}}, {{questions}}.',
    votes_one: '{{count}} vote',
    votes_other: '{{count}} votes',
    questions_one: '{{count}} question',
    questions_other: '{{count}} questions',
  },
  settings: {
    heading: '**Settings for {{place}}**',
    line: '**{{setting}}**: {{value}}',
    choice: '{{setting}}: {{value}}',
    server: 'this server',
    inherited: 'server default',
    on: 'on',
    off: 'off',
    inherit: 'Server default ({{value}})',
    answers: 'Answers',
    answersHelp: 'Whether I answer here at all.',
    collections: 'Collections',
    collectionsHelp: 'Which folders of articles I answer from.',
    allCollections: 'all articles',
    askChannel: 'Ask channel',
    askChannelHelp: 'I answer questions here without being mentioned.',
    forumPosts: 'Forum posts',
    forumPostsHelp: 'I answer the first post of each new thread in a forum.',
    replyPlace: 'Answers to messages appear',
    here: 'as a reply',
    thread: 'in a thread',
    private: 'as a direct message',
    inlineCiting: 'Inline citing',
    inlineCitingHelp: '[[words]] in a message shows the passage they match best.',
    language: 'Language',
    ownLanguage: 'each person’s own',
    keptDays: 'Store unanswered questions',
    notKept: 'never',
    days_one: 'for {{count}} day',
    days_other: 'for {{count}} days',
    needsContent:
      '⚠️ Ask channels, forum posts and inline citing need the Message Content intent, which is off. Whoever runs this bot can turn it on in the Developer Portal (Bot, Message Content Intent), set `DISCORD_MESSAGE_CONTENT=on` and restart the bot.',
    needsPermission: '⚠️ I’m missing permissions in this channel: {{permissions}}. Please grant them.',
    permissionView: 'see messages',
    permissionSend: 'send messages',
    permissionThreads: 'create threads and post in them',
    permissionHistory: 'read the message history',
  },
  gaps: {
    nothingVoted: 'No passage was marked wrong.',
    heading_one: '**Not answered in the last {{count}} day**',
    heading_other: '**Not answered in the last {{count}} days**',
    nothing: 'No unanswered questions, and no passages marked wrong.',
    notKept:
      'This server doesn’t store the text of questions. To see what people ask, turn that on in `/settings` with `server: True`.',
    asked_one: 'asked once',
    asked_other: 'asked {{count}} times',
    votedWrong: 'marked wrong',
    nearest: 'closest: {{passage}}',
    passages: '**Passages marked wrong**',
    counts: '👎 {{wrong}} · 👍 {{right}}',
    more_one: 'and {{count}} more group: export everything with `/gaps export: True`.',
    more_other: 'and {{count}} more groups: export everything with `/gaps export: True`.',
    exported: 'Here is everything as a CSV file.',
  },
  status: {
    heading: '**Footnote {{version}}**',
    articles_one: '{{count}} article, {{passages}}',
    articles_other: '{{count}} articles, {{passages}}',
    model: 'model {{model}}',
    index: 'index updated {{when}}',
    latency: 'Discord responds in {{ping}} ms',
    latencyUnknown: 'Discord’s latency isn’t known yet',
    answers: 'latest answers ({{count}}): median {{median}} ms, slowest {{slowest}} ms',
    noAnswers: 'no questions since the bot started',
    started: 'started {{when}}',
    memory: '{{megabytes}} MB of memory',
    shard: 'shard {{number}} of {{count}}',
  },
} as const;
