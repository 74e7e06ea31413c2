import type { APIMessage } from 'discord-api-types/v10';
import { beforeAll, describe, expect, test } from 'vitest';
import { readPassages, type StoredPassage } from '../bot/indexed-folder.js';
import { writeSeed, writeSeeds } from '../bot/seeds.js';
import { paragraphsOf, readAnswer, readSource, readSourceLine } from '../bot/shown-answer.js';
import { textOf } from '../bot/shown-message.js';
import { activeIn, asShown, readBlockQuote, readEscaped } from '../bot/shown-text.js';
import { useBot } from '../bot/use-bot.js';
import { expectBeginning, expectGoodLink } from '../cards/card-rules.js';
import { bulkOf, HOSTILE_ARTICLES, STRUCTURED } from './hostile-articles.js';

const bot = useBot({
  seeds: (folder) => {
    writeSeeds(folder);
    writeSeed(folder, 'hostile.jsonl', bulkOf(HOSTILE_ARTICLES));
    writeSeed(folder, STRUCTURED.file, STRUCTURED.text);
  },
});
let passages: StoredPassage[];

beforeAll(() => {
  passages = readPassages(bot.folder);
});

describe.each(HOSTILE_ARTICLES)('a hostile article ($id)', ({ id, question, laidOut }) => {
  const own = (): StoredPassage[] => passages.filter(({ article }) => article.file === `hostile.jsonl#${id}`);

  test('is quoted word for word in an answer', async () => {
    const asked = bot.fake.say({ content: question, mentionsBot: true });
    const [answer] = await bot.fake.answersTo(asked.id);

    expectHarmless(answer);
    const texts = [...new Set(passages.map(({ article }) => article.text)), laidOut ?? ''].map(withoutBlankLines);
    const { sources } = readAnswer(answer);
    const quotes = sources.map(({ quote }) => withoutBlankLines(quote?.text ?? ''));
    expect(quotes.length).toBeGreaterThan(0);
    for (const source of sources) expectGoodLink(source);
    for (const quote of quotes) expect(texts.some((whole) => whole.includes(quote))).toBe(true);
    const ownText = withoutBlankLines(laidOut ?? own()[0]?.article.text ?? '');
    expect(quotes.some((quote) => quote.length > 20 && ownText.includes(quote))).toBe(true);
  });

  test('shows each of its passages word for word', async () => {
    expect(own().length).toBeGreaterThan(0);
    for (const passage of own()) {
      const response = await find(`passage:${passage.id}`);

      expectHarmless(response);
      const source = readSource(textOf(response));
      expectGoodLink(source);
      expectBeginning(source.quote, laidOut ?? passage.text);
    }
  });

  test('shows its passages in order', async () => {
    const response = await find(`article:${own()[0]?.article.id}`);

    expectHarmless(response);
    const [heading, , ...quotes] = paragraphsOf(response);
    expectGoodLink(readSourceLine(heading?.text ?? ''));
    // A page shows as many passages as fit.
    expect(quotes.length).toBeGreaterThan(0);
    expect(quotes.length).toBeLessThanOrEqual(Math.min(3, own().length));
    for (const [index, { text }] of quotes.entries())
      expectBeginning(readBlockQuote(text), laidOut ?? own()[index]?.text ?? '');
  });

  test('is harmless in a list of passages', async () => {
    const response = await find(question);

    expectHarmless(response);
    const [query, , ...openings] = paragraphsOf(response);
    expect(openings.length).toBeGreaterThan(0);
    // The headings of a passage are in small print.
    for (const { text } of [...(query ? [query] : []), ...openings]) readEscaped(text.replace(/^-# /m, ''));
  });

  test('is harmless as a suggestion', async () => {
    const words = question
      .split(' ')
      .find((word) => /^(walrus|narwhal|puffin|heron|otter|mole|badgers|stork)$/.test(word));
    const typed = bot.fake.autocomplete({ name: 'find', options: { words: words ?? '' }, focused: 'words' });
    const choices = await typed.choices();

    expect(choices.length).toBeGreaterThan(0);
    for (const { name } of choices) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(name).toBe(asShown(name).replaceAll('\n', ' '));
      expect(name.isWellFormed()).toBe(true);
    }
  });
});

describe('a hostile article with a list, code and a table', () => {
  test('shows them with their structure, and nothing in them pings, links or formats', async () => {
    const own = passages.filter(({ article }) => article.file === STRUCTURED.file);
    expect(own).toHaveLength(1);
    const passage = await find(`passage:${own[0]?.id}`);
    const article = await find(`article:${own[0]?.article.id}`);

    for (const shown of [passage, article]) {
      expectHarmless(shown);
      expect(bot.fake.pinged(shown.id)).toEqual([]);
    }
    const source = readSource(textOf(passage));
    expectGoodLink(source);
    expect(source.markdown).toBe(STRUCTURED.quote);
    expect(source.path).toBeNull();
    expect(source.links).toEqual([{ words: 'the catalogue of @everyone', address: 'https://evil.example/nitro' }]);
    expect(paragraphsOf(article).at(-1)?.text).toBe(STRUCTURED.quote);
  });

  test.each(STRUCTURED.answers)('is quoted with what introduces the quote: $question', async ({ question, quote }) => {
    const answer = await bot.answerTo(bot.fake.say({ content: question, mentionsBot: true }));

    expectHarmless(answer);
    const [source] = readAnswer(answer).sources;
    const compact = (markdown: string): string => markdown.replaceAll('**', '').replaceAll('\n> \n', '\n');
    const shown = compact(source?.markdown ?? '');
    expect(compact(STRUCTURED.quote).endsWith(shown.replace(/^> /, ''))).toBe(true);
    // The heading is quoted too, or stands above.
    expect(source?.path === 'Feeding @everyone' || shown.includes('Feeding')).toBe(true);
    for (const line of quote.split('\n').filter((one) => one !== '> …')) expect(shown).toContain(line.trim());
  });
});

test('hostile words in /find ping nobody and format nothing', async () => {
  const words = `@everyone <@${bot.fake.reader.id}> **bold** ||hidden|| [link](https://evil.example) \u202e# walrus`;
  const response = await find(words);

  expectHarmless(response);
  expect(readEscaped(paragraphsOf(response)[0]?.text ?? '')).toBe(asShown(words));
});

test('two hostile questions are answered, ping nobody and format nothing', async () => {
  const [first, second] = [
    `Who is called to the walrus assembly, @everyone <@${bot.fake.reader.id}> **bold?`,
    'Where does the heron guide lead, ||hidden [link](https://evil.example) \u202e# x?',
  ];
  // Mentions and links are not searched for, so the parts are shown without them.
  const [firstPart, secondPart] = [
    'Who is called to the walrus assembly, **bold?',
    'Where does the heron guide lead, ||hidden link # x?',
  ];
  const response = await bot.fake.slash({ name: 'ask', options: { question: `${first} ${second}` } }).response();

  expectHarmless(response);
  const { query, notes, sources } = readAnswer(response);
  expect(query).toBe(asShown(`${first} ${second}`));
  const [parts = ''] = notes;
  expect(activeIn(parts)).toBe(
    activeIn('You asked several questions at once: “x” was answered (9% sure); “x” was answered (9% sure).'),
  );
  expect(parts.replaceAll('\\', '')).toContain(`You asked several questions at once: “${firstPart}”`);
  expect(parts.replaceAll('\\', '')).toContain(`“${secondPart}”`);
  const above = sources.map((source) => readEscaped(source.above ?? ''));
  expect(above).toContain(`For “${firstPart}”`);
  expect(above).toContain(`For “${secondPart}”`);
});

function find(words: string): Promise<APIMessage> {
  return bot.fake.slash({ name: 'find', options: { words } }).response();
}

/** Expects a message without pings, half characters, direction overrides and links to other sites. */
function expectHarmless(message: APIMessage | undefined): void {
  expect(message?.mentions).toEqual([]);
  expect(message?.mention_everyone).toBe(false);
  expect(message?.embeds).toEqual([]);
  for (const { text } of paragraphsOf(message)) {
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    for (const [, address = ''] of text.matchAll(/(?<!\\)\]\(<([^>]*)>\)/g))
      expect(new URL(address).host).toBe('example.org');
  }
}

/** A text as it may be shown. Between its paragraphs there may be any number of blank lines. */
function withoutBlankLines(text: string): string {
  return asShown(text).replace(/\n{2,}/g, '\n');
}
