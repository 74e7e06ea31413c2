import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomNumbers } from './random.js';

const WHO =
  'The council,The harbour master,A local baker,Her neighbour,The museum,An old sailor,The school,Our reporter';
const DID = 'repaired,painted,described,sold,measured,visited,forgot,borrowed,photographed,defended';
const WHAT =
  'the wooden bridge,a map of the coast,nine barrels of salt,the clock tower,a letter from 1897,the ferry,two bronze bells,the northern lighthouse,a recipe for rye bread,the tram depot';
const WHEN =
  'on a foggy morning,before the election,during the long strike,after the flood of that spring,in the last week of May,while the river was frozen,without telling anybody';
const WHY =
  'because the roof had begun to leak,although nobody had asked for it,so that the children could see it,since the price of copper had doubled,and the newspapers wrote about it for days';

/**
 * Writes small articles of three to five paragraphs (about five passages each) into a folder with three collections.
 * The same seed gives the same articles.
 *
 * @returns Their paths below the folder, sorted.
 */
export function writeMadeUpArticles(folder: string, count: number, seed = 1): string[] {
  const random = randomNumbers(seed);
  const pick = (list: string): string => {
    const all = list.split(',');
    return all[Math.floor(random() * all.length)] ?? '';
  };
  const sentence = (): string => `${pick(WHO)} ${pick(DID)} ${pick(WHAT)} ${pick(WHEN)}, ${pick(WHY)}.`;
  const paragraph = (): string => Array.from({ length: 2 + Math.floor(random() * 2) }, sentence).join(' ');
  const files: string[] = [];
  for (let number = 0; number < count; number++) {
    const file = `collection-${number % 3}/article-${String(number).padStart(3, '0')}.md`;
    const body = Array.from({ length: 3 + Math.floor(random() * 3) }, paragraph);
    body.splice(1, 0, `## Part two of number ${number}`);
    writeArticle(folder, file, `---\ntitle: Story number ${number}\n---\n\n${body.join('\n\n')}\n`);
    files.push(file);
  }
  return files.toSorted();
}

/** Writes an article to a path below a folder. */
export function writeArticle(folder: string, file: string, text: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
