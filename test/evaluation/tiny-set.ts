import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Eight short articles about a made-up town: two on the ferry, two on the mine. */
export const TINY_ARTICLES: readonly { readonly _id: string; readonly title: string; readonly text: string }[] = [
  {
    _id: 'ferry',
    title: 'The ferry to Holm',
    text: 'The ferry to Holm leaves every morning at half past seven from the old pier. In summer there is a second crossing in the afternoon for visitors.\n\nIt was built in Turku in 1987 and carries two hundred passengers and nineteen cars.',
  },
  {
    _id: 'strike',
    title: 'The ferry strike of 1994',
    text: 'In March 1994 the crew of the ferry went on strike for eleven days. They asked for warmer cabins and were given a kettle.\n\nLetters and medicine came to the island by helicopter as long as it lasted.',
  },
  {
    _id: 'lighthouse',
    title: 'Holm lighthouse',
    text: 'Nobody knows who designed the lighthouse of Holm. The museum keeps a drawing of it from 1743, which was found between the pages of a psalm book.\n\nIts lamp burned herring oil until 1862 and has been electric since 1931.',
  },
  {
    _id: 'mine',
    title: 'The copper mine',
    text: 'Copper was mined in the hills behind the town from 1650 until the price fell in 1877. At its height four hundred people worked underground.\n\nThe deepest shaft goes down 310 metres and is flooded today.',
  },
  {
    _id: 'bats',
    title: 'Bats in the old shafts',
    text: 'Some four thousand bats spend the winter in the shafts of the old mine. Volunteers count them every February with red lamps, so as not to wake them.',
  },
  {
    _id: 'bakery',
    title: "Lindqvist's bakery",
    text: 'Maja Lindqvist has baked rye bread in Harbour Street since 2003. Her dough rests for nineteen hours, because her grandmother never had time to bake it sooner.',
  },
  {
    _id: 'bells',
    title: 'Two bronze bells',
    text: 'The two bronze bells of the town church were cast in Lübeck in 1612. One of them cracked in the frost of 1956 and was mended by a shipyard welder.',
  },
  {
    _id: 'library',
    title: 'The town library',
    text: 'The library lends fishing rods, umbrellas and a telescope besides its thirty thousand books. It is open until eight on Thursdays.',
  },
];

/** Each question with the article that answers it, or null and the closest article. */
const QUESTIONS: readonly (readonly [question: string, right: string | null, near?: string])[] = [
  ['When does the ferry leave in the morning?', 'ferry'],
  ['How many cars does the ferry carry?', 'ferry'],
  ['How long did the crew of the ferry strike?', 'strike'],
  ['How did medicine reach the island during the strike?', 'strike'],
  ['Where was the drawing of the lighthouse found?', 'lighthouse'],
  ['What did the lamp of the lighthouse burn?', 'lighthouse'],
  ['How deep is the deepest shaft of the mine?', 'mine'],
  ['How many bats spend the winter in the mine?', 'bats'],
  ['How long does the dough of Maja Lindqvist rest?', 'bakery'],
  ['Who mended the cracked bell?', 'bells'],
  ['What does the library lend besides books?', 'library'],
  ['Who was the captain of the ferry in 1994?', null, 'strike'],
  ['What did the copper mine cost to dig?', null, 'mine'],
  ['Which team won the football world cup in 1998?', null, 'library'],
];

/** The numbers of questions in the set. */
export const TINY_COUNTS = { answerable: 11, unanswerable: 3 };

/** Writes the set as a BEIR folder, by default with its own articles, and returns the folder. */
export function writeTinySet(folder: string, articles: readonly object[] = TINY_ARTICLES): string {
  mkdirSync(join(folder, 'qrels'), { recursive: true });
  writeFileSync(join(folder, 'corpus.jsonl'), lines(articles));
  writeFileSync(
    join(folder, 'queries.jsonl'),
    lines(QUESTIONS.map(([text], index) => ({ _id: `q${index + 1}`, text }))),
  );
  const judgements = QUESTIONS.map(
    ([, right, near], index) => `q${index + 1}\t${right ?? near}\t${right === null ? 0 : 1}`,
  );
  writeFileSync(join(folder, 'qrels', 'test.tsv'), `query-id\tcorpus-id\tscore\n${judgements.join('\n')}\n`);
  return folder;
}

function lines(objects: readonly object[]): string {
  return `${objects.map((one) => JSON.stringify(one)).join('\n')}\n`;
}
