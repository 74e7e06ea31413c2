/** Runs the contract of the passage store for the real library and for the in-memory one that answering tests use. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe } from 'vitest';
import { type Hnswlib, loadHnswlib } from '../../src/library/hnsw-index.js';
import { Library } from '../../src/library/library.js';
import { LibraryWriter } from '../../src/library/library-writer.js';
import { ArticleTables, type EmbeddedArticle } from '../../src/library/stored-articles.js';
import { sha256Hex } from '../../src/storage/sha256.js';
import { runAtOnce } from '../../src/time-slices.js';
import { DIMENSIONS, type SmallLibrary, smallLibrary } from '../answering/small-library.js';
import { FAKE_MANIFEST, FAKE_MODEL } from './fake-embedder.js';
import { CONTRACT_ARTICLES, describePassageStore, type StoreUnderTest } from './passage-store-contract.js';
import { createFolder } from './temporary-folder.js';

const hnswlib = await loadHnswlib();
const ARTICLE_IDS = CONTRACT_ARTICLES.map((_, index) => `a${index}`);

const cleanUps: (() => void)[] = [];
afterAll(() => {
  for (const cleanUp of cleanUps.toReversed()) cleanUp();
});

describe.skipIf(hnswlib === null)('with hnswlib', () => {
  describePassageStore('the SQLite library', () => openLibrary(hnswlib));
});

describe('without hnswlib', () => {
  describePassageStore('the SQLite library', () => openLibrary(null));
});

describePassageStore('the small in-memory library', () => Promise.resolve(openSmallLibrary()), {
  searchVectors: 'it searches by terms only, so that ranks can be worked out by hand',
  'best passages of a long article': 'it takes the first ones',
  nearestWord: 'it does not correct spelling; tests of spelling bring their own',
  'changes from outside': 'nothing else can change it',
});

function openSmallLibrary(): StoreUnderTest {
  const { store, encoder } = smallLibrary(CONTRACT_ARTICLES);
  return { store, articleIds: ARTICLE_IDS, encode: (question) => encoder.embedQuestion(question), removeArticle: null };
}

/**
 * Stores the contents of the small library in a real one. The writer stays open, so that it can change the library
 * behind the reader's back.
 */
async function openLibrary(binding: Hnswlib | null): Promise<StoreUnderTest> {
  const small = smallLibrary(CONTRACT_ARTICLES);
  const folder = createFolder();
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const index = join(folder, 'index');
  const writer = LibraryWriter.open(index, { rebuild: false, now: new Date() });
  cleanUps.push(() => writer.close());
  writer.begin({ ...FAKE_MANIFEST, dimensions: DIMENSIONS, centre: new Float32Array(DIMENSIONS) });
  for (const id of ARTICLE_IDS) await writer.putArticle(embeddedArticle(id, small));
  await writer.saveSnapshot(DIMENSIONS);
  const store = await Library.open({ folder: index, model: FAKE_MODEL, loadHnswlib: () => Promise.resolve(binding) });
  cleanUps.push(() => store.close());
  return {
    store,
    articleIds: ARTICLE_IDS,
    encode: (question) => small.encoder.embedQuestion(question),
    removeArticle(id) {
      const database = new Database(join(index, 'library.sqlite'));
      database.transaction(() => runAtOnce(new ArticleTables(database).delete(id)))();
      database.close();
    },
  };
}

function embeddedArticle(id: string, { store }: SmallLibrary): EmbeddedArticle {
  const articleKey = store.articleKey(id) ?? -1;
  const { reference, text } = store.article(articleKey);
  const passages = store.candidates(store.passagesOfArticle(articleKey, '', 100));
  return {
    article: {
      ...reference,
      text,
      sha256: sha256Hex(text),
      language: null,
      marks: [],
      omitted: [],
      blocks: passages.map(({ start, end }) => ({ start, end, kind: 'paragraph' })),
    },
    fingerprint: 'any',
    passages: passages.map((passage, ordinal) => ({ ...passage, articleId: id, ordinal, context: [] })),
    titleCodes: passages[0]?.titleCodes ?? new Uint8Array(),
  };
}
