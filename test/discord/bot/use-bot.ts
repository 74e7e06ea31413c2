// Setup for the tests that talk to a running bot. Each function registers the hooks and returns at once; what it
// returns can be used from the first test on, and in hooks that are registered after it.
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type IndexedFolder, indexSeeds } from './indexed-folder.js';
import { type BotSetup, RunningBot } from './running-bot.js';
import { writeSeeds } from './seeds.js';

/** Writes the articles of a test file into a folder. */
export type WriteSeeds = (folder: string) => void;

/** Articles that are indexed before the tests and removed after them. */
export interface Articles {
  readonly folder: IndexedFolder;
}

/** The running bot of the current test; the hooks start and end it. */
export type Bot = Omit<RunningBot, 'end'>;

/** What a bot is started with. */
export interface UseBotOptions extends BotSetup {
  /** Default: the articles of `seeds.ts`. */
  readonly seeds?: WriteSeeds;
  /** Starts the bot on these articles, which it shares with other bots or with hooks of the test file. */
  readonly articles?: Articles;
}

/** Indexes articles before the tests and removes them afterwards, for tests that start the bot themselves. */
export function useArticles(seeds: WriteSeeds = writeSeeds): Articles {
  let folder: IndexedFolder | undefined;
  beforeAll(async () => {
    folder = await indexSeeds(seeds);
  });
  afterAll(() => folder?.remove());
  return {
    get folder() {
      return ready(folder);
    },
  };
}

/**
 * Starts one bot for all tests of a file, or of the `describe` block it is called in. After each test the faults of
 * the fake are cleared, and the test fails if the bot has broken a rule of Discord.
 */
export function useBot({ seeds, articles = useArticles(seeds), ...options }: UseBotOptions = {}): Bot {
  let bot: RunningBot | undefined;
  beforeAll(async () => {
    bot = await RunningBot.start(articles.folder, options);
  });
  afterEach(() => {
    bot?.fake.faults.clear();
    expect(bot?.fake.violations ?? []).toEqual([]);
  });
  afterAll(() => bot?.end());
  return botOf(() => ready(bot));
}

/** Starts a new bot for each test, on its own copy of the articles and their index. */
export function useBotForEach({ seeds, articles = useArticles(seeds), ...options }: UseBotOptions = {}): Bot {
  let folder: IndexedFolder | undefined;
  let bot: RunningBot | undefined;
  beforeEach(async () => {
    folder = articles.folder.copy();
    bot = await RunningBot.start(folder, options);
  });
  afterEach(async () => {
    await bot?.end();
    bot = undefined;
    folder?.remove();
  });
  return botOf(() => ready(bot));
}

/** Reads everything from the bot that runs when it is used. */
function botOf(current: () => RunningBot): Bot {
  return {
    get fake() {
      return current().fake;
    },
    get folder() {
      return current().folder;
    },
    get process() {
      return current().process;
    },
    answerTo: (...args) => current().answerTo(...args),
    onlyAnswerTo: (...args) => current().onlyAnswerTo(...args),
    answerIn: (...args) => current().answerIn(...args),
    restart: () => current().restart(),
  };
}

function ready<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('It is set up before the tests run: use it in a test or in a later hook');
  return value;
}
