import { describe, expect, test } from 'vitest';
import type { AnswerNote } from '../../../src/answering/answer-notes.js';
import { answerCard } from '../../../src/discord/cards/answer-card.js';
import { bodyOf, textCard } from '../../../src/discord/cards/card.js';
import { LANGUAGES, textsFor } from '../../../src/discord/locales/texts.js';
import { paragraphsOf } from '../bot/shown-answer.js';
import { asShown, readEscaped } from '../bot/shown-text.js';
import { componentsOf, expectAccepted, readCard } from './card-rules.js';
import { answerOf, citationOf, VIEW } from './fixtures.js';

describe('an answer', () => {
  test('states its outcome and how certain it is, from 1 to 99 percent', () => {
    const headlines = [0, 0.004, 0.5, 0.974, 0.996, 1].map(
      (confidence) => readCard(answerCard({ ...answerOf([citationOf('One')]), confidence }, VIEW)).headline,
    );

    expect(headlines[3]).toBe('✅ **Answered** · 97% sure');
    expect(headlines.map((headline) => /\d+/.exec(headline)?.[0])).toEqual(['1', '1', '50', '97', '99', '99']);
  });

  test('to several questions says which part of it is certain', () => {
    const parts: AnswerNote = {
      kind: 'parts',
      parts: [
        { question: 'Who met?', outcome: 'answered', confidence: 0.9 },
        { question: 'Who left?', outcome: 'closest', confidence: 0.4 },
        { question: 'Who flew?', outcome: 'not-found', confidence: 0.1 },
      ],
      skipped: 0,
    };
    const shown = (outcome: 'partly' | 'closest', notes: readonly AnswerNote[]): ReturnType<typeof readCard> =>
      readCard(answerCard({ ...answerOf([citationOf('One')]), outcome, notes }, VIEW));
    expect(shown('partly', [parts])).toMatchObject({
      headline: '◐ **Partly answered**: not all of your questions · 90% sure of what was answered',
      notes: [
        'You asked several questions at once: “Who met?” was answered (90% sure); “Who left?” has only close matches (40% sure); “Who flew?” has no answer in the articles.',
      ],
    });
    // The first citation is not always the least certain.
    expect(shown('closest', [parts]).headline).toMatch(/ · 90% sure$/);
    expect(shown('closest', []).headline).toMatch(/ · 90% sure that they answer it$/);
  });

  test('does not state its certainty if that is unknown', () => {
    const given = { ...answerOf([citationOf('One')]), outcome: 'closest' as const, confidence: null };
    const { headline, notes } = readCard(answerCard({ ...given, notes: [{ kind: 'uncalibrated' }] }, VIEW));

    expect(headline).toBe('🔶 **Perhaps**: the articles may not answer this');
    expect(notes).toEqual([
      'This model’s accuracy has not been measured, so there is no percentage. The best matches come first; judge for yourself whether they answer the question.',
    ]);
  });

  test('says what people can do if nothing was found', () => {
    const given = { ...answerOf([]), outcome: 'not-found' as const };
    const shown = readCard(answerCard({ ...given, notes: [{ kind: 'language', asked: 'de', written: 'en' }] }, VIEW));

    expect(shown).toEqual({
      query: null,
      headline: '⚪ **Not found.** Nothing in the articles answers this.',
      notes: [
        'The question seems to be in German, but the articles are in English. Ask in English for a better answer.',
      ],
      places: [],
      sources: [],
    });
  });

  test('numbers its sources and shows title, publisher, date and link', () => {
    const first = citationOf('One.', {
      title: 'A',
      publisher: 'P',
      published: '2021-05-19',
      url: 'https://example.org/a',
    });
    const card = answerCard(answerOf([first, citationOf('Two.')]), VIEW);

    expect(paragraphsOf(componentsOf(card)).map(({ text }) => text)).toEqual([
      '> One.\n**[1]** **A** · P · 2021-05-19 · [read it at the source](<https://example.org/a#:~:text=One.>)',
      '> Two.\n**[2]** **file.md** · undated',
      '-# ✅ **Answered** · 90% sure',
    ]);
  });

  test('says the same in plain text, in case Discord refuses the components', () => {
    const given = answerOf([citationOf('One.', { title: 'A' }), citationOf('Two.')]);
    const { plain } = answerCard(given, { ...VIEW, query: 'What?' });

    expect(plain).toBe('**What?**\n> One.\n**[1]** **A**\n> Two.\n**[2]** **file.md**\n-# ✅ **Answered** · 90% sure');
  });

  test('is in the language of the person who asks', () => {
    const given = answerOf([citationOf('One.'), citationOf('Two.', { published: '2021-05-19' })]);
    for (const language of LANGUAGES) {
      const spoken = textsFor(language);
      const { headline, sources } = readCard(answerCard(given, { ...VIEW, texts: spoken }));
      expect(headline).toBe(`✅ ${spoken.say('answer.answered')} · ${spoken.say('answer.sure', { percent: 90 })}`);
      expect(sources[0]?.facts).toBe(spoken.say('answer.undated'));
    }
  });

  test('shows what answers the question in bold, unless it is all there is', () => {
    const given = {
      ...citationOf('They met in Reykjavik on Wednesday'),
      highlights: [
        { start: 5, end: 8 },
        { start: 12, end: 21 },
      ],
    };

    expect(readCard(answerCard(answerOf([given]), VIEW)).sources[0]?.markdown).toBe(
      '> They **met** in **Reykjavik** on Wednesday',
    );
    const all = { ...citationOf('They met.'), highlights: [{ start: 0, end: 9 }] };
    expect(readCard(answerCard(answerOf([all]), VIEW)).sources[0]?.markdown).toBe('> They met.');
  });

  test('shortens three quotes, titles, publishers and questions of maximum length so that all of them fit', () => {
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
    const { sources } = readCard(card);
    expect(sources).toHaveLength(3);
    for (const { quote } of sources) expect(quote?.text.length).toBeGreaterThan(50);
  });

  test('says which of several questions a source was found for', () => {
    const one = { ...citationOf('One.'), question: 'Where did they meet?' };
    const two = { ...citationOf('Two.'), question: 'x'.repeat(2_000) };
    const { sources } = readCard(answerCard(answerOf([one, two]), VIEW));

    expect(sources.map(({ above }) => above)).toEqual(['For “Where did they meet?”', `For “${'x'.repeat(99)}…”`]);
    expect(readCard(answerCard(answerOf([citationOf('One.')]), VIEW)).sources[0]?.above).toBeNull();
  });

  test('pings nobody and formats nothing, whatever was asked', () => {
    const evil = '@everyone <@123456789012345678> **bold** ||hidden|| [link](https://evil.example) \u202e# x';
    const notes: AnswerNote[] = [
      { kind: 'follow-up', earlier: evil },
      { kind: 'parts', parts: [{ question: evil, outcome: 'answered', confidence: null }], skipped: 0 },
      { kind: 'spelling', typed: evil, read: evil },
    ];
    const one = { ...citationOf('One.'), question: evil };
    const card = answerCard({ ...answerOf([one]), notes }, { ...VIEW, query: evil });

    expectAccepted(card);
    const shown = asShown(evil);
    const answered = readCard(card);
    expect(answered.query).toBe(shown);
    const [followUp = '', several = '', spelling = ''] = answered.notes;
    expect(readEscaped(followUp)).toBe(`Treated as a follow-up to “${shown}”.`);
    expect(readEscaped(several.replace('You asked several questions at once: ', ''))).toBe(`“${shown}” was answered.`);
    expect(readEscaped(spelling)).toBe(`Searched for “${shown}” instead of “${shown}”.`);
    // Only the beginning of the question fits.
    expect(`For “${shown}`).toContain(readEscaped(answered.sources[0]?.above ?? '').replace(/…”$/, ''));
  });

  test('shows the beginning of a quote in which every word matches', () => {
    const quote = 'barrels '.repeat(900).trim();
    const given = { ...citationOf(quote), matches: [{ start: 0, end: quote.length }] };
    const { sources } = readCard(answerCard(answerOf([given]), VIEW));

    expect(sources[0]?.quote).toMatchObject({ isCut: true, text: expect.stringMatching(/^barrels barrels/) });
  });

  test('marks the cut in a long quote that contains invisible characters', () => {
    const quote = `${'\u202e'.repeat(10)}${'word '.repeat(1_200)}`.trim();
    const { sources } = readCard(answerCard(answerOf([citationOf(quote)]), VIEW));

    expect(sources[0]?.quote?.text.length).toBeLessThan(asShown(quote).length);
    expect(sources[0]?.quote?.isCut).toBe(true);
  });

  test('never ends with half a character', () => {
    for (const before of [10, 11]) {
      const quote = `${'\u202e'.repeat(before)}${'😀'.repeat(3_000)}`;
      const { sources } = readCard(answerCard(answerOf([citationOf(quote)]), VIEW));

      expect(sources[0]?.markdown).toMatch(/^> (?:😀)+ …$/u);
    }
  });

  test('never cuts a title between a backslash and the character it escapes', () => {
    for (const title of ['*'.repeat(300), `x${'*'.repeat(300)}`]) {
      const { sources } = readCard(answerCard(answerOf([citationOf('One', { title })]), VIEW));
      expect(sources[0]?.title).toMatch(/^x?\*{90,100}…$/);
    }
  });
});

test('a card of plain text contains nothing but the text', () => {
  expect(bodyOf(textCard('x'))).toEqual({
    components: [{ type: 10, content: 'x' }],
    flags: 1 << 15,
    allowed_mentions: { parse: [], replied_user: false },
  });
});
