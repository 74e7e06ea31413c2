import { describe, expect, test } from 'vitest';
import { locatePin, type PinnedLibrary } from '../../../src/answering/pins/locate-pin.js';
import type { Pin } from '../../../src/answering/pins/pin.js';
import { pinTo } from '../../../src/answering/pins/pin.js';
import type { Article } from '../../../src/corpus/article.js';
import type { Passage } from '../../../src/corpus/passage.js';

const QUAY = 'The quay is behind the church.';

/** A library of one article. Each of its passages is a paragraph. */
function libraryOf(...paragraphs: readonly string[]): PinnedLibrary {
  const text = paragraphs.join('\n\n');
  let start = 0;
  const passages = paragraphs.map((paragraph, ordinal): Passage => {
    const from = start;
    start += paragraph.length + 2;
    return {
      id: `passage${ordinal}`,
      articleId: 'harbour',
      ordinal,
      start: from,
      end: from + paragraph.length,
      sentences: [{ start: from, end: from + paragraph.length, tokens: 1, isLabel: false }],
      context: [],
    };
  });
  const article = { id: 'harbour', text, blocks: [], marks: [] } as unknown as Article;
  return { articleById: (id) => (id === 'harbour' ? article : null), passagesOf: () => passages };
}

const pinAt = (start: number): Pin => ({ question: 'Where?', articleId: 'harbour', text: QUAY, start });

function foundIn(library: PinnedLibrary, pin: Pin): object | null {
  const pinned = locatePin(pin, library);
  if (pinned === null) return null;
  const { start, end, passage, article } = pinned;
  return { start, text: article.text.slice(start, end), passage: passage.id };
}

describe('pinned words', () => {
  test('are found where they were', () => {
    expect(foundIn(libraryOf('Intro.', QUAY), pinAt(8))).toEqual({ start: 8, text: QUAY, passage: 'passage1' });
  });

  test('are followed when they move, forward or back', () => {
    expect(foundIn(libraryOf('A much longer intro.', QUAY), pinAt(8))).toEqual({
      start: 22,
      text: QUAY,
      passage: 'passage1',
    });
    expect(foundIn(libraryOf(QUAY, 'Outro.'), pinAt(8))).toEqual({ start: 0, text: QUAY, passage: 'passage0' });
  });

  test('are taken from the nearest place if they are there more than once', () => {
    const library = libraryOf(QUAY, 'Between.', QUAY, 'After.', QUAY);
    expect(foundIn(library, pinAt(0))).toMatchObject({ passage: 'passage0' });
    expect(foundIn(library, pinAt(45))).toMatchObject({ passage: 'passage2' });
    expect(foundIn(library, pinAt(9000))).toMatchObject({ passage: 'passage4' });
  });

  test('belong to the passage that has most of them', () => {
    expect(
      foundIn(libraryOf('Well: The quay', 'is behind', 'the church.'), {
        ...pinAt(0),
        text: 'quay\n\nis behind\n\nthe',
      }),
    ).toEqual({
      start: 10,
      text: 'quay\n\nis behind\n\nthe',
      passage: 'passage1',
    });
  });

  test('are gone with their article, when a word of them has changed, and when nothing finds them any more', () => {
    expect(foundIn(libraryOf(QUAY), { ...pinAt(0), articleId: 'other' })).toBeNull();
    expect(foundIn(libraryOf(QUAY.replace('behind', 'before')), pinAt(0))).toBeNull();
    expect(foundIn({ ...libraryOf(QUAY), passagesOf: () => [] }, pinAt(0))).toBeNull();
    expect(foundIn(libraryOf(QUAY), { ...pinAt(0), text: '' })).toBeNull();
  });
});

test('a passage is pinned without the labels it begins with', () => {
  const library = libraryOf(`Quays\n\n${QUAY}`);
  const [whole] = library.passagesOf('harbour');
  const article = library.articleById('harbour');
  if (whole === undefined || article === null) throw new Error('The article has a passage.');
  const sentences = [
    { start: 0, end: 5, tokens: 1, isLabel: true },
    { start: 7, end: 7 + QUAY.length, tokens: 6, isLabel: false },
  ];
  expect(pinTo('Where?', { article, passage: { ...whole, sentences } })).toEqual(pinAt(7));
  const labels = { ...whole, sentences: [{ start: 0, end: whole.end, tokens: 7, isLabel: true }] };
  expect(pinTo('Where?', { article, passage: labels })).toMatchObject({ start: 0, text: `Quays\n\n${QUAY}` });
});
