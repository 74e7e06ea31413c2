import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { CandidatePassage } from '../../src/answering/ports/passage-store.js';
import type { Library } from '../../src/library/library.js';
import { wordsOf } from '../../src/text/words.js';
import { codeBytes } from '../../src/vectors/sign-codes.js';
import { FAKE_DIMENSIONS, FakeEmbedder } from './fake-embedder.js';
import { indexFolder, openLibrary } from './fake-library.js';
import { contentsOf } from './library-contents.js';
import { writeArticle, writeMadeUpArticles } from './made-up-articles.js';
import { temporaryFolder } from './temporary-folder.js';

/** Each long enough to be a passage of its own. */
const FERRY =
  'The ferry to the northern island leaves every morning at half past seven from the old pier, and in summer there is a second one in the afternoon for visitors.';
const LIGHTHOUSE =
  'Nobody knows who built the lighthouse, although the museum keeps a drawing of it from 1743 that was found between the pages of a psalm book in the rectory.';
const COPPER =
  'Copper was mined in the hills behind the town until the price fell, and the shafts are now home to some four thousand bats, which are counted every winter.';
/** Said three times, a paragraph is long enough to be a passage of its own. */
const long = (text: string): string => `${text} ${text} ${text}`;

let seeds: string;
let index: string;

beforeEach(() => {
  const folder = temporaryFolder();
  seeds = join(folder, 'seeds');
  index = join(folder, 'index');
});

test('every passage has the codes of its article’s title, or none if there is no title', async () => {
  writeArticle(seeds, 'island.md', `---\ntitle: The northern island\n---\n\n${long(FERRY)}\n\n${long(LIGHTHOUSE)}\n`);
  writeArticle(seeds, 'hills.md', `${COPPER}\n`);
  const library = await update();
  const island = passagesAbout(library, 'ferry lighthouse');
  expect(island).toHaveLength(2);
  for (const { titleCodes } of island) expect(titleCodes).toEqual(codesOf(3));
  expect(passagesAbout(library, 'copper').map(({ titleCodes }) => titleCodes)).toEqual([new Uint8Array()]);
});

test('changing a title replaces its codes, and removing it removes them', async () => {
  const titleCodes = async (title: string): Promise<Uint8Array | undefined> => {
    writeArticle(seeds, 'island.md', `${title}${FERRY}\n`);
    return passagesAbout(await update(), 'ferry')[0]?.titleCodes;
  };
  expect(await titleCodes('---\ntitle: The island\n---\n\n')).toEqual(codesOf(2));
  expect(await titleCodes('---\ntitle: The island in the north\n---\n\n')).toEqual(codesOf(5));
  expect(await titleCodes('')).toEqual(new Uint8Array());
});

test('underscores in a title are read as spaces', async () => {
  writeArticle(seeds, 'island.md', `---\ntitle: The_northern_island\n---\n\n${FERRY}\n`);
  expect(passagesAbout(await update(), 'ferry')[0]?.titleCodes).toEqual(codesOf(3));
});

test('words in titles and bodies count once per article, and no longer once the article is removed', async () => {
  writeArticle(seeds, 'island.md', `---\ntitle: Harbours\n---\n\n${FERRY} ${FERRY}\n`);
  writeArticle(seeds, 'second.md', `${FERRY}\n`);
  await update();
  expect(frequencies()).toMatchObject({ ferry: 2, island: 2, harbours: 1 });
  expect(frequencies()).not.toHaveProperty('copper');

  writeArticle(seeds, 'second.md', `${COPPER}\n`);
  await update();
  expect(frequencies()).toMatchObject({ ferry: 1, copper: 1, the: 2 });

  rmSync(join(seeds, 'island.md'));
  await update();
  expect(frequencies()).not.toHaveProperty('ferry');
  expect(frequencies()).not.toHaveProperty('harbours');
  expect(Object.keys(frequencies()).toSorted()).toEqual([...new Set(wordsOf(COPPER))].toSorted());
});

test('after additions and removals, word frequencies are the same as in a fresh index', async () => {
  const files = writeMadeUpArticles(seeds, 12);
  await update();
  for (const file of files.slice(3, 9)) rmSync(join(seeds, file));
  await update();
  writeMadeUpArticles(seeds, 12, 2);
  await update();
  const fresh = join(temporaryFolder(), 'fresh');
  await indexFolder(seeds, fresh, new FakeEmbedder());
  expect(contentsOf(index)).toEqual(contentsOf(fresh));
});

test('nearestWord finds the nearest word in the articles, and a reader knows new words after it refreshes', async () => {
  writeArticle(seeds, 'island.md', `${FERRY}\n\n${LIGHTHOUSE}\n`);
  const library = await update();
  expect(library.nearestWord('lihgthouse')).toBe('lighthouse');
  expect(library.nearestWord('lighthouse')).toBeNull();
  expect(library.nearestWord('coppr')).toBeNull();
  expect(library.nearestWord('zeppelin')).toBeNull();

  writeArticle(seeds, 'hills.md', `${COPPER}\n`);
  await indexFolder(seeds, index, new FakeEmbedder());
  expect(library.refresh()).toBe(true);
  expect(library.nearestWord('coppr')).toBe('copper');

  rmSync(join(seeds, 'hills.md'));
  await indexFolder(seeds, index, new FakeEmbedder());
  library.refresh();
  expect(library.nearestWord('coppr')).toBeNull();
});

test('passageBefore stays within the article and is null for its first passage', async () => {
  writeArticle(seeds, 'hills.md', `${long(COPPER)}\n`);
  writeArticle(seeds, 'island.md', `${long(FERRY)}\n\n${long(LIGHTHOUSE)}\n\n${long(COPPER)}\n`);
  const library = await update();
  const { text = '' } = library.articleById(idOf(library, 'island.md')) ?? {};
  const [ferry, lighthouse, copper] = [FERRY, LIGHTHOUSE, COPPER].map(long).map((paragraph) => {
    const articleKey = library.articleKey(idOf(library, 'island.md'));
    return passagesAbout(library, paragraph).find(
      (passage) => passage.articleKey === articleKey && text.slice(passage.start, passage.end) === paragraph,
    );
  });
  expect(library.passageBefore(ferry?.key ?? 0)).toBeNull();
  expect(library.passageBefore(lighthouse?.key ?? 0)).toEqual({ end: ferry?.end, sentences: ferry?.sentences });
  expect(library.passageBefore(copper?.key ?? 0)).toEqual({ end: lighthouse?.end, sentences: lighthouse?.sentences });
  const [hills] = passagesAbout(library, COPPER).filter(({ key }) => key !== copper?.key);
  expect(library.passageBefore(hills?.key ?? 0)).toBeNull();
  expect(library.passageBefore(1_000_000)).toBeNull();
});

test('articleKey finds an article by its id, and nothing by any other id', async () => {
  writeArticle(seeds, 'island.md', `${FERRY}\n`);
  writeArticle(seeds, 'hills.md', `${long(COPPER)}\n`);
  const library = await update();
  for (const { id } of library.articles()) expect(library.article(library.articleKey(id) ?? 0).reference.id).toBe(id);
  expect(library.articleKey('aaaaaaaaaa')).toBeNull();
  expect(library.articleKey('')).toBeNull();
});

async function update(): Promise<Library> {
  await indexFolder(seeds, index, new FakeEmbedder());
  const library = await openLibrary(index);
  onTestFinished(() => library.close());
  return library;
}

function passagesAbout(library: Library, words: string): CandidatePassage[] {
  return library
    .candidates(library.searchTerms(words, 10, null).map(({ key }) => key))
    .toSorted((a, b) => a.key - b.key);
}

function idOf(library: Library, file: string): string {
  return library.articles().find((article) => article.file === file)?.id ?? '';
}

/** The codes that the fake embedder makes for a text with this many words. */
function codesOf(words: number): Uint8Array {
  return new Uint8Array(words * codeBytes(FAKE_DIMENSIONS)).fill(words);
}

function frequencies(): Record<string, number> {
  const rows = contentsOf(index).wordFrequencies as { word: string; articles: number }[];
  return Object.fromEntries(rows.map(({ word, articles }) => [word, articles]));
}
