import { writeFileSync } from 'node:fs';

/** A made-up event: a town opens something. */
interface Opening {
  readonly town: string;
  readonly thing: string;
  readonly month: string;
  readonly person: string;
  readonly sum: string;
}

const OPENINGS: readonly Opening[] = [
  ['Askvale', 'swimming pool', 'January', 'Ida Quist', 'nine thousand'],
  ['Brenmoor', 'bus station', 'February', 'Olaf Renner', 'forty thousand'],
  ['Corrick', 'night school', 'March', 'Petra Lund', 'twelve thousand'],
  ['Dunfell', 'cable railway', 'April', 'Hugo Marsh', 'ninety thousand'],
  ['Ebbing', 'grain market', 'May', 'Vera Stolz', 'thirty thousand'],
  ['Farrow', 'ice rink', 'June', 'Milan Oke', 'sixteen thousand'],
  ['Glenport', 'fishing pier', 'July', 'Rosa Tamm', 'seventy thousand'],
  ['Harle', 'music hall', 'August', 'Emil Varga', 'fifty thousand'],
  ['Inchley', 'fire station', 'September', 'Nora Blyth', 'eleven thousand'],
  ['Jorvik', 'tram depot', 'October', 'Levi Sand', 'eighty thousand'],
  ['Kestrel', 'bird reserve', 'November', 'Ada Wynn', 'six thousand'],
  ['Lowmere', 'canal lock', 'December', 'Otto Falk', 'sixty thousand'],
].map(([town = '', thing = '', month = '', person = '', sum = '']) => ({ town, thing, month, person, sum }));

/** News: the answers are in the first section, and the last one says what people asked. */
export const NEWS: Readonly<Record<string, string>> = Object.fromEntries(
  OPENINGS.map(({ town, thing, month, person, sum }, index) => [
    `news/${town.toLowerCase()}.md`,
    `---
published: 2024-${String(index + 1).padStart(2, '0')}-11
---

## What happens

The ${thing} in ${town} is finished. On the second Sunday of ${month} ${person} will cut the ribbon, after two years of building. The
bill came to ${sum} crowns, and half of it was paid from the lottery, a spokesman told reporters outside the town hall.

## Where it stands

The site lies behind the old brewery, where a row of poplars had to be felled last winter. Neighbours complained about dust and
noise, and work was stopped twice so that bats could leave the cellar of the house next door in peace.

## What people ask

For years people in ${town} had asked the council when the ${thing} would open, who would open it, and how much it would cost.
They wrote it on paper notes and hung them on the doors of the town hall, where the wind took them away again.
`,
  ]),
);

/** Manuals: each section answers one question, and no other section repeats it. */
export const MANUALS: Readonly<Record<string, string>> = Object.fromEntries(
  OPENINGS.map(({ town, thing, month, person, sum }) => [
    `manual/${town.toLowerCase()}.md`,
    `## Closing days

The ${thing} in ${town} is closed for repairs in ${month}. Keys are handed to the porter on the last evening, the water is turned
off, and a notice is put on the door so that nobody waits outside in the rain for nothing.

## Caretaker

The caretaker of the ${thing} in ${town} is ${person}. Lost things are kept in the office for a month, and after that they are
given to the charity shop across the road, which opens on Tuesdays and on Fridays.

## Deposit

The deposit for a party at the ${thing} in ${town} is ${sum} crowns. It is paid back within a week if nothing was broken, the
floor was swept, and the chairs were stacked against the wall as they were before.
`,
  ]),
);

interface Question {
  readonly id: string;
  readonly q: string;
  readonly gold: readonly (readonly [string, string])[];
}

/** Three questions about each of the news. */
export const NEWS_QUESTIONS: readonly Question[] = OPENINGS.flatMap(({ town, thing, month, person, sum }) => {
  const file = `news/${town.toLowerCase()}`;
  return [
    { id: `${town}-when`, q: `When will the ${thing} in ${town} open?`, gold: [[file, `Sunday of ${month}`]] },
    { id: `${town}-who`, q: `Who will open the ${thing} in ${town}?`, gold: [[file, `${person} will cut`]] },
    { id: `${town}-cost`, q: `How much did the ${thing} in ${town} cost?`, gold: [[file, `came to ${sum}`]] },
  ] as const;
});

/** Three questions about each of the manuals. */
export const MANUAL_QUESTIONS: readonly Question[] = OPENINGS.flatMap(({ town, thing, month, person, sum }) => {
  const file = `manual/${town.toLowerCase()}`;
  return [
    { id: `${town}-closed`, q: `When is the ${thing} in ${town} closed for repairs?`, gold: [[file, `in ${month}`]] },
    { id: `${town}-keeper`, q: `Who is the caretaker of the ${thing} in ${town}?`, gold: [[file, `is ${person}`]] },
    { id: `${town}-deposit`, q: `What is the deposit for a party at the ${thing} in ${town}?`, gold: [[file, sum]] },
  ] as const;
});

/** Writes questions as a file that `footnote eval` and `footnote learn` read. */
export function writeQuestions(file: string, questions: readonly object[]): string {
  writeFileSync(file, JSON.stringify({ questions }));
  return file;
}
