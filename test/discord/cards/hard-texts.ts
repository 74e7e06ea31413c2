// Articles, answers and libraries that may hold anything, and what is promised of every card that shows them.
import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Answer } from '../../../src/answering/answer.js';
import type { AnswerNote } from '../../../src/answering/answer-notes.js';
import type { Article, ArticleReference, Paragraph, ParagraphKind } from '../../../src/corpus/article.js';
import type { Citation } from '../../../src/corpus/citation.js';
import type { Passage } from '../../../src/corpus/passage.js';
import { bodyOf, type Card } from '../../../src/discord/cards/card.js';
import type { ServedEngine } from '../../../src/discord/context/bot-context.js';
import type { Location } from '../../../src/discord/context/location.js';
import { LANGUAGES, type Texts, textsFor } from '../../../src/discord/locales/texts.js';
import type { Span } from '../../../src/text/span.js';
import { readSource, type ShownSource } from '../bot/shown-answer.js';
import { asShown } from '../bot/shown-text.js';
import type { MessageContext } from '../fake/checks/message-rules.js';
import { problemsOfRequest } from '../fake/checks/request-checks.js';

// Separated by ¦, which is in none of them.
const FRAGMENTS =
  '@everyone¦@here¦<@1234567890123456>¦<@&123>¦<#123>¦<:a:1>¦</ask:1>¦<t:1:R>¦<id:customize>¦**¦__¦***¦~~¦`¦```¦```js\n¦|¦||¦\\¦# ¦## ¦-# ¦- ¦* ¦+ ¦1. ¦12.¦> ¦>>> ¦[a](https://evil.example)¦](<¦)>¦<https://x.example>¦https://y.example/z¦discord.gg/x¦https://discord.gg/x¦:smile:¦\n¦\n\n¦\r¦\t¦\u200b¦\u202e¦\u2066¦\u00ad¦\ufeff¦\u0000¦\u001b[31m¦👩‍👩‍👧‍👦¦🇩🇪¦e\u0301¦z\u0351\u0363\u0308\u0351\u0363\u0308¦Ω¦漢字¦שלום¦مرحبا¦\ud83d¦\ude00¦"¦word¦Reykjavik'.split(
    '¦',
  );

/** Without a space anywhere, or with nothing but marks: what a text is cut in when it is cut. */
const ENDLESS = 'x¦漢¦א¦"¦\\¦*¦||¦`¦\u0301¦\u202e¦\u200b¦😀¦👩‍👩‍👧‍👦¦\ud83d¦@everyone¦> ¦- \n¦1. ¦a '
  .split('¦')
  .map((unit) => `a${unit.repeat(Math.ceil(100_000 / unit.length))}z`);

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...FRAGMENTS) },
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{1,12} $/) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 10 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }) },
);

/** Anything, with the line ends of articles. */
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

/** A text with something to see in it. */
export const quoteText = anyText.filter((text) => asShown(text).trim() !== '').map((text) => text.trim());

/** What a title, a publisher or a question may be. */
export const line = fc
  .oneof(
    { weight: 12, arbitrary: fc.array(piece, { minLength: 1, maxLength: 200 }).map((pieces) => pieces.join('')) },
    { weight: 1, arbitrary: fc.constantFrom(...ENDLESS) },
  )
  .map((text) => text.replace(/\s+/g, ' ').trim());

/** What can be asked: it has a word in it. */
export const asked = line.filter((text) => /[\p{L}\p{N}]/u.test(text));

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

export const article: fc.Arbitrary<ArticleReference> = fc.record({
  id: fc.constant('abcdefghij'),
  title: fc.option(line),
  url: fc.option(address),
  publisher: fc.option(line),
  published: fc.constantFrom(null, '2021-05-19'),
  file: line.map((text) => `seeds/${text}.md`),
  collection: fc.option(line),
});

/** Spans of whole words of a text, as the matched words are. */
function matchesIn(text: string, chosen: readonly boolean[]): Span[] {
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
    matches: matchesIn(quote, chosen),
  }));

const outcome = fc.constantFrom('answered' as const, 'closest' as const, 'not-found' as const);
const figure = fc.stringMatching(/^\d{1,9}(,\d{1,9})?$/);

/** At most one of each kind. Some repeat words of the question, which may be anything. */
const notes: fc.Arbitrary<AnswerNote[]> = fc
  .tuple(
    fc.option(fc.record({ kind: fc.constant('spelling' as const), typed: line, read: line })),
    fc.option(fc.record({ kind: fc.constant('follow-up' as const), earlier: line })),
    fc.option(
      fc.record({
        kind: fc.constant('parts' as const),
        parts: fc.array(fc.record({ question: line, outcome }), { minLength: 2, maxLength: 3 }),
      }),
    ),
    fc.constantFrom<AnswerNote | null>(
      null,
      { kind: 'language', asked: 'de', written: 'en' },
      { kind: 'script', asked: 'Cyrillic', written: 'Latin' },
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

export const answer: fc.Arbitrary<Answer> = fc.record({
  question: line,
  searched: line,
  outcome,
  confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  notes,
  citations: fc.array(citation, { minLength: 0, maxLength: 3 }),
  ranking: fc.array(
    fc.record({ passageId, articleId: fc.constant('abcdefghij'), text: quoteText, score: fc.constant(1) }),
    { maxLength: 8 },
  ),
  trace: fc.constant({ candidates: 0, passages: [], decision: null }),
  tookMs: fc.constant(1),
});

export const texts: fc.Arbitrary<Texts> = fc.constantFrom(...LANGUAGES).map(textsFor);

/** An article with its passages, as the library has it. */
export interface KeptArticle {
  readonly article: Article;
  readonly passages: readonly Passage[];
}

/** An article as it is written. */
export interface WrittenArticle extends ArticleReference {
  readonly paragraphs: readonly (readonly [text: string, kind: ParagraphKind])[];
}

const written: fc.Arbitrary<WrittenArticle> = fc
  .tuple(
    article,
    fc.array(fc.tuple(quoteText, fc.constantFrom<ParagraphKind>('body', 'body', 'heading')), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([reference, [first, ...paragraphs]]) => ({
    ...reference,
    paragraphs: [[first?.[0] ?? '', 'body'], ...paragraphs],
  }));

export const library: fc.Arbitrary<KeptArticle[]> = fc.array(written, { minLength: 1, maxLength: 4 }).map(articlesOf);

/** Articles with ids of their own; each paragraph of the body is a passage. */
export function articlesOf(all: readonly WrittenArticle[]): KeptArticle[] {
  return all.map(({ paragraphs: given, ...reference }, index) => {
    const id = idOf(index);
    const paragraphs: Paragraph[] = [];
    let end = -2;
    for (const [text, kind] of given) {
      const start = end + 2;
      end = start + text.length;
      paragraphs.push({ start, end, kind });
    }
    const text = given.map(([own]) => own).join('\n\n');
    const passages = paragraphs
      .filter(({ kind }) => kind === 'body')
      .map(({ start, end: until }, ordinal) => ({
        id: idOf(1_000 + index * 10 + ordinal),
        articleId: id,
        ordinal,
        start,
        end: until,
        sentences: [],
      }));
    return { article: { ...reference, id, text, sha256: '', language: null, paragraphs }, passages };
  });
}

function idOf(number: number): string {
  return String(number)
    .padStart(10, '0')
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
}

/** A library that finds all it has for every question. */
export function served(articles: readonly KeptArticle[]): { readonly engine: () => ServedEngine } {
  const passages = articles.flatMap(({ article: one, passages: own }) =>
    own.map((passage) => ({ article: one, passage })),
  );
  const nothing = (): never => {
    throw new Error('This is not asked of it');
  };
  const answering: ServedEngine = {
    ask: (question) =>
      Promise.resolve({
        ...answerOf([]),
        question,
        ranking: passages.map(({ article: { text, id }, passage }) => ({
          passageId: passage.id,
          articleId: id,
          text: text.slice(passage.start, passage.end),
          score: 1,
        })),
      }),
    findSources: nothing,
    embed: nothing,
    library: {
      articleCount: articles.length,
      passageCount: passages.length,
      isReplaced: false,
      modelId: 'none',
      changedAt: new Date(0),
      articles: () => articles.map(({ article: one, passages: own }) => ({ ...one, passages: own.length })),
      eachArticle: nothing,
      collections: () => [],
      articleById: (id) => articles.find(({ article: one }) => one.id === id)?.article ?? null,
      passageById: (id) => passages.find(({ passage }) => passage.id === id) ?? null,
      passagesOf: (id) => [...(articles.find(({ article: one }) => one.id === id)?.passages ?? [])],
      passageOpenings: nothing,
      refresh: () => false,
    },
    close: () => Promise.resolve(),
  };
  return { engine: () => answering };
}

/** Where nothing was set. */
export const ANYWHERE: Location = {
  channelId: null,
  serverId: null,
  settings: {
    answers: true,
    collections: null,
    askChannel: false,
    forumPosts: false,
    replyPlace: 'here',
    inlineCiting: false,
    language: null,
    keptDays: 0,
  },
};

export function answerOf(citations: readonly Citation[]): Answer {
  return {
    question: 'q',
    searched: 'q',
    outcome: 'answered',
    confidence: 0.9,
    notes: [],
    citations,
    ranking: [],
    trace: { candidates: 1, passages: [], decision: null },
    tookMs: 1,
  };
}

export function citationOf(quote: string, reference: Partial<ArticleReference> = {}): Citation {
  const nothing = { title: null, url: null, publisher: null, published: null, collection: null };
  return {
    passageId: 'abcdefghij',
    article: { id: 'abcdefghij', file: 'file.md', ...nothing, ...reference },
    question: null,
    quote,
    start: 0,
    end: quote.length,
    passage: quote,
    passageStart: 0,
    matches: [],
  };
}

const NEW: MessageContext = { isEdit: false };
const MAX_PLAIN = 2_000;

/** Discord's limits and our own promises, for the card and for the plain text that is sent where Discord does not take it. */
export function expectAccepted(card: Card): void {
  const body = bodyOf(card);
  expect(problemsOfRequest('message create', body, NEW)).toEqual([]);
  expect(isWellFormed(JSON.stringify(body.components))).toBe(true);
  expect(JSON.stringify(body.components)).not.toMatch(/\\ud[89a-f]/);
  const plain = bodyOf({ ...card, components: [] });
  expect(plain.content?.length).toBeLessThanOrEqual(MAX_PLAIN);
  expect(problemsOfRequest('message create', plain, NEW)).toEqual([]);
}

/** Sources that lead where they say, if anywhere. */
export function expectGoodLink({ url }: Pick<ShownSource, 'url'>): void {
  if (url === null) return;
  expect(url.length).toBeLessThanOrEqual(512);
  expect(['http:', 'https:']).toContain(new URL(url).protocol);
  // Nothing that would end the link, or format what stands around it.
  expect(url).toMatch(/^[!-~]+$/);
  expect(url.replace(':~:text=', '')).not.toMatch(/[()<>*~`|\\]/);
}

/** A passage that is shown whole, or by its beginning with the sign that something is left out, with a link to it. */
export function expectPassage(markdown: string, whole: string): void {
  const source = readSource(markdown);
  expectGoodLink(source);
  expectBeginning(source.quote, whole);
}

/** A quote is the text, or its beginning with the sign that something is left out. */
export function expectBeginning(quote: ShownSource['quote'], whole: string): void {
  const shown = asShown(wellFormed(whole));
  expect(quote).not.toBeNull();
  const { text, isCut } = quote ?? { text: '', isCut: false };
  if (isCut && !shown.endsWith(' …')) {
    expect(text).not.toBe('');
    expect(shown.startsWith(text)).toBe(true);
  } else expect(text + (isCut ? ' …' : '')).toBe(shown);
}

/** All texts of a card. */
export function componentsOf(card: Card): { readonly components: APIMessageTopLevelComponent[] } {
  return { components: [...card.components] };
}

export function wellFormed(text: string): string {
  return (text as string & { toWellFormed(): string }).toWellFormed();
}

export function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
