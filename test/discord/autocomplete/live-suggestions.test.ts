import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListedArticle } from '../../../src/corpus/article.js';
import type { PassageOpening } from '../../../src/corpus/passage.js';
import { LiveSuggestions, type SuggestedLibrary } from '../../../src/discord/autocomplete/live-suggestions.js';

const NEVER = new AbortController().signal;

interface StoredArticle {
  readonly article: ListedArticle;
  readonly openings: readonly string[];
}

/** A library in memory. Each article that is put into it gets a new key, as in SQLite. */
class MemoryLibrary implements SuggestedLibrary {
  readonly #articles = new Map<number, StoredArticle>();
  #lastKey = 0;
  /** The files of the articles whose passages were read since this was last emptied. */
  readonly read: string[] = [];

  put(file: string, title: string, { collection = null, published = null, openings = [] }: Partial<Put> = {}): void {
    this.remove(file);
    this.#lastKey += 1;
    const article = { id: `id of ${file}`, title, url: null, publisher: null, published, file, collection };
    this.#articles.set(this.#lastKey, { article: { ...article, passages: openings.length }, openings });
  }

  remove(file: string): void {
    for (const [key, { article }] of this.#articles) if (article.file === file) this.#articles.delete(key);
  }

  changesSince(known: ReadonlySet<number>): { added: number[]; removed: number[] } {
    const added = [...this.#articles.keys()].filter((key) => !known.has(key));
    return { added, removed: [...known].filter((key) => !this.#articles.has(key)) };
  }

  articleByKey(key: number): ListedArticle | null {
    return this.#articles.get(key)?.article ?? null;
  }

  openingsOf(key: number): PassageOpening[] {
    const stored = this.#articles.get(key);
    if (stored === undefined) return [];
    const { id: articleId, title, file, collection } = stored.article;
    this.read.push(file);
    return stored.openings.map((opening, index) => {
      return { passageId: `${articleId}, passage ${index}`, articleId, title, file, collection, opening };
    });
  }
}

interface Put {
  readonly collection: string | null;
  readonly published: string | null;
  readonly openings: readonly string[];
}

describe('suggestions that follow a library', () => {
  test('read only what has changed', async () => {
    const library = new MemoryLibrary();
    for (let number = 0; number < 50; number++)
      library.put(`${number}.md`, `Bell ${number}`, { openings: ['It rang.'] });
    const live = new LiveSuggestions();
    await live.update(library, NEVER);
    expect(library.read).toHaveLength(50);
    library.read.length = 0;
    library.put('7.md', 'Gong 7', { openings: ['It hums.', 'Loudly.'] });
    library.remove('8.md');
    library.put('new.md', 'Gong of the town');
    await live.update(library, NEVER);
    expect(library.read).toEqual(['7.md', 'new.md']);
    expect(namesOf(live, 'gong')).toEqual(['Gong 7', 'Gong of the town', 'Gong 7 › It hums.', 'Gong 7 › Loudly.']);
    expect(namesOf(live, 'bell 7')).toEqual([]);
    expect(namesOf(live, 'bell 8')).toEqual([]);
    expect(namesOf(live, 'bell 9')).toEqual(['Bell 9', 'Bell 9 › It rang.']);
  });

  test('read another library from the beginning', async () => {
    const [first, second] = [new MemoryLibrary(), new MemoryLibrary()];
    first.put('a.md', 'Bells');
    second.put('a.md', 'Gongs');
    const live = new LiveSuggestions();
    await live.update(first, NEVER);
    await live.update(second, NEVER);
    expect(namesOf(live, '')).toEqual(['Gongs']);
  });

  test('stay as they were if the update is stopped or fails', async () => {
    const library = new MemoryLibrary();
    library.put('a.md', 'Bells');
    const live = new LiveSuggestions();
    await live.update(library, NEVER);
    library.put('b.md', 'Gongs');
    await expect(live.update(library, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    expect(namesOf(live, '')).toEqual(['Bells']);
    await live.update(library, NEVER);
    expect(namesOf(live, '')).toEqual(['Bells', 'Gongs']);
  });

  test('are those of the whole library after any changes', async () => {
    const word = fc.constantFrom('a', 'ab', 'b', 'bell');
    const text = fc.array(word, { maxLength: 3 }).map((words) => words.join(' '));
    const file = fc.constantFrom('1', '2', '3', '4', '5', '6');
    const put = fc.record({
      collection: fc.constantFrom(null, 'town', 'sea'),
      published: fc.constantFrom(null, '2020-01-01', '2021-01-01'),
      openings: fc.array(text, { maxLength: 3 }),
    });
    const change = fc.oneof(fc.record({ file }), fc.record({ file, title: text, put }));
    const changes = fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(changes, async (rounds) => {
        const library = new MemoryLibrary();
        const live = new LiveSuggestions();
        for (const round of rounds) {
          for (const one of round) {
            if ('title' in one) library.put(one.file, one.title, one.put);
            else library.remove(one.file);
          }
          await live.update(library, NEVER);
        }
        const anew = new LiveSuggestions();
        await anew.update(library, NEVER);
        for (const typed of ['', 'a', 'b', 'ab', 'bell a'])
          expect(live.current.suggest(typed)).toEqual(anew.current.suggest(typed));
      }),
      { numRuns: 300 },
    );
  });
});

function namesOf({ current }: LiveSuggestions, typed: string): string[] {
  return current.suggest(typed).map(({ name }) => name);
}
