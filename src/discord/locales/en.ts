/**
 * What the bot says, in English: the source of the other languages, and what is said where one of them lacks a text.
 *
 * `{{name}}` stands for a value. A text that counts something has a form for each plural of its language, as `key_one`, `key_other`
 * (https://www.i18next.com/translation-function/plurals). Names of slash commands and options: 1 to 32 lower case letters,
 * digits, - and _; descriptions: up to 100 characters; texts of buttons: up to 40.
 */
export const en = {
  commands: {
    ask: {
      name: 'ask',
      description: 'Ask the articles: the answer is quoted from them, with its source',
      options: {
        question: { name: 'question', description: 'What you want to know, in a sentence or a few words' },
        article: { name: 'article', description: 'Ask one article only: type words of its title' },
        private: { name: 'private', description: 'Whether only you see the answer; you can share it then' },
      },
    },
    find: {
      name: 'find',
      description: 'Look up an article or a passage as you type; only you see it',
      options: {
        words: {
          name: 'words',
          description: 'Words of a title or a passage: choose from the list, or press Enter to search',
        },
      },
    },
    cite: {
      name: 'cite',
      description: 'Show a passage to everyone here, with its source',
      options: {
        passage: { name: 'passage', description: 'Words of the passage: choose it from the list' },
        for: { name: 'for', description: 'Whom to tell of it' },
        note: { name: 'note', description: 'What you want to say about it' },
      },
    },
    sources: {
      name: 'sources',
      description: 'The articles that answers come from',
      options: {
        words: { name: 'words', description: 'Only articles with these words in title, publisher or collection' },
      },
    },
    article: {
      name: 'article',
      description: 'Read an article, passage by passage',
      options: { article: { name: 'article', description: 'Words of its title: choose it from the list' } },
    },
    about: { name: 'about', description: 'What this bot does, what it knows and what it keeps' },
    'forget-me': { name: 'forget-me', description: 'Delete everything this bot keeps of you: votes and questions' },
    settings: {
      name: 'settings',
      description: 'How the bot behaves in a channel',
      options: {
        channel: { name: 'channel', description: 'Which channel; without it, this one' },
        server: { name: 'server', description: 'What holds in every channel that states nothing else' },
      },
    },
    gaps: {
      name: 'gaps',
      description: 'What people asked and the articles did not answer',
      options: {
        days: { name: 'days', description: 'Of how many days; 7 if you say nothing' },
        export: { name: 'export', description: 'As a CSV file' },
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
    closest: '🔶 **Perhaps.** The articles may not answer this; these passages come closest.',
    notFound: '⚪ **Not found.** Nothing in the articles answers this.',
    sure: '{{percent}} % sure',
    sureFirst: '{{percent}} % sure that the first one answers',
    part: 'To “{{question}}”',
    undated: 'undated',
    link: 'read it there',
    page: 'Passage {{number}} of {{count}}, in the order of how well they fit',
    shared: 'Shared by {{person}}',
    onRequest: 'An answer to {{link}}',
    messageLink: 'this message',
    directClosed:
      'Answers here are private, and you take no direct messages from me. Ask with `/ask`: only you see that answer.',
  },
  notes: {
    script:
      'The question is in {{asked}} script and the articles are in {{written}} script: ask in the language of the articles.',
    language:
      'The question seems to be in {{asked}} and the articles are in {{written}}: ask in {{written}} for a better answer.',
    spelling: 'Read “{{typed}}” as “{{read}}”.',
    followUp: 'Read as going on from “{{earlier}}”.',
    parts: 'Several questions in one: {{parts}}.',
    partAnswered: '“{{question}}” is answered',
    partClosest: '“{{question}}” has only near passages',
    partNotFound: '“{{question}}” was not found',
    yearsApart:
      'The sources are a year or more apart ({{dates}}). They stand in the order of how well they match the question, not of their dates.',
    figuresDiffer:
      'The sources give different figures ({{figures}}): compare them. They stand in the order of how well they match the question.',
    uncalibrated:
      'It was never measured how often this model is right: the passages are in order, and whether they answer is yours to judge.',
  },
  buttons: {
    context: 'Context',
    why: 'Why this?',
    share: 'Share',
    remove: 'Remove',
  },
  context: {
    heading: 'In its surroundings',
  },
  why: {
    heading: '**Why this passage?**',
    words: 'Words that matched: {{words}}.',
    wordPair: '“{{question}}” with “{{passage}}”',
    noWords: 'No single word matches closely; the passage is near in meaning.',
    place: 'It is number {{rank}} of {{count}} passages that were compared closely.',
    byWords: 'By its words it is number {{rank}}.',
    notByWords: 'By its words alone it would not have been found.',
    byMeaning: 'By its meaning it is number {{rank}}.',
    notByMeaning: 'By its meaning alone it would not have been found.',
    confidence: 'Of answers that I am {{percent}} % sure of, about {{percent}} in 100 are right.',
    noConfidence: 'How sure this is cannot be said.',
    nothing: 'That passage is too far down to be explained.',
  },
  find: {
    heading: 'The passages that come closest',
    nothing: 'Nothing found for “{{words}}”. Try other words, or `/ask` a question.',
    choose: 'Show a passage…',
  },
  cite: {
    heading: '{{person}} cites:',
    for: 'For {{person}}',
    choose: 'Choose a passage from the list that appears as you type. `/find` searches further.',
    inline: 'Cited by {{person}}:',
  },
  sources: {
    heading_one: '**{{count}} article**',
    heading_other: '**{{count}} articles**',
    matching_one: '**{{count}} article** with “{{words}}”',
    matching_other: '**{{count}} articles** with “{{words}}”',
    nothing: 'No article has “{{words}}” in its title, publisher or collection.',
    passages_one: '{{count}} passage',
    passages_other: '{{count}} passages',
    choose: 'Read an article…',
    page: 'Page {{number}} of {{count}}',
  },
  article: {
    choose: 'Choose an article from the list that appears as you type, or look at `/sources`.',
  },
  claims: {
    heading: 'What the articles say to this message',
    same: '🟰 **Says the same**',
    related: '🔗 **Related**',
    nothing: '⚪ **Nothing found**',
    sentence: '{{verdict}}: “{{claim}}”',
    differing: '{{verdict}} ({{difference}}): “{{claim}}”',
    otherNumbers: 'with other numbers',
    otherDates: 'with another date',
    otherNames: 'with other names',
    otherRoles: 'with other roles',
    otherPolarity: 'one says it, the other denies it',
    leftOut_one: '{{count}} more sentence was not looked for.',
    leftOut_other: '{{count}} more sentences were not looked for.',
    notAVerdict: 'This shows what the articles say. It does not say whether it is so.',
    noText: 'There is no sentence in that message that could be looked for.',
  },
  removed: {
    notYours: 'Only who asked, and moderators, can remove this.',
  },
  private: {
    notYours: 'Only who asked can do that.',
  },
  outdated: {
    passage: 'That passage is no longer in the index. Look it up again.',
    article: 'That article is no longer in the index. Look it up again.',
    question: 'I no longer know the question. Ask it again.',
    button: 'That button is of another version of me. Ask again for a present one.',
    command: 'This command is no longer there. Reload Discord to see the present ones.',
  },
  question: {
    empty: 'The question is empty. Ask something about the articles, such as: Who met in Reykjavik?',
    noWords: 'The question has no words in it. Ask in a few words or a sentence.',
    tooLong:
      'The question has {{characters}} characters, at most {{most}} are read. Ask one thing in a sentence or two.',
    noText: 'There is no text in that message that I could answer.',
  },
  limits: {
    person_one: 'You have asked a lot just now. Please ask again in {{count}} second.',
    person_other: 'You have asked a lot just now. Please ask again in {{count}} seconds.',
    server_one:
      'So many questions are asked in this server that I cannot keep up. Please ask again in {{count}} second.',
    server_other:
      'So many questions are asked in this server that I cannot keep up. Please ask again in {{count}} seconds.',
  },
  failure: {
    answer:
      'Something went wrong on my side. Please try again; if it stays, tell whoever runs this bot the reference {{reference}}.',
    off: 'I am turned off in this channel. A moderator can turn me on with `/settings`.',
    needsServer: 'This works in a server that I am a member of.',
    unknownChannel: 'I cannot see that channel.',
  },
  howTo: {
    ask: 'Ask with `/ask`, by mentioning me with a question, or in a direct message. `/find` looks up an article or a passage as you type, and `/cite` shows one to everyone.',
  },
  about: {
    what_one:
      '**Footnote {{version}}** answers questions by quoting {{count}} article ({{passages}}), word for word, each quote with its source. When the articles do not hold the answer, it says so.',
    what_other:
      '**Footnote {{version}}** answers questions by quoting {{count}} articles ({{passages}}), word for word, each quote with its source. When the articles do not hold the answer, it says so.',
    nothingLeaves: 'Nothing is generated, and nothing leaves the machine it runs on.',
    kept: 'Kept are votes (who, on which passage) and what moderators set with `/settings`.',
    questionsNotKept: 'Questions are not kept here.',
    questionsKept_one:
      'Questions that find no answer, or a wrong one, are kept here for {{count}} day, for those who write the articles.',
    questionsKept_other:
      'Questions that find no answer, or a wrong one, are kept here for {{count}} days, for those who write the articles.',
    forgetMe: '`/forget-me` deletes what is kept of you.',
  },
  forgetMe: {
    nothing: 'Nothing was kept of you.',
    done: 'Deleted: {{votes}}, {{questions}}.',
    votes_one: '{{count}} vote',
    votes_other: '{{count}} votes',
    questions_one: '{{count}} question',
    questions_other: '{{count}} questions',
  },
  settings: {
    heading: '**Settings of {{place}}**',
    line: '**{{setting}}**: {{value}}',
    choice: '{{setting}}: {{value}}',
    server: 'this server',
    inherited: 'as in the server',
    on: 'on',
    off: 'off',
    inherit: 'As in the server ({{value}})',
    answers: 'Answers',
    answersHelp: 'Whether I answer here at all.',
    collections: 'Collections',
    collectionsHelp: 'Which folders of articles are asked.',
    allCollections: 'all articles',
    askChannel: 'Ask channel',
    askChannelHelp: 'Questions are answered without a mention.',
    forumPosts: 'Forum posts',
    forumPostsHelp: 'The first post of a new forum thread is a question.',
    replyPlace: 'Answers to messages appear',
    here: 'as a reply',
    thread: 'in a thread',
    private: 'as a direct message',
    inlineCiting: 'Inline citing',
    inlineCitingHelp: '[[words]] in a message shows the passage they mean.',
    language: 'Language',
    ownLanguage: 'that of each person',
    keptDays: 'Questions without an answer are kept',
    notKept: 'not at all',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    needsContent:
      '⚠️ Ask channel, forum posts and inline citing need the Message Content intent, which is off. Whoever runs this bot turns it on in the Developer Portal (Bot, Message Content Intent), sets `DISCORD_MESSAGE_CONTENT=on` and starts it again.',
    needsPermission: '⚠️ I may not {{permissions}} in this channel. Give me these permissions there.',
    permissionView: 'see messages',
    permissionSend: 'write',
    permissionThreads: 'make threads and write in them',
    permissionHistory: 'read the message history',
  },
  gaps: {
    nothingVoted: 'No passage was voted wrong.',
    heading_one: '**What was not answered in the last {{count}} day**',
    heading_other: '**What was not answered in the last {{count}} days**',
    nothing: 'Nothing: no question without an answer, and no passage voted wrong.',
    notKept:
      'The text of questions is not kept in this server. Turn it on in `/settings` with `server: True` to see here what people ask.',
    asked_one: 'asked once',
    asked_other: 'asked {{count}} times',
    votedWrong: 'voted wrong',
    nearest: 'nearest: {{passage}}',
    passages: '**Passages voted wrong**',
    counts: '👎 {{wrong}} · 👍 {{right}}',
    more_one: 'and {{count}} more group: export them with `/gaps export: True`.',
    more_other: 'and {{count}} more groups: export them with `/gaps export: True`.',
    exported: 'All of it, as CSV.',
  },
  status: {
    heading: '**Footnote {{version}}**',
    articles_one: '{{count}} article, {{passages}}',
    articles_other: '{{count}} articles, {{passages}}',
    model: 'model {{model}}',
    index: 'index changed {{when}}',
    latency: 'Discord answers in {{ping}} ms',
    latencyUnknown: 'Discord’s latency is not known yet',
    answers: 'answers took {{median}} ms in the median, {{slowest}} ms at most (the last {{count}})',
    noAnswers: 'nothing was asked since the start',
    started: 'started {{when}}',
    memory: '{{megabytes}} MB of memory',
    shard: 'shard {{number}} of {{count}}',
  },
} as const;
