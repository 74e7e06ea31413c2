import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import { FakeDiscord, type FakeDiscordOptions } from '../fake/fake-discord.js';
import type { WaitOptions } from '../fake/journal.js';
import { type BotProcess, startBot } from './bot-process.js';
import type { IndexedFolder } from './indexed-folder.js';
import { textOf } from './shown-message.js';

/** How a test sets up the bot and the fake Discord that it talks to. */
export interface BotSetup {
  readonly fake?: FakeDiscordOptions;
  /** Environment variables of the bot's process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** In the tests, two people ask all the questions, more often than the default limits allow. */
const GENEROUS_LIMITS = { FOOTNOTE_PERSON_LIMIT: '10000', FOOTNOTE_SERVER_LIMIT: '10000' };

/** The bot in its own process, connected to its own fake Discord. */
export class RunningBot {
  readonly #env: Readonly<Record<string, string>>;
  /** In the order in which they were started: the last one is running. */
  readonly #processes: BotProcess[] = [];

  private constructor(
    readonly folder: IndexedFolder,
    readonly fake: FakeDiscord,
    env: Readonly<Record<string, string>> = {},
  ) {
    this.#env = { ...GENEROUS_LIMITS, ...env };
  }

  /** Starts a fake Discord and the bot on it, and waits until the bot is ready. */
  static async start(folder: IndexedFolder, { fake, env }: BotSetup = {}): Promise<RunningBot> {
    const bot = new RunningBot(folder, await FakeDiscord.start(fake), env);
    try {
      await bot.#startProcess();
    } catch (error) {
      await bot.#stop();
      throw error;
    }
    return bot;
  }

  /** The process that is running; after a restart, the new one. */
  get process(): BotProcess {
    const current = this.#processes.at(-1);
    if (current === undefined) throw new Error('The bot was not started');
    return current;
  }

  /** The first answer to a message. */
  async answerTo({ id }: APIMessage): Promise<APIMessage> {
    const [answer] = await this.fake.answersTo(id);
    if (answer === undefined) throw new Error('There is no answer');
    return answer;
  }

  /** The answer to a message; the test fails if there is more than one. */
  async onlyAnswerTo({ id }: APIMessage, options?: WaitOptions): Promise<APIMessage> {
    const answers = await this.fake.answersTo(id, options);
    expect(answers).toHaveLength(1);
    return answers[0] as APIMessage;
  }

  /** The latest answer in a thread or in direct messages, where it replies to no message, once it contains a text. */
  answerIn(channelId: string, text: string): Promise<APIMessage> {
    const { fake } = this;
    return fake.waitFor(`an answer in ${channelId}`, () =>
      fake.messagesIn(channelId).findLast((one) => one.author.id === fake.bot.id && textOf(one).includes(text)),
    );
  }

  /** Stops the process, unless it has ended, and starts another on the same folder and the same fake Discord. */
  async restart(): Promise<void> {
    await this.process.stop();
    await this.#startProcess();
  }

  /** Stops the bot and the fake; the test fails if the bot broke a rule of Discord or logged its token. */
  async end(): Promise<void> {
    await this.#stop();
    expect(this.fake.violations).toEqual([]);
    for (const { stdout, stderr } of this.#processes) {
      expect(stderr).not.toContain(this.fake.token);
      expect(stdout).toBe('');
    }
  }

  async #startProcess(): Promise<void> {
    const { seeds, index } = this.folder;
    this.#processes.push(await startBot({ fake: this.fake, seeds, index, env: this.#env }));
    await this.process.ready();
  }

  async #stop(): Promise<void> {
    for (const started of this.#processes) await started.stop();
    await this.fake.stop();
  }
}
