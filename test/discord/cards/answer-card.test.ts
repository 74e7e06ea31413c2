import { ComponentType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/answering/answer.js';
import type { AnswerNote } from '../../../src/answering/answer-notes.js';
import { Suggestions } from '../../../src/discord/autocomplete/suggestions.js';
import { type AnswerView, answerCard, NO_VOTES } from '../../../src/discord/cards/answer-card.js';
import { articleCard } from '../../../src/discord/cards/article-card.js';
import { bodyOf, type Card, textCard } from '../../../src/discord/cards/card.js';
import { foundCard } from '../../../src/discord/cards/found-card.js';
import { passageCard } from '../../../src/discord/cards/passage-card.js';
import { headingIn, queryIn } from '../../../src/discord/cards/query.js';
import { sourcesCard } from '../../../src/discord/cards/sources-card.js';
import type { ComponentContext } from '../../../src/discord/controls/control.js';
import { SHOW_CONTEXT } from '../../../src/discord/controls/show-context.js';
import { LANGUAGES, textsFor } from '../../../src/discord/locales/texts.js';
import { paragraphsOf, readAnswer, readSourceLine, type ShownAnswer } from '../bot/shown-answer.js';
import { activeIn, asShown, readBlockQuote, readEscaped } from '../bot/shown-text.js';
import { problemsOfRequest } from '../fake/checks/request-checks.js';
import {
  ANYWHERE,
  answer,
  answerOf,
  article,
  articlesOf,
  asked,
  citationOf,
  componentsOf,
  expectAccepted,
  expectBeginning,
  expectGoodLink,
  expectPassage,
  isWellFormed,
  library,
  quoteText,
  served,
  texts,
  wellFormed,
} from './hard-texts.js';

const ASKER = '123456789012345678';
const VIEW: AnswerView = {
  texts: textsFor('en'),
  asker: ASKER,
  query: null,
  page: 0,
  passage: null,
  articleId: null,
  isPrivate: false,
  votes: NO_VOTES,
};

const view: fc.Arbitrary<AnswerView> = fc.record({
  texts,
  asker: fc.constant('9223372036854775807'),
  query: fc.option(asked),
  page: fc.integer({ min: 0, max: 9 }),
  passage: fc.option(fc.record({ article, text: quoteText })),
  articleId: fc.constantFrom(null, 'abcdefghij'),
  isPrivate: fc.boolean(),
  votes: fc.constantFrom(NO_VOTES, { right: 3, wrong: 12_345 }),
  heading: fc.constantFrom(null, `Shared by <@${ASKER}>`),
});

const RUNS = { numRuns: 60 };

describe('whatever an article holds and whoever asks what in which language,', () => {
  test('an answer keeps every limit of Discord and pings nobody', () => {
    fc.assert(
      fc.property(answer, view, (given, shown) => expectAccepted(answerCard(given, shown))),
      RUNS,
    );
  });

  test('nothing in an answer is obeyed but our own words, and every source that is cited is shown', () => {
    fc.assert(
      fc.property(answer, texts, fc.option(asked), (given, spoken, query) => {
        const shown = read(answerCard(given, { ...VIEW, texts: spoken, query }));
        const plain = read(answerCard(harmless(given), { ...VIEW, texts: spoken, query: 'x' }));
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

  test('each quote of an answer is shown word for word, or its beginning with the sign that something is left out', () => {
    fc.assert(
      fc.property(answer, texts, (given, spoken) => {
        const { sources } = read(answerCard(given, { ...VIEW, texts: spoken }));
        for (const [index, source] of sources.entries())
          expectBeginning(source.quote, given.citations[index]?.quote ?? '');
      }),
      RUNS,
    );
  });

  test('a passage of the ranking is shown so too', () => {
    fc.assert(
      fc.property(answer, view, fc.record({ article, text: quoteText }), (given, shown, passage) => {
        fc.pre(given.ranking.length > 0);
        const card = answerCard(given, { ...shown, page: Math.max(1, shown.page ?? 0), passage });
        expectPassage(paragraphsOf(componentsOf(card)).at(-1)?.text ?? '', passage.text);
      }),
      RUNS,
    );
  });

  test('what was asked is read again from the card, as far as it is shown', () => {
    fc.assert(
      fc.property(answer, view, asked, (given, shown, query) => {
        const { components } = componentsOf(answerCard(given, { ...shown, query }));
        const whole = asShown(wellFormed(query)).replace(/\s+/g, ' ');
        const again = (queryIn(components) ?? '').replace(/\s+/g, ' ').trim();
        if (again.endsWith('…')) expect(whole.startsWith(again.slice(0, -1))).toBe(true);
        else expect(again).toBe(whole);
        expect(headingIn(components)).toBe(shown.heading ?? null);
      }),
      RUNS,
    );
  });

  test('a passage that was looked up is shown word for word, or its beginning with that sign', () => {
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

  test('the passages of an article are shown on its pages, below its name, in order and with nothing left out', () => {
    fc.assert(
      fc.property(library, texts, fc.integer({ min: 0, max: 4 }), ([first], spoken, checked) => {
        // Of a book there are many pages, and each is made from all of it.
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
          // Any of them may be the fullest, and each costs time.
          if (page === checked) expectAccepted(card);
          const [heading, , ...quotes] = paragraphsOf(componentsOf(card));
          expectGoodLink(readSourceLine(heading?.text ?? ''));
          expect(quotes.length).toBeGreaterThan(0);
          read.push(...quotes.map(({ text }) => readBlockQuote(text).text));
          isLast = !hasNextPage(card);
        }
        // A passage that is longer than a page goes on on the next, after a sign.
        const letters = (text: string): string => asShown(wellFormed(text)).replace(/[\s…]+/g, '');
        expect(letters(read.join(' '))).toBe(
          letters(passages.map(({ start, end }) => own.text.slice(start, end)).join(' ')),
        );
      }),
      RUNS,
    );
  });

  test('a passage stands in its surroundings as they are written, as far as there is room', () => {
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
        const whole = asShown(wellFormed(own.text));
        const quotes = around.filter(({ text }) => text.startsWith('>'));
        expect(quotes).toHaveLength(1);
        expectBeginning(readBlockQuote(quotes[0]?.text ?? ''), own.text.slice(passage.start, passage.end));
        for (const { text } of around.filter((one) => !quotes.includes(one))) {
          const shown = readEscaped(text);
          const inOneLine = (one: string): string => one.replace(/\s+/g, ' ').trim();
          expect(inOneLine(whole)).toContain(inOneLine(asShown(shown.replace(/…$/, ''))));
        }
      }),
      RUNS,
    );
  });

  test('a list of passages keeps every limit, and nothing in it is obeyed but the names in bold', async () => {
    await fc.assert(
      fc.asyncProperty(
        library,
        texts,
        asked,
        fc.integer({ min: 0, max: 20 }),
        async (articles, spoken, words, page) => {
          const card = await foundCard(words, {
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

  test('the list of articles keeps every limit, and nothing in it is obeyed but the names in bold', () => {
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

  test('words that the list of articles was searched for are shown as words', () => {
    fc.assert(
      fc.property(library, texts, asked, (articles, spoken, words) => {
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

  test('a choice has a name of 1 to 100 characters without controls, and a value that is read again', async () => {
    await fc.assert(
      fc.asyncProperty(article, quoteText, async (reference, opening) => {
        const { title, file, collection } = reference;
        const passage = { passageId: 'abcdefghij', articleId: 'abcdefghij', title, file, collection, opening };
        const lookUp = await Suggestions.build([{ ...reference, passages: 1 }], [passage]);
        const choices = lookUp.suggest('');
        expect(choices).toHaveLength(2);
        const body = { type: 8, data: { choices } };
        expect(problemsOfRequest('interaction callback', body, { isEdit: false })).toEqual([]);
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

describe.each(['x', '漢', '"', '\\', '*', '\n', '\u0301', '\u0001', '😀', '\ud83d', 'א', ' a'])(
  'where everything is as long as it can be and made of %j,',
  (unit) => {
    const endless = `a${unit.repeat(100_000 / unit.length)}a`;
    const long = endless.slice(0, 2_000);
    const reference = { title: long, url: null, publisher: long, published: '2021-05-19', collection: null };
    const articles = articlesOf(
      Array.from({ length: 12 }, (_, index) => ({
        ...reference,
        id: '',
        file: `${index}`,
        paragraphs: Array.from({ length: 6 }, () => [endless, 'body'] as const),
      })),
    );
    const bot = served(articles);
    const one = { ...citationOf(endless, reference), question: long };

    test('every card keeps every limit of Discord in every language', async () => {
      for (const language of LANGUAGES) {
        const viewing = { page: 0, asker: ASKER, location: ANYWHERE, texts: textsFor(language), bot };
        const [first] = articles;
        const passageId = first?.passages[4]?.id ?? '';
        const given = { ...answerOf([one, one, one]), ranking: [{ passageId, articleId: '', text: '', score: 1 }] };
        const shown = { ...VIEW, texts: viewing.texts, query: long, isPrivate: true };
        const ofQuotes = [
          answerCard(given, shown),
          answerCard(given, { ...shown, page: 1, passage: { article: one.article, text: endless } }),
          passageCard(passageId, viewing),
          articleCard(first?.article.id ?? '', viewing),
        ];
        const cards = [
          ...ofQuotes,
          await foundCard(long, viewing),
          sourcesCard(null, viewing),
          sourcesCard(long, { ...viewing, bot: served([]) }),
          SHOW_CONTEXT.run({ ...viewing, values: [passageId, '-'] } as unknown as ComponentContext) as Card,
        ];
        for (const card of cards) expectAccepted(card);
        // And as much is shown as there is room for. Empty lines and control characters are not shown at all.
        if (isSeen(unit)) for (const card of ofQuotes) expect(bodyBytes(card)).toBeGreaterThan(3_000);
      }
    });
  },
);

describe('an answer', () => {
  test('says its outcome in words and how sure it is, 1 to 99 percent', () => {
    const headlines = [0, 0.004, 0.5, 0.974, 0.996, 1].map(
      (confidence) => read(answerCard({ ...answerOf([citationOf('One')]), confidence }, VIEW)).headline,
    );

    expect(headlines[3]).toBe('✅ **Answered** in the words of the source. (97% sure)');
    expect(headlines.map((headline) => /\d+/.exec(headline)?.[0])).toEqual(['1', '1', '50', '97', '99', '99']);
  });

  test('does not say how sure it is where that is not known', () => {
    const given = { ...answerOf([citationOf('One')]), outcome: 'closest' as const, confidence: null };
    const { headline, notes } = read(answerCard({ ...given, notes: [{ kind: 'uncalibrated' }] }, VIEW));

    expect(headline).toBe('🔶 **Perhaps.** The articles may not answer this, but these passages come closest.');
    expect(notes).toEqual([
      'How often this model is right has never been measured. The best matches come first; judge for yourself whether they answer the question.',
    ]);
  });

  test('says what a person can do about a question that found nothing', () => {
    const given = { ...answerOf([]), outcome: 'not-found' as const };
    const shown = read(answerCard({ ...given, notes: [{ kind: 'language', asked: 'de', written: 'en' }] }, VIEW));

    expect(shown).toEqual({
      query: null,
      headline: '⚪ **Not found.** Nothing in the articles answers this.',
      notes: [
        'The question seems to be in German, but the articles are in English. Ask in English for a better answer.',
      ],
      sources: [],
    });
  });

  test('numbers its sources and names title, publisher, date and link', () => {
    const first = citationOf('One.', {
      title: 'A',
      publisher: 'P',
      published: '2021-05-19',
      url: 'https://example.org/a',
    });
    const card = answerCard(answerOf([first, citationOf('Two.')]), VIEW);

    expect(paragraphsOf(componentsOf(card)).map(({ text }) => text)).toEqual([
      '✅ **Answered** in the words of the source. (90% sure)',
      '> One.\n**[1]** **A** · P · 2021-05-19 · [read it at the source](<https://example.org/a#:~:text=One.>)',
      '> Two.\n**[2]** **file.md** · undated',
    ]);
  });

  test('says the same in plain text, for where Discord does not take the components', () => {
    const given = answerOf([citationOf('One.', { title: 'A' }), citationOf('Two.')]);
    const { plain } = answerCard(given, { ...VIEW, query: 'What?' });

    expect(plain).toBe(
      '**What?**\n✅ **Answered** in the words of the source. (90% sure)\n> One.\n**[1]** **A** · undated\n> Two.\n**[2]** **file.md** · undated',
    );
  });

  test('is said in the language of who asks', () => {
    const given = answerOf([citationOf('One.')]);
    for (const language of LANGUAGES) {
      const spoken = textsFor(language);
      const { headline, sources } = read(answerCard(given, { ...VIEW, texts: spoken }));
      expect(headline).toBe(`${spoken.say('answer.answered')} (${spoken.say('answer.sure', { percent: 90 })})`);
      expect(sources[0]?.facts).toBe(spoken.say('answer.undated'));
    }
  });

  test('shows the words that answer the question in bold', () => {
    const given = {
      ...citationOf('They met in Reykjavik on Wednesday'),
      matches: [
        { start: 5, end: 8 },
        { start: 12, end: 21 },
      ],
    };

    expect(read(answerCard(answerOf([given]), VIEW)).sources[0]?.markdown).toBe(
      '> They **met** in **Reykjavik** on Wednesday',
    );
  });

  test('shows three quotes, titles, publishers and questions that are as long as they can be, each in part', () => {
    const longest = {
      ...citationOf('*'.repeat(3_000), {
        title: '_'.repeat(500),
        publisher: '|'.repeat(3_000),
        url: `https://example.org/${'x'.repeat(480)}`,
      }),
      question: '#'.repeat(2_000),
    };
    const card = answerCard(answerOf([longest, longest, longest]), { ...VIEW, query: '`'.repeat(2_000) });

    expectAccepted(card);
    const { sources } = read(card);
    expect(sources).toHaveLength(3);
    for (const { quote } of sources) expect(quote?.text.length).toBeGreaterThan(50);
  });

  test('says of each source which of several questions it was found for', () => {
    const one = { ...citationOf('One.'), question: 'Where did they meet?' };
    const two = { ...citationOf('Two.'), question: 'x'.repeat(2_000) };
    const { sources } = read(answerCard(answerOf([one, two]), VIEW));

    expect(sources.map(({ above }) => above)).toEqual(['For “Where did they meet?”', `For “${'x'.repeat(99)}…”`]);
    expect(read(answerCard(answerOf([citationOf('One.')]), VIEW)).sources[0]?.above).toBeNull();
  });

  test('pings nobody and formats nothing by what was asked', () => {
    const evil = '@everyone <@123456789012345678> **bold** ||hidden|| [link](https://evil.example) \u202e# x';
    const notes: AnswerNote[] = [
      { kind: 'follow-up', earlier: evil },
      { kind: 'parts', parts: [{ question: evil, outcome: 'answered' }] },
      { kind: 'spelling', typed: evil, read: evil },
    ];
    const one = { ...citationOf('One.'), question: evil };
    const card = answerCard({ ...answerOf([one]), notes }, { ...VIEW, query: evil });

    expectAccepted(card);
    const shown = asShown(evil);
    const answered = read(card);
    expect(answered.query).toBe(shown);
    const [followUp = '', bot = '', spelling = ''] = answered.notes;
    expect(readEscaped(followUp)).toBe(`Read as a follow-up to “${shown}”.`);
    expect(readEscaped(bot.replace('You asked several questions at once: ', ''))).toBe(`“${shown}” was answered.`);
    expect(readEscaped(spelling)).toBe(`Read “${shown}” as “${shown}”.`);
    // A part is shown by its beginning.
    expect(`For “${shown}`).toContain(readEscaped(answered.sources[0]?.above ?? '').replace(/…”$/, ''));
  });

  test('shows the beginning of a quote that repeats the words of the question from its first word on', () => {
    const quote = 'barrels '.repeat(900).trim();
    const given = { ...citationOf(quote), matches: [{ start: 0, end: quote.length }] };
    const { sources } = read(answerCard(answerOf([given]), VIEW));

    expect(sources[0]?.quote).toMatchObject({ isCut: true, text: expect.stringMatching(/^barrels barrels/) });
  });

  test('marks where a long quote with characters that are not shown is cut', () => {
    const quote = `${'\u202e'.repeat(10)}${'word '.repeat(1_200)}`.trim();
    const { sources } = read(answerCard(answerOf([citationOf(quote)]), VIEW));

    expect(sources[0]?.quote?.text.length).toBeLessThan(asShown(quote).length);
    expect(sources[0]?.quote?.isCut).toBe(true);
  });

  test('never ends with half a character', () => {
    for (const before of [10, 11]) {
      const quote = `${'\u202e'.repeat(before)}${'😀'.repeat(3_000)}`;
      const { sources } = read(answerCard(answerOf([citationOf(quote)]), VIEW));

      expect(sources[0]?.markdown).toMatch(/^> (?:😀)+ …$/u);
    }
  });

  test('has a title that is not cut between a backslash and what it escapes', () => {
    for (const title of ['*'.repeat(300), `x${'*'.repeat(300)}`]) {
      const { sources } = read(answerCard(answerOf([citationOf('One', { title })]), VIEW));
      expect(sources[0]?.title).toMatch(/^x?\*{90,100}…$/);
    }
  });
});

test('a card of plain words is what it was given', () => {
  expect(bodyOf(textCard('x'))).toEqual({
    components: [{ type: 10, content: 'x' }],
    flags: 1 << 15,
    allowed_mentions: { parse: [], replied_user: false },
  });
});

function isSeen(unit: string): boolean {
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

function read(card: Card): ShownAnswer {
  return readAnswer(componentsOf(card));
}

/** The same answer with words that nothing could obey in location of all that others wrote. */
function harmless(given: Answer): Answer {
  return {
    ...given,
    notes: given.notes.map((one): AnswerNote => {
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
