import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import { FakeDiscord, type FakeDiscordOptions } from '../fake/fake-discord.js';
import type { WaitOptions } from '../fake/journal.js';
import { type BotProcess, startBot } from './bot-process.js';
import type { IndexedFolder } from './indexed-folder.js';
import { textOf } from './shown-message.js';

/** How a test sets up the bot and the fake Discord that it talks to. */
export interface BotOptions {
  readonly fake?: FakeDiscordOptions;
  /** Environment variables of the bot's process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The bot in a process of its own, connected to a fake Discord of its own. */
export interface RunningBot {
  readonly fake: FakeDiscord;
  readonly folder: IndexedFolder;
  /** The process that runs now; after a restart, the new one. */
  readonly process: BotProcess;
  /** The first answer to a message. */
  answerTo(question: APIMessage): Promise<APIMessage>;
  /** The answer to a message; the test fails if there is more than one. */
  onlyAnswerTo(question: APIMessage, options?: WaitOptions): Promise<APIMessage>;
  /** The latest answer in a thread or in direct messages, where it replies to no message, once it contains a text. */
  answerIn(channelId: string, text: string): Promise<APIMessage>;
  /** Stops the process, unless it has ended, and starts another on the same folder and the same fake Discord. */
  restart(): Promise<void>;
  /** Stops the bot and the fake; the test fails if the bot broke a rule of Discord or logged its token. */
  end(): Promise<void>;
}

/** In the tests two people ask everything, more often than the default limits allow. */
const GENEROUS_LIMITS = { FOOTNOTE_PERSON_LIMIT: '10000', FOOTNOTE_SERVER_LIMIT: '10000' };

/** Starts a fake Discord and the bot on it, and waits until the bot is ready. */
export async function startBotOn(folder: IndexedFolder, options: BotOptions = {}): Promise<RunningBot> {
  const { seeds, index } = folder;
  const env = { ...GENEROUS_LIMITS, ...options.env };
  const fake = await FakeDiscord.start(options.fake);
  const processes: BotProcess[] = [];
  const start = async () => {
    const started = await startBot({ fake, seeds, index, env });
    processes.push(started);
    await started.ready();
    return started;
  };
  const stop = async () => {
    for (const started of processes) await started.stop();
    await fake.stop();
  };
  let current: BotProcess;
  try {
    current = await start();
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    fake,
    folder,
    get process() {
      return current;
    },
    async answerTo({ id }) {
      const [answer] = await fake.answersTo(id);
      if (answer === undefined) throw new Error('There is no answer');
      return answer;
    },
    async onlyAnswerTo({ id }, wait) {
      const answers = await fake.answersTo(id, wait);
      expect(answers).toHaveLength(1);
      return answers[0] as APIMessage;
    },
    answerIn: (channelId, text) =>
      fake.waitFor(`an answer in ${channelId}`, () =>
        fake.messagesIn(channelId).findLast((one) => one.author.id === fake.bot.id && textOf(one).includes(text)),
      ),
    async restart() {
      await current.stop();
      current = await start();
    },
    async end() {
      await stop();
      expect(fake.violations).toEqual([]);
      for (const { stdout, stderr } of processes) {
        expect(stderr).not.toContain(fake.token);
        expect(stdout).toBe('');
      }
    },
  };
}
