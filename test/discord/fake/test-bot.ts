import {
  ActionRowBuilder,
  type ApplicationCommandDataResolvable,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  Options,
  Partials,
  type RESTOptions,
} from 'discord.js';
import { afterEach, beforeEach } from 'vitest';
import { FakeDiscord, type FakeDiscordOptions } from './fake-discord.js';

/** The fake of the running test; see `useFakeDiscord`. */
export let fake: FakeDiscord;
let client: Client | undefined;

/** Gives every test of the file a new fake, and stops it afterwards. To be called once, at the top of a test file. */
export function useFakeDiscord(): void {
  beforeEach(async () => {
    fake = await FakeDiscord.start();
  });

  afterEach(async () => {
    await disconnect();
    await fake.stop();
  });
}

/** What the test's bot does, and how it differs from a usual client. */
export interface Behaviour {
  /** Called for messages of people. */
  readonly onMessage?: (message: Message) => Promise<void>;
  readonly onInteraction?: (interaction: Interaction) => Promise<void>;
  readonly options?: Partial<ClientOptions>;
  readonly rest?: Partial<RESTOptions>;
}

/** Caches no messages. discord.js itself ignores the MESSAGE_CREATE of a message in its cache. */
export const FORGETFUL: Partial<ClientOptions> = { makeCache: Options.cacheWithLimits({ MessageManager: 0 }) };

/** A command with a person and a channel to choose, which no bot has unless a test registers it. */
export const RECOMMEND: ApplicationCommandDataResolvable = {
  name: 'recommend',
  description: 'Recommend an article',
  options: [
    { type: ApplicationCommandOptionType.User, name: 'reader', description: 'To whom' },
    { type: ApplicationCommandOptionType.Channel, name: 'channel', description: 'Where', channelTypes: [0, 5] },
  ],
};

/** The commands of every bot: /ask, /find and the message command "Find the source". */
const COMMANDS: readonly ApplicationCommandDataResolvable[] = [
  {
    name: 'ask',
    description: 'Ask the articles',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'question',
        description: 'What to ask',
        required: true,
        maxLength: 500,
      },
    ],
  },
  {
    name: 'find',
    description: 'Find an article',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'article',
        description: 'Its title',
        required: true,
        autocomplete: true,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'kind',
        description: 'Its kind',
        choices: [{ name: 'News', value: 'news' }],
      },
    ],
  },
  { name: 'Find the source', type: ApplicationCommandType.Message },
];

/** Replaces the test's fake by one with other options. */
export async function restart(options: FakeDiscordOptions): Promise<void> {
  await fake.stop();
  fake = await FakeDiscord.start(options);
}

/** Logs a small discord.js bot in and registers its commands. An error in its behaviour becomes a violation. */
export async function connect({ onMessage, onInteraction, options, rest }: Behaviour): Promise<Client> {
  const bot = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    enforceNonce: true,
    rest: { api: fake.api, ...rest },
    // discord.js waits 5 s between two IDENTIFYs.
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
    ...options,
  });
  client = bot;
  const failed = (error: unknown) => fake.violations.push(`the test's bot failed: ${String(error)}`);
  bot.on(Events.MessageCreate, (message) => {
    if (!message.author.bot) onMessage?.(message).catch(failed);
  });
  bot.on(Events.InteractionCreate, (interaction) => void onInteraction?.(interaction).catch(failed));
  await bot.login(fake.token);
  await bot.application?.commands.set(COMMANDS);
  return bot;
}

/** Logs the bot out. Every test ends with that. */
export async function disconnect(): Promise<void> {
  await client?.destroy();
  client = undefined;
}

/** Answers every message with what it said. */
export async function echo(message: Message): Promise<void> {
  await message.reply(`You said: ${message.content}`);
}

/** A row of buttons with these custom ids. */
export function buttons(...customIds: string[]): ActionRowBuilder<ButtonBuilder> {
  const made = customIds.map((id) => new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Secondary));
  return new ActionRowBuilder<ButtonBuilder>().addComponents(made);
}

/** Sends a request with the bot's token but without discord.js, and returns the JSON of the answer. */
export async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${fake.api}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return response.status === 204 ? undefined : response.json();
}
