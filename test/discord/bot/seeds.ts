import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The article about Reykjavik answers it. */
export const ANSWERED_QUESTION = 'Where did Antony Blinken and Sergey Lavrov meet for the first time?';
/**
 * Close to some article that does not answer them. How close depends on the model, so the tests pick one whose outcome is
 * `closest`.
 */
export const NEAR_QUESTIONS = [
  'Who invented the photograph?',
  'How is glass ground?',
  'When does the school year begin in September?',
  'How is whisky made?',
  'Who paints the houses of the town?',
  'What do sailors eat?',
  'What does a concert ticket cost?',
  'When was the nuclear treaty signed in Reykjavik?',
  'Which ships go to Denmark?',
  'Where can I eat bread?',
  'Is the rain in Paris heavy?',
  'Who met whom in Geneva?',
  'What is oil paper?',
  'When do apprentices get paid?',
  'What does a photograph of the harbour cost?',
  'Which streets did the police close in Oslo?',
  'How heavy is the electric lamp of the ferry?',
];
/** Has nothing to do with any article. */
export const NOT_FOUND_QUESTION = 'How do I reset the password of my router?';

/** The article that answers `ANSWERED_QUESTION`. */
export const REYKJAVIK = {
  file: 'news/reykjavik.md',
  title: 'The summit in Reykjavik',
  url: 'https://example.org/2021/reykjavik',
  publisher: 'Example News',
  published: '2021-05-19',
  /** The heading above its second paragraph. */
  heading: 'Outside the hall',
};

/** The first three have two passages each: a heading opens the second one. The last one has a single passage. */
const ARTICLES: Readonly<Record<string, string>> = {
  [REYKJAVIK.file]: `---
title: ${REYKJAVIK.title}
url: ${REYKJAVIK.url}
publisher: ${REYKJAVIK.publisher}
published: ${REYKJAVIK.published}
---

Antony Blinken and Sergey Lavrov met for the first time in the Harpa concert hall in Reykjavik on Wednesday. They spoke for an hour and three quarters about arms control, and both called the conversation constructive.

## ${REYKJAVIK.heading}

The police had closed the streets around the harbour since the morning. Reporters from forty countries waited in the rain for a photograph of the handshake, which lasted four seconds.
`,
  'news/ferry.md': `---
title: The old ferry sails again
publisher: Harbour Post
---

After two years in the dry dock the island ferry sails again. Its boiler was rebuilt by the apprentices of the shipyard, who also painted the funnel.

## Times and prices

The crossing to the island takes forty minutes and costs three crowns. Children and bicycles travel free of charge until the end of September.
`,
  'kitchen/rye-bread.md': `---
title: Rye bread baked in hot ground
url: https://example.org/bread
---

Bakers near the lake bury their rye dough in hot volcanic sand. After twenty-four hours the steam has baked a dark and sweet loaf that keeps for a week.

## Where it comes from

Nobody knows who baked the first loaf in this way. The oldest written recipe is from 1897 and asks for a wooden bucket.
`,
  'science/lighthouse.txt': `How the lighthouse lamp was measured

The keeper measured the lamp of the northern lighthouse every evening with a photometer made of oil paper. In a clear night sailors saw its beam from thirty-one kilometres.

In 1931 the paraffin lamp gave way to an electric one of a thousand watts. The lens, ground in Paris, is still the same and weighs two tonnes.
`,
};

/** Writes four small articles, which most tests use, into a folder. */
export function writeSeeds(folder: string): void {
  for (const [file, text] of Object.entries(ARTICLES)) writeSeed(folder, file, text);
}

/** Writes one article. @param file Path below the folder. */
export function writeSeed(folder: string, file: string, text: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
