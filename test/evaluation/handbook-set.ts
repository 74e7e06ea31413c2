import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Three articles of a sailing club: a table in Markdown, plain text in a sub-folder, and a page in HTML. */
export const HANDBOOK_ARTICLES: Readonly<Record<string, string>> = {
  'berths.md': `# Guest berths

Boats from other harbours are welcome from May to September. Report to the harbour office on the day you arrive.

| length of the boat | price for a night |
| --- | --- |
| up to 8 metres | 140 kronor |
| up to 12 metres | 190 kronor |
`,
  'rules/fire.txt': `Fire on board

Every boat at the jetty must carry a **powder extinguisher** of two kilograms. It is inspected each spring by the harbour master.

Barbecues are allowed on the beach only, never on the jetty.
`,
  'sauna.html': `<!doctype html><html lang="en"><head><title>The sauna</title></head><body><article><h1>The sauna</h1>
<p>The sauna by the lighthouse is heated on Wednesdays and Saturdays from four in the afternoon. Members pay nothing.</p>
<p>Whoever leaves last closes the damper and hangs the key back in the boathouse.</p></article></body></html>`,
};

/** A line of `questions.jsonl`. */
export interface HandbookQuestion {
  readonly id: string;
  readonly q: string;
  readonly kind?: string;
  readonly answerable: boolean;
  readonly gold?: readonly { readonly file: string; readonly text: string }[];
  readonly after?: string | null;
  readonly half?: number | null;
}

/** Four answerable questions, one of them a follow-up, and one unanswerable question. */
export const HANDBOOK_QUESTIONS: readonly HandbookQuestion[] = [
  {
    id: 'h1',
    q: 'What does a night cost for a boat of 12 metres?',
    kind: 'table',
    answerable: true,
    gold: [{ file: 'berths.md', text: 'up to 12 metres: 190 kronor' }],
    after: null,
  },
  {
    id: 'h2',
    q: 'On which days is the sauna heated?',
    kind: 'prose',
    answerable: true,
    gold: [
      { file: 'berths.md', text: 'from May to September' },
      { file: 'sauna.html', text: 'on Wednesdays, and Saturdays' },
    ],
  },
  {
    id: 'h3',
    q: 'and where does its key go?',
    kind: 'prose',
    answerable: true,
    gold: [{ file: 'sauna.html', text: 'hangs the key back in the boathouse' }],
    after: 'h2',
  },
  {
    id: 'h4',
    q: 'Which extinguisher must a boat carry?',
    kind: 'prose',
    answerable: true,
    gold: [{ file: 'rules/fire.txt', text: 'powder extinguisher of two kilograms' }],
  },
  { id: 'h5', q: 'Who painted the ceiling of the opera in Paris?', kind: 'person', answerable: false },
];

/** Writes the set as a documents folder, and returns the folder. */
export function writeHandbook(
  folder: string,
  questions: readonly HandbookQuestion[] = HANDBOOK_QUESTIONS,
  articles: Readonly<Record<string, string>> = HANDBOOK_ARTICLES,
): string {
  for (const [file, content] of Object.entries(articles)) {
    const path = join(folder, 'seeds', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  writeFileSync(join(folder, 'questions.jsonl'), questions.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return folder;
}
