import { ComponentType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/answering/answer.js';
import type { AnswerNote } from '../../../src/answering/answer-notes.js';
import { Suggestions } from '../../../src/discord/autocomplete/suggestions.js';
import { type AnswerView, answerCard, NO_VOTES } from '../../../src/discord/cards/answer-card.js';
import { articleCard } from '../../../src/discord/cards/article-card.js';
import { bodyOf, type Card } from '../../../src/discord/cards/card.js';
import { passageCard } from '../../../src/discord/cards/passage-card.js';
import { headingIn, queryIn } from '../../../src/discord/cards/query.js';
import { searchResultsCard } from '../../../src/discord/cards/search-results-card.js';
import { sourcesCard } from '../../../src/discord/cards/sources-card.js';
import type { ComponentContext } from '../../../src/discord/controls/control.js';
import { SHOW_CONTEXT } from '../../../src/discord/controls/show-context.js';
import { LANGUAGES, textsFor } from '../../../src/discord/locales/texts.js';
import { plainExcerpt } from '../../corpus/plain-excerpt.js';
import { paragraphsOf, readSourceLine } from '../bot/shown-answer.js';
import { activeIn, asShown, readBlockQuote, readEscaped } from '../bot/shown-text.js';
import { problemsOfRequest } from '../fake/checks/request-checks.js';
import {
  componentsOf,
  expectAccepted,
  expectBeginning,
  expectGoodLink,
  expectPart,
  expectPassage,
  readCard,
} from './card-rules.js';
import { ANYWHERE, ASKER, answerOf, articlesOf, citationOf, served, VIEW } from './fixtures.js';
import { answer, article, library, quoteText, texts, typedQuestion } from './generators.js';

/** How an answer is shown. */
const view: fc.Arbitrary<AnswerView> = fc.record({
  texts,
  asker: fc.constant('9223372036854775807'),
  query: fc.option(typedQuestion),
  page: fc.integer({ min: 0, max: 9 }),
  passage: fc.option(fc.record({ article, excerpt: quoteText.map((text) => plainExcerpt(text)) })),
  articleId: fc.constantFrom(null, 'abcdefghij'),
  isPrivate: fc.boolean(),
  votes: fc.constantFrom(NO_VOTES, { right: 3, wrong: 12_345 }),
  heading: fc.constantFrom(null, `Shared by <@${ASKER}>`),
});

const RUNS = { numRuns: 60 };

describe('whatever the articles, the question and the language,', () => {
  test('an answer stays within the limits of Discord and pings nobody', () => {
    fc.assert(
      fc.property(answer, view, (given, shown) => expectAccepted(answerCard(given, shown))),
      RUNS,
    );
  });

  test("only the bot's own words in an answer have any effect in Discord, and every citation is shown", () => {
    fc.assert(
      fc.property(answer, texts, fc.option(typedQuestion), (given, spoken, query) => {
        const shown = readCard(answerCard(given, { ...VIEW, texts: spoken, query }));
        const plain = readCard(answerCard(harmless(given), { ...VIEW, texts: spoken, query: 'x' }));
        expect(shown.headline).toBe(plain.headline);
        expect(shown.notes.length).toBeGreaterThanOrEqual(Math.min(1, given.notes.length));
        expect(shown.notes.map(activeIn)).toEqual(plain.notes.slice(0, shown.notes.length).map(activeIn));
        expect(shown.sources).toHaveLength(given.citations.length);
        expect(shown.sources.map(({ above }) => activeIn(above ?? ''))).toEqual(
          plain.sources.map(({ above }) => activeIn(above ?? '')),
        );
        for (const source of shown.sources) expectGoodLink(source);
      }),
      RUNS,
    );
  });

  test('each quote of an answer is shown word for word, or a part of it with ellipses', () => {
    fc.assert(
      fc.property(answer, texts, (given, spoken) => {
        const { sources } = readCard(answerCard(given, { ...VIEW, texts: spoken }));
        for (const [index, source] of sources.entries()) expectPart(source.quote, given.citations[index]?.quote ?? '');
      }),
      RUNS,
    );
  });

  test('a passage on a later page is shown word for word, or its beginning with an ellipsis', () => {
    fc.assert(
      fc.property(
        answer,
        view,
        fc.record({ article, excerpt: quoteText.map((text) => plainExcerpt(text)) }),
        (given, shown, passage) => {
          fc.pre(given.ranking.length > 0);
          const card = answerCard(given, { ...shown, page: Math.max(1, shown.page ?? 0), passage });
          expectPassage(paragraphsOf(componentsOf(card)).at(-2)?.text ?? '', passage.excerpt.text);
        },
      ),
      RUNS,
    );
  });

  test('the question can be read back from the card, as far as it is shown', () => {
    fc.assert(
      fc.property(answer, view, typedQuestion, (given, shown, query) => {
        const { components } = componentsOf(answerCard(given, { ...shown, query }));
        const whole = asShown(query.toWellFormed()).replace(/\s+/g, ' ');
        const again = (queryIn(components) ?? '').replace(/\s+/g, ' ').trim();
        if (again.endsWith('…')) expect(whole.startsWith(again.slice(0, -1))).toBe(true);
        else expect(again).toBe(whole);
        expect(headingIn(components)).toBe(shown.heading ?? null);
      }),
      RUNS,
    );
  });

  test('a passage that was looked up is shown word for word, or its beginning with an ellipsis', () => {
    fc.assert(
      fc.property(library, texts, (articles, spoken) => {
        const bot = served(articles);
        for (const { article: own, passages } of articles.slice(0, 3)) {
          for (const { id, start, end } of passages.slice(0, 2)) {
            const card = passageCard(id, { asker: ASKER, location: ANYWHERE, texts: spoken, bot });
            expectAccepted(card);
            expectPassage(paragraphsOf(componentsOf(card))[0]?.text ?? '', own.text.slice(start, end));
          }
        }
      }),
      RUNS,
    );
  });

  test('the pages of an article show its name and all its passages in order', () => {
    fc.assert(
      fc.property(library, texts, fc.integer({ min: 0, max: 4 }), ([first], spoken, checked) => {
        // A longer article has many pages, each made from the whole article, which takes too long.
        fc.pre(first !== undefined && first.article.text.length < 20_000);
        const { article: own, passages } = first;
        const read: string[] = [];
        for (let page = 0, isLast = false; !isLast; page++) {
          const card = articleCard(own.id, {
            page,
            asker: ASKER,
            location: ANYWHERE,
            texts: spoken,
            bot: served([first]),
          });
          // Checking takes time, so only one page is checked.
          if (page === checked) expectAccepted(card);
          const [heading, , ...quotes] = paragraphsOf(componentsOf(card));
          expectGoodLink(readSourceLine(heading?.text ?? ''));
          expect(quotes.length).toBeGreaterThan(0);
          read.push(...quotes.map(({ text }) => readBlockQuote(text).text));
          isLast = !hasNextPage(card);
        }
        // A passage that is longer than a page continues on the next one, after an ellipsis.
        const letters = (text: string): string => asShown(text.toWellFormed()).replace(/[\s…]+/g, '');
        expect(letters(read.join(' '))).toBe(
          letters(passages.map(({ start, end }) => own.text.slice(start, end)).join(' ')),
        );
      }),
      RUNS,
    );
  });

  test('the context of a passage is shown word for word, as far as it fits', () => {
    fc.assert(
      fc.property(library, texts, fc.nat(), ([first], spoken, chosen) => {
        fc.pre(first !== undefined);
        const { article: own, passages } = first;
        const passage = passages[chosen % passages.length];
        fc.pre(passage !== undefined);
        const press = { values: [passage.id, '-'], location: ANYWHERE, texts: spoken, bot: served([first]) };
        const card = SHOW_CONTEXT.run(press as unknown as ComponentContext) as Card;
        expectAccepted(card);
        const [, source, ...around] = paragraphsOf(componentsOf(card));
        expectGoodLink(readSourceLine(source?.text ?? ''));
        const whole = asShown(own.text.toWellFormed());
        const quotes = around.filter(({ text }) => text.startsWith('>'));
        expect(quotes).toHaveLength(1);
        expectBeginning(readBlockQuote(quotes[0]?.text ?? ''), own.text.slice(passage.start, passage.end));
        for (const { text } of around.filter((one) => !quotes.includes(one))) {
          const shown = readEscaped(text);
          const onOneLine = (one: string): string => one.replace(/\s+/g, ' ').trim();
          expect(onOneLine(whole)).toContain(onOneLine(asShown(shown.replace(/…$/, ''))));
        }
      }),
      RUNS,
    );
  });

  test('a list of passages stays within the limits, and nothing but the names in bold is formatted', async () => {
    await fc.assert(
      fc.asyncProperty(
        library,
        texts,
        typedQuestion,
        fc.integer({ min: 0, max: 20 }),
        async (articles, spoken, words, page) => {
          const card = await searchResultsCard(words, {
            page,
            asker: ASKER,
            location: ANYWHERE,
            texts: spoken,
            bot: served(articles),
          });
          expectAccepted(card);
          const [query, heading, ...passages] = paragraphsOf(componentsOf(card));
          readEscaped(query?.text ?? '');
          expect(heading?.text).toContain(spoken.say('find.heading'));
          expect(passages.length).toBeGreaterThan(0);
          for (const { text } of passages) {
            const [name = '', opening = ''] = text.split('\n');
            readEscaped(name.replace(spoken.say('answer.undated'), ''));
            readEscaped(opening);
          }
        },
      ),
      RUNS,
    );
  });

  test('the list of articles stays within the limits, and nothing but the names in bold is formatted', () => {
    fc.assert(
      fc.property(library, texts, fc.nat({ max: 3 }), (articles, spoken, page) => {
        const bot = served(articles);
        const viewing = { page, asker: ASKER, location: ANYWHERE, texts: spoken, bot };
        const card = sourcesCard(null, viewing);
        expectAccepted(card);
        const [, ...lines] = paragraphsOf(componentsOf(card));
        expect(lines.length).toBeGreaterThan(0);
        for (const { text } of lines) {
          const ours = [spoken.say('answer.undated'), ' · '];
          expect(text.split('\n')).toHaveLength(1);
          readEscaped(ours.reduce((left, one) => left.replaceAll(one, ' '), text));
        }
      }),
      RUNS,
    );
  });

  test('the words that articles were searched for are shown without formatting', () => {
    fc.assert(
      fc.property(library, texts, typedQuestion, (articles, spoken, words) => {
        const viewing = { page: 0, asker: ASKER, location: ANYWHERE, texts: spoken, bot: served(articles) };
        const card = sourcesCard(words, viewing);
        expectAccepted(card);
        const [query, heading] = paragraphsOf(componentsOf(card));
        readEscaped(query?.text ?? '');
        const [, plain] = paragraphsOf(componentsOf(sourcesCard(words, { ...viewing, bot: served([]) })));
        expect(activeIn(plain?.text ?? '')).toBe(activeIn(spoken.say('sources.nothing', { words: 'x' })));
        expect(activeIn(heading?.text ?? '')).not.toContain('@');
      }),
      RUNS,
    );
  });

  test('a suggestion has a name of 1 to 100 characters without control characters', async () => {
    await fc.assert(
      fc.asyncProperty(article, quoteText, async (reference, opening) => {
        const { title, file, collection } = reference;
        const passage = { passageId: 'abcdefghij', articleId: 'abcdefghij', title, file, collection, opening };
        const suggestions = await Suggestions.build([{ ...reference, passages: 1 }], [passage]);
        const choices = suggestions.suggest('');
        expect(choices).toHaveLength(2);
        const body = { type: 8, data: { choices } };
        expect(problemsOfRequest('interaction callback', body, { isEdit: false })).toEqual([]);
        for (const { name } of choices) {
          expect(name.trim()).not.toBe('');
          expect(name).toMatch(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u);
          expect(name.isWellFormed()).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

describe.each(['x', '漢', '"', '\\', '*', '\n', '\u0301', '\u0001', '😀', '\ud83d', 'א', ' a'])(
  'with texts of maximum length that consist of %j,',
  (unit) => {
    const endless = `a${unit.repeat(100_000 / unit.length)}a`;
    const long = endless.slice(0, 2_000);
    const reference = { title: long, url: null, publisher: long, published: '2021-05-19', collection: null };
    const articles = articlesOf(
      Array.from({ length: 12 }, (_, index) => ({
        ...reference,
        id: '',
        file: `${index}`,
        paragraphs: Array.from({ length: 6 }, () => [endless, 'paragraph'] as const),
      })),
    );
    const bot = served(articles);
    const one = { ...citationOf(endless, reference), question: long };

    test('every card stays within the limits of Discord in every language', async () => {
      for (const language of LANGUAGES) {
        const viewing = { page: 0, asker: ASKER, location: ANYWHERE, texts: textsFor(language), bot };
        const [first] = articles;
        const passageId = first?.passages[4]?.id ?? '';
        const given = { ...answerOf([one, one, one]), ranking: [{ passageId, articleId: '', text: '', score: 1 }] };
        const shown = { ...VIEW, texts: viewing.texts, query: long, isPrivate: true };
        const ofQuotes = [
          answerCard(given, shown),
          answerCard(given, { ...shown, page: 1, passage: { article: one.article, excerpt: plainExcerpt(endless) } }),
          passageCard(passageId, viewing),
          articleCard(first?.article.id ?? '', viewing),
        ];
        const cards = [
          ...ofQuotes,
          await searchResultsCard(long, viewing),
          sourcesCard(null, viewing),
          sourcesCard(long, { ...viewing, bot: served([]) }),
          SHOW_CONTEXT.run({ ...viewing, values: [passageId, '-'] } as unknown as ComponentContext) as Card,
        ];
        for (const card of cards) expectAccepted(card);
        // Cards with visible characters also use the space that they have.
        if (isVisible(unit)) for (const card of ofQuotes) expect(bodyBytes(card)).toBeGreaterThan(3_000);
      }
    });
  },
);

function isVisible(unit: string): boolean {
  return asShown(unit).trim() !== '';
}

function hasNextPage({ components }: Card): boolean {
  const buttons = components.flatMap((one) => (one.type === ComponentType.ActionRow ? one.components : []));
  return buttons.some(
    (one) => 'custom_id' in one && one.custom_id.endsWith(':f') && !('disabled' in one && one.disabled),
  );
}

function bodyBytes(card: Card): number {
  return Buffer.byteLength(JSON.stringify(bodyOf(card)));
}

/** The same answer with an `x` in place of everything that other people wrote. */
function harmless(given: Answer): Answer {
  return {
    ...given,
    notes: given.notes.map((one): AnswerNote => {
      if (one.kind === 'pinned') return { ...one, question: 'x' };
      if (one.kind === 'spelling') return { ...one, typed: 'x', read: 'x' };
      if (one.kind === 'follow-up') return { ...one, earlier: 'x' };
      if (one.kind === 'parts') return { ...one, parts: one.parts.map((part) => ({ ...part, question: 'x' })) };
      return one;
    }),
    citations: given.citations.map((one) => ({
      ...one,
      ...citationOf('x', { published: one.article.published }),
      question: one.question === null ? null : 'x',
    })),
  };
}
