// Generators of answers and articles whose texts may contain anything: Markdown, mentions, invisible characters,
// half characters, words of 100,000 letters.
import fc from 'fast-check';
import type { Answer } from '../../../src/answering/answer.js';
import type { AnswerNote } from '../../../src/answering/answer-notes.js';
import type { ArticleReference } from '../../../src/corpus/article.js';
import type { BlockKind } from '../../../src/corpus/block.js';
import type { Citation } from '../../../src/corpus/citation.js';
import { LANGUAGES, type Texts, textsFor } from '../../../src/discord/locales/texts.js';
import type { Span } from '../../../src/text/span.js';
import { plainExcerpt } from '../../corpus/plain-excerpt.js';
import { asShown } from '../bot/shown-text.js';
import { articlesOf, type StoredArticle, type WrittenArticle } from './fixtures.js';

/** What Discord, a terminal or a layout might trip over. Separated by ¦, which none of them contains. */
const FRAGMENTS =
  '@everyone¦@here¦<@1234567890123456>¦<@&123>¦<#123>¦<:a:1>¦</ask:1>¦<t:1:R>¦<id:customize>¦**¦__¦***¦~~¦`¦```¦```js\n¦|¦||¦\\¦# ¦## ¦-# ¦- ¦* ¦+ ¦1. ¦12.¦> ¦>>> ¦[a](https://evil.example)¦](<¦)>¦<https://x.example>¦https://y.example/z¦discord.gg/x¦https://discord.gg/x¦:smile:¦\n¦\n\n¦\r¦\t¦\u200b¦\u202e¦\u2066¦\u00ad¦\ufeff¦\u0000¦\u001b[31m¦👩‍👩‍👧‍👦¦🇩🇪¦e\u0301¦z\u0351\u0363\u0308\u0351\u0363\u0308¦Ω¦漢字¦שלום¦مرحبا¦\ud83d¦\ude00¦"¦word¦Reykjavik'.split(
    '¦',
  );

/** Texts of 100,000 characters without a good place to cut them. */
const ENDLESS = 'x¦漢¦א¦"¦\\¦*¦||¦`¦\u0301¦\u202e¦\u200b¦😀¦👩‍👩‍👧‍👦¦\ud83d¦@everyone¦> ¦- \n¦1. ¦a '
  .split('¦')
  .map((unit) => `a${unit.repeat(Math.ceil(100_000 / unit.length))}z`);

/** A part of a text. */
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...FRAGMENTS) },
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{1,12} $/) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 10 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }) },
);

/** Any text with the line endings of an article. */
const anyText = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .array(piece, { minLength: 1, maxLength: 40 })
      .chain((pieces) =>
        fc.constantFrom(1, 1, 1, 3, 60).map((times) => pieces.join('').replaceAll('\r', '\n').repeat(times)),
      ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...ENDLESS) },
);

/** A text with at least one visible character. */
export const quoteText = anyText.filter((text) => asShown(text).trim() !== '').map((text) => text.trim());

/** A single line: a title, a publisher or a question. */
const line = fc
  .oneof(
    { weight: 12, arbitrary: fc.array(piece, { minLength: 1, maxLength: 200 }).map((pieces) => pieces.join('')) },
    { weight: 1, arbitrary: fc.constantFrom(...ENDLESS) },
  )
  .map((text) => text.replace(/\s+/g, ' ').trim());

/** A question that can be asked, because it contains a word. */
export const typedQuestion = line.filter((text) => /[\p{L}\p{N}]/u.test(text));

const address = fc.oneof(
  fc.webUrl({ validSchemes: ['http', 'https'], withFragments: true, withQueryParameters: true }),
  fc.constantFrom(
    'javascript:alert(1)',
    'discord://-/channels/1',
    'no address',
    `https://example.org/${'x'.repeat(2_000)}`,
    `https://example.org/${'漢'.repeat(150)}`,
    'https://example.org/a_(b)>*_~|`?q=<@1>#part',
    'https://user:secret@example.org/',
  ),
);

/** The facts about an article. */
export const article: fc.Arbitrary<ArticleReference> = fc.record({
  id: fc.constant('abcdefghij'),
  title: fc.option(line),
  url: fc.option(address),
  publisher: fc.option(line),
  published: fc.constantFrom(null, '2021-05-19'),
  file: line.map((text) => `seeds/${text}.md`),
  collection: fc.option(line),
});

/** The spans of some words of a text. */
function wordsIn(text: string, chosen: readonly boolean[]): Span[] {
  const words = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
  return words
    .filter((_, index) => chosen[index % Math.max(1, chosen.length)])
    .map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}

const passageId = fc.stringMatching(/^[a-z2-7]{10}$/);

const citation: fc.Arbitrary<Citation> = fc
  .tuple(passageId, article, quoteText, fc.array(fc.boolean(), { maxLength: 7 }), fc.option(line))
  .map(([id, reference, quote, chosen, question]) => ({
    passageId: id,
    article: reference,
    question,
    quote,
    start: 0,
    end: quote.length,
    passage: quote,
    passageStart: 0,
    highlights: wordsIn(quote, chosen),
    context: [],
    location: { anchor: null, page: null, time: null },
    excerpt: plainExcerpt(quote),
  }));

const outcome = fc.constantFrom('answered' as const, 'closest' as const, 'not-found' as const);
const confidence = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
const figure = fc.stringMatching(/^\d{1,9}(,\d{1,9})?$/);

/** Up to one note of each kind. Some repeat words of the question. */
const notes: fc.Arbitrary<AnswerNote[]> = fc
  .tuple(
    fc.option(fc.record({ kind: fc.constant('pinned' as const), question: line, passageId })),
    fc.option(fc.record({ kind: fc.constant('spelling' as const), typed: line, read: line })),
    fc.option(fc.record({ kind: fc.constant('follow-up' as const), earlier: line })),
    fc.option(
      fc.record({
        kind: fc.constant('parts' as const),
        parts: fc.array(fc.record({ question: line, outcome, confidence }), { minLength: 2, maxLength: 3 }),
        skipped: fc.nat(99),
      }),
    ),
    fc.constantFrom<AnswerNote | null>(
      null,
      { kind: 'language', asked: 'de', written: 'en' },
      { kind: 'script', asked: 'Cyrillic', written: 'Latin' },
      { kind: 'shortened' },
      { kind: 'uncalibrated' },
    ),
    fc.constantFrom<AnswerNote | null>(null, {
      kind: 'years-apart',
      published: ['2021-05-19', null, '2017-05-09'],
    }),
    fc.option(
      fc.record({
        kind: fc.constant('figures-differ' as const),
        figures: fc.array(
          fc.record({ citation: fc.integer({ min: 1, max: 3 }), figures: fc.array(figure, { maxLength: 6 }) }),
          { minLength: 2, maxLength: 3 },
        ),
      }),
    ),
  )
  .map((all) => all.filter((one) => one !== null));

/** An answer with up to three citations. */
export const answer: fc.Arbitrary<Answer> = fc.record({
  question: line,
  searched: line,
  topic: line,
  outcome: fc.oneof(outcome, fc.constant('partly' as const)),
  confidence,
  notes,
  citations: fc.array(citation, { minLength: 0, maxLength: 3 }),
  ranking: fc.array(
    fc.record({ passageId, articleId: fc.constant('abcdefghij'), text: quoteText, score: fc.constant(1) }),
    { maxLength: 8 },
  ),
  trace: fc.constant({ candidates: 0, passages: [], decision: null, questions: [] }),
  tookMs: fc.constant(1),
});

/** The texts of any language. */
export const texts: fc.Arbitrary<Texts> = fc.constantFrom(...LANGUAGES).map(textsFor);

const written: fc.Arbitrary<WrittenArticle> = fc
  .tuple(
    article,
    fc.array(fc.tuple(quoteText, fc.constantFrom<BlockKind>('paragraph', 'paragraph', 'heading')), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([reference, [first, ...paragraphs]]) => ({
    ...reference,
    paragraphs: [[first?.[0] ?? '', 'paragraph'], ...paragraphs],
  }));

/** A library with up to four articles. */
export const library: fc.Arbitrary<StoredArticle[]> = fc.array(written, { minLength: 1, maxLength: 4 }).map(articlesOf);
