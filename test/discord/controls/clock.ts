import { writeSeed, writeSeeds } from '../bot/seeds.js';

/** The paragraphs of the article about the clock, each long enough to be a passage alone. They contain characters that Markdown would format. */
export const CLOCK = [
  'The clock of the town hall in Vik was bought from a *bankrupt* railway in 1911, together with forty benches, a ticket office and a signal bell that nobody has ever rung since. The railway had never reached the coast, because the money was gone when the rails ended at the foot of the second pass, and the clock had hung for years in a waiting room where nobody waited. The mayor paid for it with two horses and a boat, and he had the tower built around it, a little too narrow, so that the hands touch the wall at a quarter past three.',
  'For two generations the Thorsson family wound it every Sunday after church. They were paid with a barrel of herring a year, and with the right to be late for everything in the town. The grandfather climbed the ladder with a lantern in his teeth until he was eighty years old, and his daughter went up after him with a flask of coffee and a can of oil. In the book that they kept by the weights there are notes about the weather, the price of flour, the weddings of half the valley, and only now and then about the clock itself, which was often late as well.',
  'The clock stopped for good in the winter of 1974, when the watchmaker Gudrun Hansdottir found a family of mice in the escapement and refused to evict them before the spring had come. She hung a slate on the door of the tower with the words that time was not everything, and for four months the people of Vik went by the ferry, by the school bell and by their stomachs. When the snow had gone the mice left through the drain, but by then two of the wheels had rusted together, and no workshop on the whole coast would make new ones for such a small sum.',
  'A new movement arrived from Besançon in three crates (the fourth was lost at sea). It keeps time to a second a week, and it is wound by a motor which the school had built_from_scrap. The pupils had the parts of three washing machines, a sewing machine and a lift, and a teacher who had once repaired the radio of a whaling ship in a storm. On the first day it ran backwards, which the town took with good humour, and since the second day it has not stopped at all, except on the night of the great power cut when the whole valley was dark until the morning.',
  'Since then the old movement has stood in the library behind glass, next to the letters of the mice, as the children call the [gnawed] receipts that were found with the nest. Visitors may turn the big wheel by hand on the first Saturday of the month and hear how the hammer falls on a piece of felt. Next to it lies the book of the Thorssons, open at the day when the last of them wrote that he would rather sleep than climb, and under it a photograph of the tower from the year when it was built, without any hands on the dial and with two goats in front.',
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
