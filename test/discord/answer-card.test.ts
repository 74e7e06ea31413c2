import type { APIEmbed } from 'discord-api-types/v10';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../dist/answering/answer.js';
import type { AnswerNote } from '../../dist/answering/notes.js';
import type { ArticleReference, Span } from '../../dist/corpus/article.js';
import type { Citation } from '../../dist/corpus/citation.js';
import { answerCard, articleCard, type Card, listCard, passageCard, textCard } from '../../dist/discord/answer-card.js';
import { LookUp } from '../../dist/discord/look-up.js';
import { type MessageContext, problemsOfRequest } from './schema-checks.js';
import { asShown, readBlockQuote, readEscaped } from './shown-text.js';

// Separated by ¦, which is in none of them.
const FRAGMENTS =
  '@everyone¦@here¦<@1234567890123456>¦<@&123>¦<#123>¦<:a:1>¦</ask:1>¦<t:1:R>¦**¦__¦~~¦`¦```¦|¦||¦\\¦# ¦## ¦-# ¦- ¦* ¦1. ¦12.¦> ¦>>> ¦[a](https://evil.example)¦<https://x.example>¦https://y.example/z¦discord.gg/x¦\n¦\n\n¦\r¦\t¦\u200b¦\u202e¦\u2066¦\u00ad¦\ufeff¦\u0000¦\u001b[31m¦👩‍👩‍👧‍👦¦🇩🇪¦e\u0301¦Ω¦漢字¦word¦Reykjavik'.split(
    '¦',
  );

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...FRAGMENTS) },
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{1,12} $/) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 10 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }) },
);

/** Text as it is stored: any characters, without halves of a pair. */
const storedText = fc
  .array(piece, { minLength: 1, maxLength: 40 })
  .chain((pieces) =>
    fc.constantFrom(1, 1, 1, 3, 60).map((times) => wellFormed(pieces.join('').replaceAll('\r', '\n')).repeat(times)),
  );

const quoteText = storedText.filter((text) => asShown(text).trim() !== '').map((text) => text.trim());

const line = fc
  .array(piece, { minLength: 1, maxLength: 200 })
  .map((pieces) => wellFormed(pieces.join('')).replace(/\s+/g, ' ').trim());

const article: fc.Arbitrary<ArticleReference> = fc.record({
  id: fc.constant('abcdefghij'),
  title: fc.option(line.map((text) => text.slice(0, 500))),
  url: fc.option(fc.webUrl({ validSchemes: ['http', 'https'], withFragments: true, withQueryParameters: true })),
  publisher: fc.option(line),
  published: fc.constantFrom(null, '2021-05-19'),
  file: line.map((text) => `seeds/${text}.md`),
  collection: fc.constant(null),
});

/** Spans of whole words of a text, as the matched words are. */
function matchesIn(text: string, chosen: readonly boolean[]): Span[] {
  const words = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
  return words
    .filter((_, index) => chosen[index % Math.max(1, chosen.length)])
    .map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}

const citation: fc.Arbitrary<Citation> = fc
  .tuple(article, quoteText, fc.array(fc.boolean(), { maxLength: 7 }), fc.option(line))
  .map(([reference, quote, chosen, question]) => ({
    passageId: 'abcdefghij',
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

/** Notes that repeat words of the question, which may be anything, and the others. */
const note: fc.Arbitrary<AnswerNote> = fc.oneof(
  fc.record({ kind: fc.constant('spelling' as const), typed: line, read: line }),
  fc.record({ kind: fc.constant('follow-up' as const), earlier: line }),
  fc.record({
    kind: fc.constant('parts' as const),
    parts: fc.array(fc.record({ question: line, outcome }), { minLength: 2, maxLength: 3 }),
  }),
  fc.constantFrom<AnswerNote>(
    { kind: 'language', asked: 'de', written: 'en' },
    { kind: 'script', asked: 'Cyrillic', written: 'Latin' },
    { kind: 'years-apart', published: ['2021-05-19', null, '2017-05-09'] },
    { kind: 'uncalibrated' },
  ),
  fc.record({
    kind: fc.constant('figures-differ' as const),
    figures: fc.array(
      fc.record({
        citation: fc.integer({ min: 1, max: 3 }),
        figures: fc.array(fc.stringMatching(/^\d{1,9}(,\d{1,9})?$/)),
      }),
      { minLength: 2, maxLength: 3 },
    ),
  }),
);

const answer: fc.Arbitrary<Answer> = fc.record({
  question: line,
  searched: line,
  outcome,
  confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  notes: fc.array(note, { maxLength: 6 }),
  citations: fc.array(citation, { minLength: 0, maxLength: 3 }),
  ranking: fc.constant([]),
  trace: fc.constant({ candidates: 0, passages: [], decision: null }),
  tookMs: fc.constant(1),
});

const RUNS = { numRuns: 300 };

describe('whatever an article holds,', () => {
  test('an answer keeps every limit of Discord and pings nobody', () => {
    fc.assert(
      fc.property(answer, (given) => expectAccepted(answerCard(given))),
      RUNS,
    );
  });

  test('the notes and the part of a message that a source was found for are shown without obeying them', () => {
    fc.assert(
      fc.property(answer, (given) => {
        const { content, embeds } = answerCard(given);
        // The headline is ours; each note is a line.
        const [, ...lines] = content.split('\n');
        expect(lines.length).toBeLessThanOrEqual(given.notes.length);
        for (const shown of lines) readEscaped(shown);
        for (const { author } of embeds) {
          expect(author?.name ?? 'x').not.toBe('');
          expect(author?.name ?? '').toMatch(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u);
        }
      }),
      RUNS,
    );
  });

  test('a quote is shown word for word, or its beginning with the sign that something is left out', () => {
    fc.assert(
      fc.property(citation, (given) => {
        const [embed] = answerCard(answerOf(given)).embeds;
        const { text, isCut } = readBlockQuote(embed?.description ?? '');
        const whole = asShown(given.quote);
        if (isCut && !whole.endsWith(' …')) expect(whole.startsWith(text)).toBe(true);
        else expect(text + (isCut ? ' …' : '')).toBe(whole);
      }),
      RUNS,
    );
  });

  test('a passage and an opening are shown word for word, or their beginning with that sign', () => {
    fc.assert(
      fc.property(article, quoteText, (reference, text) => {
        for (const card of [passageCard(reference, text), articleCard(reference, 2, text)]) {
          expectAccepted(card);
          const { text: shown, isCut } = readBlockQuote(card.embeds[0]?.description ?? '');
          const whole = asShown(text);
          if (isCut && !whole.endsWith(' …')) expect(whole.startsWith(shown)).toBe(true);
          else expect(shown + (isCut ? ' …' : '')).toBe(whole);
        }
      }),
      RUNS,
    );
  });

  test('a list of passages keeps every limit and formats nothing but the names', () => {
    fc.assert(
      fc.property(line, fc.array(fc.record({ article, text: quoteText }), { maxLength: 8 }), (words, passages) => {
        const card = listCard(words, passages);
        expectAccepted(card);
        readEscaped(card.content);
        for (const { description = '' } of card.embeds) readEscaped(description);
      }),
      RUNS,
    );
  });

  test('a choice has a name of 1 to 100 characters without controls, and a value that is read again', async () => {
    await fc.assert(
      fc.asyncProperty(article, quoteText, async (reference, opening) => {
        const { title, file, collection } = reference;
        const lookUp = await LookUp.build(
          [{ ...reference, passages: 1 }],
          [{ passageId: 'abcdefghij', articleId: 'abcdefghij', title, file, collection, opening }],
        );
        const choices = lookUp.suggest('');
        expect(problemsOfRequest('interaction callback', { type: 8, data: { choices } }, NEW)).toEqual([]);
        for (const { name } of choices) {
          expect(name.trim()).not.toBe('');
          expect(name).toMatch(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u);
          expect(isWellFormed(name)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

describe('a card', () => {
  test('of an answer numbers its sources and names title, publisher and date', () => {
    const [first, second] = answerCard({
      ...answerOf(citationOf('One.', { title: 'A', publisher: 'P', published: '2021-05-19' })),
      citations: [citationOf('One.', { title: 'A', publisher: 'P', published: '2021-05-19' }), citationOf('Two.', {})],
    }).embeds;

    expect(first).toMatchObject({ title: '[1] A', footer: { text: 'P · 2021-05-19' }, description: '> One.' });
    expect(second).toMatchObject({ title: '[2] file.md', footer: { text: 'undated' } });
    expect(second).not.toHaveProperty('url');
  });

  test('shows the words that answer the question in bold', () => {
    const given = {
      ...citationOf('They met in Reykjavik on Wednesday', {}),
      matches: [
        { start: 5, end: 8 },
        { start: 12, end: 21 },
      ],
    };

    expect(answerCard(answerOf(given)).embeds[0]?.description).toBe('> They **met** in **Reykjavik** on Wednesday');
  });

  test('says a confidence of 1 to 99 percent', () => {
    const contents = [0, 0.004, 0.5, 0.996, 1].map(
      (confidence) => answerCard({ ...answerOf(citationOf('One', {})), confidence }).content,
    );

    expect(contents.map((content) => /\d+/.exec(content)?.[0])).toEqual(['1', '1', '50', '99', '99']);
  });

  test('of three quotes, titles, publishers and questions as long as they can be stays within 6,000 characters', () => {
    const longest = {
      ...citationOf('*'.repeat(3_000), { title: '_'.repeat(500), publisher: '|'.repeat(3_000) }),
      question: '#'.repeat(2_000),
    };
    const card = answerCard({ ...answerOf(longest), citations: [longest, longest, longest] });

    expectAccepted(card);
    expect(card.embeds).toHaveLength(3);
  });

  test('says what a person can do about a question that found nothing', () => {
    const given = { ...answerOf(citationOf('One', {})), outcome: 'not-found' as const, citations: [] };

    expect(answerCard({ ...given, notes: [{ kind: 'language', asked: 'de', written: 'en' }] })).toMatchObject({
      content:
        '**Not found.** Nothing in the articles answers this.\nThe question seems to be in German and the articles are in English\\: ask in English for a better answer.',
      embeds: [],
    });
  });

  test('does not say how sure it is where that is not known', () => {
    const given = { ...answerOf(citationOf('One', {})), outcome: 'closest' as const, confidence: null };

    expect(answerCard({ ...given, notes: [{ kind: 'uncalibrated' }] }).content).toBe(
      '**Perhaps**. The articles may not answer this; these passages come closest:\nIt was never measured how often this model is right\\: the passages are in order, and whether they answer is yours to judge.',
    );
  });

  test('says of each source which of several questions it was found for', () => {
    const one = { ...citationOf('One.', {}), question: 'Where did  they\nmeet?' };
    const two = { ...citationOf('Two.', {}), question: 'x'.repeat(2_000) };
    const { embeds } = answerCard({ ...answerOf(one), citations: [one, two] });

    expect(embeds[0]?.author).toEqual({ name: 'To “Where did they meet?”' });
    expect(embeds[1]?.author).toEqual({ name: `To “${'x'.repeat(95)}…` });
    expect(answerCard(answerOf(citationOf('One.', {}))).embeds[0]).not.toHaveProperty('author');
  });

  test('pings nobody and formats nothing by what was asked', () => {
    const evil = '@everyone <@123456789012345678> **bold** ||hidden|| [link](https://evil.example) \u202e# x';
    const notes: AnswerNote[] = [
      { kind: 'follow-up', earlier: evil },
      { kind: 'parts', parts: [{ question: evil, outcome: 'answered' }] },
      { kind: 'spelling', typed: evil, read: evil },
    ];
    const one = { ...citationOf('One.', {}), question: evil };
    const card = answerCard({ ...answerOf(one), notes });

    expectAccepted(card);
    const [, ...lines] = card.content.split('\n');
    const shown = asShown(evil);
    expect(lines.map(readEscaped)).toEqual([
      `Read as going on from “${shown}”.`,
      `Several questions in one: “${shown}” is answered.`,
      `Read “${shown}” as “${shown}”.`,
    ]);
    expect(card.embeds[0]?.author?.name).not.toContain('\u202e');
  });

  test('leaves out the last notes where they would be too long together', () => {
    const notes = Array.from({ length: 9 }, (): AnswerNote => ({ kind: 'follow-up', earlier: '*'.repeat(400) }));
    const card = answerCard({ ...answerOf(citationOf('One', {})), notes });

    expectAccepted(card);
    // Each is cut to 300 characters, of which 276 are escaped.
    expect(card.content.split('\n')).toHaveLength(4);
    expect(card.content.split('\n')[1]).toMatch(/^Read as going on from “(?:\\\*){276}…$/);
  });

  test('of plain text is what it was given', () => {
    expect(textCard('x')).toEqual({ content: 'x', embeds: [], allowedMentions: { parse: [], repliedUser: false } });
  });

  test('has a title that is not cut between a backslash and what it escapes', () => {
    for (const title of ['*'.repeat(300), `x${'*'.repeat(300)}`]) {
      readEscaped(answerCard(answerOf(citationOf('One', { title }))).embeds[0]?.title?.slice('[1] '.length) ?? '');
    }
  });

  test('marks where a long quote with characters that are not shown is cut', () => {
    const quote = `${'\u202e'.repeat(10)}${'word '.repeat(400)}`.trim();
    const { text, isCut } = readBlockQuote(answerCard(answerOf(citationOf(quote, {}))).embeds[0]?.description ?? '');

    expect(text.length).toBeLessThan(asShown(quote).length);
    expect(isCut).toBe(true);
  });

  test('never ends with half a character', () => {
    for (const before of [10, 11]) {
      const quote = `${'\u202e'.repeat(before)}${'😀'.repeat(1_000)}`;
      for (const card of [
        answerCard(answerOf(citationOf(quote, {}))),
        passageCard(citationOf('', {}).article, quote),
      ]) {
        const { description = '' } = card.embeds[0] ?? {};
        expect(isWellFormed(description)).toBe(true);
        if (asShown(quote) !== readBlockQuote(description).text) expect(description).toMatch(/^> (?:😀)+ …$/u);
      }
    }
  });

  test('shows the beginning of a quote that repeats the words of the question from its first word on', () => {
    const quote = 'barrels '.repeat(300).trim();
    const given = { ...citationOf(quote, {}), matches: [{ start: 0, end: quote.length }] };
    const { text } = readBlockQuote(answerCard(answerOf(given)).embeds[0]?.description ?? '');

    expect(text).toContain('barrels');
  });
});

const NEW: MessageContext = { isEdit: false };

/** Whatever Discord or our own promises would refuse in a message with this card. */
function expectAccepted(card: Card): void {
  const { content, embeds, allowedMentions } = card;
  const allowed_mentions = { parse: allowedMentions.parse, replied_user: allowedMentions.repliedUser };
  // A card without content and embeds would be a slip of its own.
  expect(problemsOfRequest('message create', { content, embeds, allowed_mentions }, NEW)).toEqual([]);
  const texts = embeds.flatMap(({ title, description, footer, author }) => [
    title,
    description,
    footer?.text,
    author?.name,
  ]);
  for (const text of [content, ...texts]) expect(isWellFormed(text ?? '')).toBe(true);
  for (const embed of embeds) expectGoodLink(embed);
}

function expectGoodLink({ url }: APIEmbed): void {
  if (url === undefined) return;
  expect(url.length).toBeLessThanOrEqual(2_048);
  expect(['http:', 'https:']).toContain(new URL(url).protocol);
  expect(url).toMatch(/^[!-~]+$/);
}

function answerOf(one: Citation): Answer {
  return {
    question: 'q',
    searched: 'q',
    outcome: 'answered',
    confidence: 0.9,
    notes: [],
    citations: [one],
    ranking: [],
    trace: { candidates: 1, passages: [], decision: null },
    tookMs: 1,
  };
}

function citationOf(quote: string, reference: Partial<ArticleReference>): Citation {
  const nothing = { title: null, url: null, publisher: null, published: null, collection: null };
  const cited = { id: 'abcdefghij', file: 'file.md', ...nothing, ...reference };
  return {
    passageId: 'abcdefghij',
    article: cited,
    question: null,
    quote,
    start: 0,
    end: quote.length,
    passage: quote,
    passageStart: 0,
    matches: [],
  };
}

function wellFormed(text: string): string {
  return (text as string & { toWellFormed(): string }).toWellFormed();
}

function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
