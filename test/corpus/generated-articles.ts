import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { Article } from '../../src/corpus/article.js';
import type { Block, BlockKind } from '../../src/corpus/block.js';
import { articleId, type Digest } from '../../src/corpus/identifier.js';
import { buildPassages, type Passage, type PassageLimits } from '../../src/corpus/passage.js';
import { sentencesOf } from '../../src/corpus/sentence.js';

/** The digest that ids are made from. */
export const sha256: Digest = (text) => createHash('sha256').update(text, 'utf8').digest();

/** A paragraph that is not yet part of a text. */
export interface WrittenParagraph {
  readonly kind: BlockKind;
  readonly text: string;
}

/** Builds an article from paragraphs. The gap before each is a blank line unless another one is given. */
export function articleOf(written: readonly WrittenParagraph[], gaps: readonly string[] = []): Article {
  let text = '';
  const blocks: Block[] = [];
  written.forEach((paragraph, index) => {
    text += gaps[index] ?? (index === 0 ? '' : '\n\n');
    blocks.push({ kind: paragraph.kind, start: text.length, end: text.length + paragraph.text.length });
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
    blocks,
    marks: [],
    omitted: [],
  };
}

/** A body paragraph. */
export function body(text: string): WrittenParagraph {
  return { kind: 'paragraph', text };
}

/** A sentence with this many words, each of them a token. Every number gives a different sentence. */
export function sentenceOf(words: number, number = 0): string {
  return `${['Sentence', String(number), ...Array.from({ length: words }, (_, index) => `word${index}`)].slice(0, words).join(' ')}.`;
}

/** The passages of an article, counting every word between whitespace as a token. */
export function passagesOf(article: Article, limits?: PassageLimits): Passage[] {
  const sentences = sentencesOf(article);
  const counts = sentences.map(({ start, end }) => article.text.slice(start, end).split(/\s+/).length);
  return buildPassages(article, sentences, counts, sha256, limits);
}

/** The text of a passage. */
export function textOf(article: Article, passage: Passage): string {
  return article.text.slice(passage.start, passage.end);
}

/** A few words and marks from many scripts: what matters is where text can break. */
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

const kind = fc.constantFrom<BlockKind>('paragraph', 'paragraph', 'paragraph', 'heading', 'title', 'boilerplate');

const gap = fc.constantFrom('\n\n', '\n', ' \n \n ', '\n\n\n\t', '\u2028', '\u00a0\n');

/** Up to twelve paragraphs of any kind. */
export const writtenParagraphs = fc.array(fc.record({ kind, text: paragraphText }), { maxLength: 12 });

/** Articles with every kind of paragraph, odd whitespace and many scripts. */
export const articles: fc.Arbitrary<Article> = fc
  .tuple(writtenParagraphs, fc.array(gap, { minLength: 13, maxLength: 13 }))
  .map(([written, gaps]) => articleOf(written, gaps));

/** Different paragraphs of 82 to 110 words, which never join a neighbour. */
export const longParagraphs = fc
  .uniqueArray(fc.tuple(fc.nat(10_000), fc.integer({ min: 82, max: 110 })), {
    selector: ([number]) => number,
    minLength: 1,
    maxLength: 8,
  })
  .map((sizes) => sizes.map(([number, words]) => sentenceOf(words, number)));
