import { writeSeed, writeSeeds } from '../bot/seeds.js';

/** The passages of the article about the clock. They contain characters that Markdown would format. */
export const CLOCK = [
  'The clock of the town hall in Vik was bought from a *bankrupt* railway in 1911, together with forty benches, a ticket office and a signal bell that nobody has ever rung since.',
  'For two generations the Thorsson family wound it every Sunday after church. They were paid with a barrel of herring a year, and with the right to be late for everything in the town.',
  'The clock stopped for good in the winter of 1974, when the watchmaker Gudrun Hansdottir found a family of mice in the escapement and refused to evict them before the spring had come.',
  'A new movement arrived from Besançon in three crates (the fourth was lost at sea). It keeps time to a second a week, and it is wound by a motor which the school had built_from_scrap.',
  'Since then the old movement has stood in the library behind glass, next to the letters of the mice, as the children call the [gnawed] receipts that were found with the nest.',
];
/** A heading between the third passage and the fourth. */
export const CLOCK_HEADING = 'After the mice';
/** The third passage answers it. */
export const CLOCK_QUESTION = 'Why did the watchmaker Gudrun Hansdottir refuse to evict the mice from the clock?';

/** Writes the usual articles and the one about the clock. */
export function writeClockAndSeeds(folder: string): void {
  writeSeeds(folder);
  const [first, second, third, ...last] = CLOCK;
  const text = [first, second, third, `## ${CLOCK_HEADING}`, ...last].join('\n\n');
  writeSeed(folder, 'news/clock.md', `---\ntitle: The clock of Vik\n---\n\n${text.replaceAll(/[*_[\]]/g, '\\$&')}\n`);
}
