/** Two questions about the sample articles, as different people might ask them. */
export type QuestionPair = readonly [string, string];

/** The same question in other words. The threshold of /gaps was chosen on the first, third, fifth … pair of both lists. */
export const ASKED_ALIKE: readonly QuestionPair[] = [
  ['Where did Blinken and Lavrov first meet in person?', 'In which place was the first meeting of Lavrov and Blinken?'],
  ['How long did the talk in New Delhi last?', 'How many minutes did they speak in New Delhi?'],
  ['What is the New START treaty?', 'Can somebody explain New START to me?'],
  ['How many warheads does New START allow?', 'What is the limit on warheads under New START?'],
  ['When does New START expire?', 'Until what date is the New START treaty in force?'],
  ['Who built Nord Stream 2?', 'Which company constructed the Nord Stream 2 pipeline?'],
  ['How long is Nord Stream 2?', 'What is the length of the Nord Stream 2 pipeline?'],
  ['Why did the United States oppose Nord Stream 2?', 'What were the American objections to Nord Stream 2?'],
  ['Which countries are in the Arctic Council?', 'Who are the members of the Arctic Council?'],
  ['When was the Arctic Council founded?', 'In what year did the Arctic Council start?'],
  ['Why was Paul Whelan arrested?', 'What was Whelan detained for in Moscow?'],
  ['What did Brittney Griner do?', 'Why was Griner sent to prison in Russia?'],
  ['Who was exchanged for Viktor Bout?', 'For whom did the Americans swap Viktor Bout?'],
  ['When did Antonov return to Washington?', 'On what date was ambassador Antonov back in Washington?'],
  ['Why was the Russian ambassador recalled?', 'What made Moscow call its ambassador Antonov home?'],
  ['Did Sullivan go back to Moscow?', 'Has ambassador Sullivan returned to his post in Moscow?'],
  [
    'What did Lavrov and Trump talk about in the Oval Office?',
    'What was discussed when Trump received Lavrov at the White House?',
  ],
  ['Who was secretary of state in 2017?', 'Which American secretary of state met Lavrov in Washington in 2017?'],
  ['What did Maria Zakharova say about the meeting?', 'How did Zakharova describe the conversation in New Delhi?'],
  ['Who asked for the conversation in New Delhi?', 'On whose initiative did the New Delhi talk take place?'],
  ['Did Lavrov get a visa for New York?', 'Was Lavrov allowed to travel to New York in April 2023?'],
  [
    'Did Blinken and Lavrov meet in New York?',
    'Was there a meeting between Lavrov and Blinken at the UN in April 2023?',
  ],
  ['What is the Harpa?', 'What kind of building is Harpa in Reykjavik?'],
  ['Will Putin and Biden meet?', 'Is a summit of Biden and Putin planned?'],
];

/** Two questions about one subject with different answers. */
export const ASKED_APART: readonly QuestionPair[] = [
  ['Where did Blinken and Lavrov first meet in person?', 'What did Blinken and Lavrov say to each other?'],
  ['How long did the talk in New Delhi last?', 'Who hosted the meeting in New Delhi?'],
  ['What is the New START treaty?', 'Who signed New START?'],
  ['How many warheads does New START allow?', 'How many inspections a year does New START allow?'],
  ['When does New START expire?', 'When was New START signed?'],
  ['Who built Nord Stream 2?', 'Who paid for Nord Stream 2?'],
  ['How long is Nord Stream 2?', 'How much gas does Nord Stream 2 carry?'],
  ['Why did the United States oppose Nord Stream 2?', 'When was Nord Stream 2 finished?'],
  ['Which countries are in the Arctic Council?', 'What does the Arctic Council do?'],
  ['When was the Arctic Council founded?', 'Who chairs the Arctic Council?'],
  ['Why was Paul Whelan arrested?', 'How long is the sentence of Paul Whelan?'],
  ['What did Brittney Griner do?', 'When was Brittney Griner released?'],
  ['Who was exchanged for Viktor Bout?', 'What was Viktor Bout sentenced for?'],
  ['When did Antonov return to Washington?', 'What did Antonov say when he left Washington?'],
  ['Why was the Russian ambassador recalled?', 'Who is the Russian ambassador in Washington?'],
  ['Did Sullivan go back to Moscow?', 'How many diplomats were expelled from Moscow?'],
  ['What did Lavrov and Trump talk about in the Oval Office?', 'Who took the photographs in the Oval Office?'],
  ['Who was secretary of state in 2017?', 'When did Tillerson fly to Moscow?'],
  ['What did Maria Zakharova say about the meeting?', 'Who is Maria Zakharova?'],
  ['Who asked for the conversation in New Delhi?', 'How long did the conversation in New Delhi take?'],
  ['Did Lavrov get a visa for New York?', 'What did Lavrov do in New York?'],
  ['Did Blinken and Lavrov meet in New York?', 'Did Blinken and Lavrov meet in New Delhi?'],
  ['What is the Harpa?', 'Who designed the Harpa?'],
  ['Will Putin and Biden meet?', 'What did Biden say about Putin?'],
];
