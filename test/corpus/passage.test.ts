import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildPassages, PASSAGE_LIMITS } from '../../src/corpus/passage.js';
import { sentencesOf } from '../../src/corpus/sentence.js';
import { countWords } from '../../src/text/words.js';
import {
  articleOf,
  articles,
  body,
  longParagraphs,
  passagesOf,
  sentenceOf,
  sha256,
  textOf,
  type WrittenParagraph,
} from './generated-articles.js';

const heading = (text: string): WrittenParagraph => ({ kind: 'heading', text });
const boilerplate = (text: string): WrittenParagraph => ({ kind: 'boilerplate', text });

const textsOf = (written: readonly WrittenParagraph[]): string[] => {
  const article = articleOf(written);
  return passagesOf(article).map((passage) => textOf(article, passage));
};

describe('in any article', () => {
  test('passages and their sentences are in order, without overlap and without surrounding whitespace', () => {
    fc.assert(
      fc.property(articles, (article) => {
        let end = 0;
        passagesOf(article).forEach((passage, index) => {
          expect(passage.ordinal).toBe(index);
          expect(passage.articleId).toBe(article.id);
          expect(passage.start).toBeGreaterThanOrEqual(end);
          expect(passage.start).toBe(passage.sentences[0]?.start);
          expect(passage.end).toBe(passage.sentences.at(-1)?.end);
          let sentenceEnd = passage.start;
          for (const sentence of passage.sentences) {
            const text = article.text.slice(sentence.start, sentence.end);
            expect(text).not.toBe('');
            expect(text).toBe(text.trim());
            expect(article.text.slice(sentenceEnd, sentence.start).trim()).toBe('');
            expect(sentence.start).toBeGreaterThanOrEqual(sentenceEnd);
            sentenceEnd = sentence.end;
          }
          end = passage.end;
        });
      }),
      { numRuns: 150 },
    );
  });

  test('there is only whitespace, titles and boilerplate between passages: no heading or body is lost', () => {
    fc.assert(
      fc.property(articles, (article) => {
        const passages = passagesOf(article);
        const isInPassage = (offset: number): boolean =>
          passages.some(({ start, end }) => start <= offset && offset < end);
        for (const { kind, start, end } of article.blocks) {
          const isSearched = kind === 'paragraph' || kind === 'heading';
          for (let offset = start; offset < end; offset += 1) {
            if (/\s/.test(article.text.charAt(offset))) continue;
            expect(isInPassage(offset), `${kind} at ${offset}`).toBe(isSearched);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('a sentence belongs to one paragraph, and is a heading if the paragraph is one', () => {
    fc.assert(
      fc.property(articles, (article) => {
        for (const { start, end, isLabel } of passagesOf(article).flatMap(({ sentences }) => sentences)) {
          const paragraph = article.blocks.find((one) => one.start <= start && end <= one.end);
          expect(paragraph?.kind).toBe(isLabel ? 'heading' : 'paragraph');
        }
      }),
      { numRuns: 100 },
    );
  });

  test('a passage over the token limit is a single sentence with the headings above it', () => {
    const limits = { ...PASSAGE_LIMITS, maxTokens: 20 };
    fc.assert(
      fc.property(articles, (article) => {
        for (const { sentences } of passagesOf(article, limits)) {
          const tokens = sentences.reduce((sum, sentence) => sum + sentence.tokens, 0);
          if (tokens > limits.maxTokens) {
            const quotable = sentences.filter((sentence) => !sentence.isLabel);
            expect(quotable.length).toBeLessThanOrEqual(1);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('building again gives the same passages, and ids are unique within an article', () => {
    fc.assert(
      fc.property(articles, (article) => {
        const passages = passagesOf(article);
        expect(passagesOf(article)).toEqual(passages);
        expect(new Set(passages.map(({ id }) => id)).size).toBe(passages.length);
        for (const { id } of passages) expect(id).toMatch(/^[a-z2-7]{10}$/);
      }),
      { numRuns: 100 },
    );
  });
});

describe('ids', () => {
  test('inserting a paragraph does not change the ids of the others', () => {
    fc.assert(
      fc.property(longParagraphs, fc.nat(), (texts, seed) => {
        const before = passagesOf(articleOf(texts.map(body)));
        const index = seed % (texts.length + 1);
        const after = passagesOf(articleOf(texts.toSpliced(index, 0, sentenceOf(80, -1)).map(body)));
        expect(after.map(({ id }) => id).toSpliced(index, 1)).toEqual(before.map(({ id }) => id));
      }),
    );
  });

  test('editing or removing a paragraph does not change the ids of the others', () => {
    fc.assert(
      fc.property(longParagraphs, fc.nat(), (texts, seed) => {
        const index = seed % texts.length;
        const ids = passagesOf(articleOf(texts.map(body))).map(({ id }) => id);
        const edited = passagesOf(articleOf(texts.with(index, `${texts[index]} More.`).map(body))).map(({ id }) => id);
        expect(edited.toSpliced(index, 1)).toEqual(ids.toSpliced(index, 1));
        expect(edited[index]).not.toBe(ids[index]);
        const removed = passagesOf(articleOf(texts.toSpliced(index, 1).map(body))).map(({ id }) => id);
        expect(removed).toEqual(ids.toSpliced(index, 1));
      }),
    );
  });

  test('the same text twice in an article has two ids, and the first one is the same as alone', () => {
    const text = sentenceOf(80);
    const [alone] = passagesOf(articleOf([body(text)]));
    const twice = passagesOf(articleOf([body(text), body(sentenceOf(80, 1)), body(text)]));
    expect(twice).toHaveLength(3);
    expect(twice[0]?.id).toBe(alone?.id);
    expect(twice[2]?.id).not.toBe(alone?.id);
  });

  test('the same text in two articles has two ids', () => {
    const article = articleOf([body(sentenceOf(40))]);
    const [here] = passagesOf(article);
    const [there] = passagesOf({ ...article, id: 'aaaaaaaaaa' });
    expect(here?.id).not.toBe(there?.id);
  });
});

describe('a long paragraph', () => {
  const sentences = Array.from({ length: 10 }, (_, index) => sentenceOf(60, index));
  const paragraph = sentences.join(' ');

  test('of more than 250 tokens is split between sentences, with as many per passage as fit', () => {
    expect(textsOf([body(paragraph)])).toEqual([
      sentences.slice(0, 4).join(' '),
      sentences.slice(4, 8).join(' '),
      sentences.slice(8).join(' '),
    ]);
  });

  test('of exactly 250 tokens stays whole', () => {
    const whole = Array.from({ length: 5 }, (_, index) => sentenceOf(50, index)).join(' ');
    expect(textsOf([body(whole)])).toEqual([whole]);
    const longer = `${whole} So.`;
    expect(textsOf([body(longer)])).toEqual([whole, 'So.']);
  });

  test('is split within a sentence only if that is longer than a passage may be', () => {
    const long = sentenceOf(400, 1);
    const pieces = textsOf([body(`${sentenceOf(30)} ${long} ${sentenceOf(30, 2)}`)]);
    expect(pieces.join(' ')).toBe(`${sentenceOf(30)} ${long} ${sentenceOf(30, 2)}`);
    for (const piece of pieces) expect(countWords(piece)).toBeLessThanOrEqual(250);
    const whole = sentenceOf(80, 1);
    expect(textsOf([body(`${sentenceOf(200)} ${whole}`)]).at(-1)).toMatch(new RegExp(`${whole}$`));
  });

  test('is not joined to short neighbours once it is split', () => {
    expect(textsOf([body('Before.'), body(paragraph), body('After.')])).toEqual([
      'Before.',
      sentences.slice(0, 4).join(' '),
      sentences.slice(4, 8).join(' '),
      sentences.slice(8).join(' '),
      'After.',
    ]);
  });

  test('keeps its heading with the first sentence, however long that is', () => {
    const [first = '', ...others] = textsOf([
      heading('What was said'),
      body(`${sentenceOf(400, 1)} ${sentenceOf(30, 2)}`),
    ]);
    expect(first).toMatch(/^What was said\n\nSentence 1 /);
    expect(`${first} ${others.join(' ')}`).toBe(`What was said\n\n${sentenceOf(400, 1)} ${sentenceOf(30, 2)}`);
  });
});

describe('short paragraphs', () => {
  test('join their neighbours up to 160 words', () => {
    const short = Array.from({ length: 17 }, (_, index) => sentenceOf(10, index));
    expect(textsOf(short.map(body))).toEqual([short.slice(0, 16).join('\n\n'), short.slice(16).join('\n\n')]);
    expect(countWords(short.slice(0, 16).join(' '))).toBe(160);
  });

  test('do not join to a passage of 161 words', () => {
    const two = `${sentenceOf(70, 1)} ${sentenceOf(70, 2)}`;
    expect(textsOf([body(sentenceOf(21)), body(two)])).toHaveLength(2);
    expect(textsOf([body(sentenceOf(20)), body(two)])).toHaveLength(1);
  });

  test('join a longer one on either side', () => {
    expect(textsOf([body(sentenceOf(24)), body(sentenceOf(60, 1)), body(sentenceOf(24, 2))])).toHaveLength(1);
  });

  test('of 80 words or more stand alone', () => {
    expect(textsOf([body(sentenceOf(80)), body(sentenceOf(80, 1))])).toHaveLength(2);
    expect(textsOf([body(sentenceOf(80)), body(sentenceOf(79, 1))])).toHaveLength(1);
  });

  test('do not join to a passage of more than 250 tokens', () => {
    const article = articleOf([body('Few words.'), body('Many tokens.')]);
    const tokens = (second: number): number =>
      buildPassages(article, sentencesOf(article), [200, second], sha256).length;
    expect(tokens(50)).toBe(1);
    expect(tokens(51)).toBe(2);
  });

  test('do not join across boilerplate or headings', () => {
    expect(textsOf([body('One.'), boilerplate('Listen Live'), body('Two.')])).toEqual(['One.', 'Two.']);
    expect(textsOf([body('One.'), heading('Next'), body('Two.')])).toEqual(['One.', 'Next\n\nTwo.']);
  });
});

describe('a heading', () => {
  test('belongs to the paragraph below it', () => {
    const [first, second] = [sentenceOf(40), sentenceOf(40, 1)];
    expect(textsOf([body(first), heading('What followed'), body(second)])).toEqual([
      first,
      `What followed\n\n${second}`,
    ]);
  });

  test('belongs to the same paragraph as the headings above it', () => {
    const text = sentenceOf(40);
    expect(textsOf([heading('The year'), heading('The month'), body(text)])).toEqual([
      `The year\n\nThe month\n\n${text}`,
    ]);
  });

  test('with no paragraph below it is a passage of its own', () => {
    const text = sentenceOf(40);
    expect(textsOf([body(text), heading('The end')])).toEqual([text, 'The end']);
    expect(textsOf([heading('A caption'), boilerplate('Listen Live'), body(text)])).toEqual(['A caption', text]);
  });
});

test('an article without body paragraphs and headings has no passages', () => {
  expect(textsOf([])).toEqual([]);
  expect(textsOf([boilerplate('Listen Live'), { kind: 'title', text: 'Title' }])).toEqual([]);
});
