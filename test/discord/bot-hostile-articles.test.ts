import type { APIEmbed, APIMessage } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bulkOf, HOSTILE_ARTICLES } from './hostile-articles.js';
import {
  type IndexedFolder,
  indexSeeds,
  type RunningBot,
  readPassages,
  runBot,
  type StoredPassage,
} from './running-bot.js';
import { writeSeed, writeSeeds } from './seeds.js';
import { asShown, readBlockQuote, readEscaped } from './shown-text.js';

let folder: IndexedFolder;
let running: RunningBot;
let passages: StoredPassage[];

beforeAll(async () => {
  folder = await indexSeeds((seeds) => {
    writeSeeds(seeds);
    writeSeed(seeds, 'hostile.jsonl', bulkOf(HOSTILE_ARTICLES));
  });
  passages = readPassages(folder);
  running = await runBot(folder);
});

afterEach(() => {
  // Limits, mentions and everything else that the fake holds against Discord's rules.
  expect(running.fake.violations).toEqual([]);
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

describe.each(HOSTILE_ARTICLES)('an article of $id', ({ id, question }) => {
  const own = (): StoredPassage[] => passages.filter(({ article }) => article.file === `hostile.jsonl#${id}`);

  test('is quoted word for word in an answer', async () => {
    const asked = running.fake.say({ content: question, mentionsBot: true });
    const [answer] = await running.fake.answersTo(asked.id);

    expectHarmless(answer);
    const texts = [...new Set(passages.map(({ article }) => article.text))].map(asShown);
    const quotes = (answer?.embeds ?? []).map(({ description }) => readBlockQuote(description ?? ''));
    expect(quotes.length).toBeGreaterThan(0);
    for (const { text } of quotes) expect(texts.some((whole) => whole.includes(text))).toBe(true);
    const ownText = asShown(own()[0]?.article.text ?? '');
    expect(quotes.some(({ text }) => text.length > 20 && ownText.includes(text))).toBe(true);
  });

  test('shows each of its passages word for word', async () => {
    expect(own().length).toBeGreaterThan(0);
    for (const passage of own()) {
      const response = await find(`passage:${passage.id}`);

      expectHarmless(response);
      expectBeginning(response.embeds[0], passage.text);
    }
  });

  test('shows how it begins', async () => {
    const response = await find(`article:${own()[0]?.article.id}`);

    expectHarmless(response);
    const { text } = readBlockQuote(response.embeds[0]?.description ?? '');
    expect(asShown(own()[0]?.article.text ?? '')).toContain(text);
  });

  test('is harmless in a list of passages', async () => {
    const response = await find(question);

    expectHarmless(response);
    readEscaped(response.embeds[0]?.description ?? '');
  });

  test('is harmless as a choice', async () => {
    const words = question
      .split(' ')
      .find((word) => /^(walrus|narwhal|puffin|heron|otter|mole|badgers|stork)$/.test(word));
    const typed = running.fake.autocomplete({ name: 'find', options: { words: words ?? '' }, focused: 'words' });
    const choices = await typed.choices();

    expect(choices.length).toBeGreaterThan(0);
    for (const { name } of choices) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(name).toBe(asShown(name).replaceAll('\n', ' '));
      expect(isWellFormed(name)).toBe(true);
    }
  });
});

test('a question that is itself hostile pings nobody and formats nothing', async () => {
  const words = `@everyone <@${running.fake.reader.id}> **bold** ||hidden|| [link](https://evil.example) \u202e# walrus`;
  const response = await find(words);

  expectHarmless(response);
  expect(readEscaped(response.content)).toContain('@everyone');
});

test('two questions that are hostile themselves are answered, pinging nobody and formatting nothing', async () => {
  const [first, second] = [
    `Who is called to the walrus assembly, @everyone <@${running.fake.reader.id}> **bold**?`,
    'Where does the heron guide lead, ||hidden|| [link](https://evil.example) \u202e# x?',
  ];
  const response = await running.fake.slash({ name: 'ask', options: { question: `${first} ${second}` } }).response();

  expectHarmless(response);
  const [, ...notes] = response.content.split('\n');
  const shown = notes.map(readEscaped).join('\n');
  expect(shown).toContain(`Several questions in one: “${first}”`);
  expect(shown).toContain(`“${asShown(second)}”`);
  const parts = response.embeds.map(({ author }) => author?.name);
  expect(parts).toContain(`To “${first}”`);
  expect(parts).toContain(`To “${asShown(second)}”`);
});

function find(words: string): Promise<APIMessage> {
  return running.fake.slash({ name: 'find', options: { words } }).response();
}

/** Titles and footers are escaped or shown as they are, no text is half a character, nobody is mentioned. */
function expectHarmless(message: APIMessage | undefined): void {
  expect(message?.mentions).toEqual([]);
  expect(message?.mention_everyone).toBe(false);
  for (const { title = '', description = '', footer, url } of message?.embeds ?? []) {
    for (const text of [title, description, footer?.text ?? '']) {
      expect(isWellFormed(text)).toBe(true);
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }
    if (url !== undefined) expect(new URL(url).host).toBe('example.org');
    expect(title).not.toMatch(/(?<!\\)[*_~`|<#@]/);
    expect(footer?.text ?? '').not.toContain('\n');
  }
}

/** The description is a text, or its beginning with the sign that something was left out. */
function expectBeginning(embed: APIEmbed | undefined, whole: string): void {
  const { text, isCut } = readBlockQuote(embed?.description ?? '');
  if (isCut) expect(asShown(whole).startsWith(text)).toBe(true);
  else expect(text).toBe(asShown(whole));
}

function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
