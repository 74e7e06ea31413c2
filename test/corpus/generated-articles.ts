import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { Article, Paragraph, ParagraphKind } from '../../src/corpus/article.js';
import { articleId, type Digest } from '../../src/corpus/identifier.js';
import { buildPassages, type Passage, type PassageLimits, sentencesOf } from '../../src/corpus/passage.js';

export const sha256: Digest = (text) => createHash('sha256').update(text, 'utf8').digest();

/** A paragraph before it has a place in a text. */
export interface WrittenParagraph {
  readonly kind: ParagraphKind;
  readonly text: string;
}

/** An article of these paragraphs. The gap before each is a blank line unless another is given. */
export function articleOf(written: readonly WrittenParagraph[], gaps: readonly string[] = []): Article {
  let text = '';
  const paragraphs: Paragraph[] = [];
  written.forEach((paragraph, index) => {
    text += gaps[index] ?? (index === 0 ? '' : '\n\n');
    paragraphs.push({ kind: paragraph.kind, start: text.length, end: text.length + paragraph.text.length });
    text += paragraph.text;
  });
  return {
    id: articleId('generated.txt', sha256),
    title: null,
    url: null,
    publisher: null,
    published: null,
    file: 'generated.txt',
    collection: null,
    text: text + (gaps[written.length] ?? ''),
    sha256: '',
    language: null,
    paragraphs,
  };
}

export function body(text: string): WrittenParagraph {
  return { kind: 'body', text };
}

/** A sentence of so many words, each a token, that no other number gives. */
export function sentenceOf(words: number, number = 0): string {
  return `${['Sentence', String(number), ...Array.from({ length: words }, (_, index) => `word${index}`)].slice(0, words).join(' ')}.`;
}

/** The passages of an article where every word between white space is one token. */
export function passagesOf(article: Article, limits?: PassageLimits): Passage[] {
  const sentences = sentencesOf(article);
  const counts = sentences.map(({ start, end }) => article.text.slice(start, end).split(/\s+/).length);
  return buildPassages(article, sentences, counts, sha256, limits);
}

export function textOf(article: Article, passage: Passage): string {
  return article.text.slice(passage.start, passage.end);
}

/** Writing of many kinds; what matters is where it breaks, so words are few and marks are many. */
const word = fc.constantFrom(
  'talks',
  'Reykjavik',
  'U.S.',
  'Mr.',
  'J.',
  'e.g.',
  'naïve',
  'e\u0301te\u0301',
  '😀',
  '👩‍👩‍👧',
  '🇮🇸',
  'שלום',
  '\u200fمرحبا\u200f',
  '北京会谈',
  'これは文です。次の文です。',
  'zero\u200bwidth',
  'a'.repeat(60),
  '3.5',
  '“quoted.”',
  '(so!)',
  '…',
  '—',
  '\ud83d',
);
const separator = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  '  ',
  '\n',
  '\t',
  '\u00a0',
  '\u3000',
  '',
  '. ',
  '? ',
  '! ',
  '.\n',
  '.” ',
);

const paragraphText = fc
  .array(fc.tuple(word, separator), { minLength: 1, maxLength: 60 })
  .map((pieces) => pieces.flat().join('').trim())
  .filter((text) => text !== '');

const kind = fc.constantFrom<ParagraphKind>('body', 'body', 'body', 'heading', 'title', 'boilerplate');

const gap = fc.constantFrom('\n\n', '\n', ' \n \n ', '\n\n\n\t', '\u2028', '\u00a0\n');

export const writtenParagraphs = fc.array(fc.record({ kind, text: paragraphText }), { maxLength: 12 });

/** Articles with every kind of paragraph, odd white space and writing of many scripts. */
export const articles: fc.Arbitrary<Article> = fc
  .tuple(writtenParagraphs, fc.array(gap, { minLength: 13, maxLength: 13 }))
  .map(([written, gaps]) => articleOf(written, gaps));

/** Body paragraphs that never join a neighbour: 30 to 60 words, each of its own. */
export const longParagraphs = fc
  .uniqueArray(fc.tuple(fc.nat(10_000), fc.integer({ min: 30, max: 60 })), {
    selector: ([number]) => number,
    minLength: 1,
    maxLength: 8,
  })
  .map((sizes) => sizes.map(([number, words]) => sentenceOf(words, number)));
