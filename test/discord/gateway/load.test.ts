import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type APIMessage, InteractionResponseType } from 'discord-api-types/v10';
import { beforeAll, expect, test } from 'vitest';
import { childrenOf } from '../bot/child-processes.js';
import { ANSWERED_QUESTION, NEAR_QUESTIONS, NOT_FOUND_QUESTION } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { useArticles, useBot } from '../bot/use-bot.js';
import type { InteractionHandle } from '../fake/people/interaction-handle.js';

const QUESTIONS = 200;
const PEOPLE = 50;
const BURST_MS = 10_000;
/** After every third question somebody types into a command. */
const TYPING_EVERY = 3;
/** Memory may differ this much between two bursts, because of garbage that is not collected yet. */
const MAX_GROWTH_MB = 100;
const PATIENT = { timeoutMs: 30_000 };
const HEADLINES: Readonly<Record<string, string>> = {
  answered: '**Answered**',
  closest: '**Perhaps**',
  'not-found': '**Not found.**',
};
const ALL_QUESTIONS = [
  ANSWERED_QUESTION,
  NOT_FOUND_QUESTION,
  'What does the crossing to the island cost?',
  'How long is rye dough buried in hot sand?',
  'How much does the lens of the lighthouse weigh?',
  ...NEAR_QUESTIONS,
];

const articles = useArticles();
/** The right outcome of each question. */
let outcomes: string[];
beforeAll(async () => {
  outcomes = await articles.folder.outcomes(ALL_QUESTIONS);
});

const bot = useBot({ articles });
/** The ids of the people who ask. */
let people: string[];
beforeAll(() => {
  people = Array.from({ length: PEOPLE }, (_, index) => bot.fake.addUser(`reader${index}`).id);
});

/** A question that somebody asked. */
interface Asked {
  /** What the answer to it must contain. */
  readonly headline: string;
  readonly askedAtMs: number;
  readonly by: { readonly command: InteractionHandle } | { readonly message: APIMessage };
}

/** A person pastes a log of the greatest length that a message can have, again and again. */
const LOG_EVERY_MS = 400;

/** What people did within ten seconds. */
interface Burst {
  readonly asked: readonly Asked[];
  readonly typed: readonly InteractionHandle[];
}

/** Asks questions evenly over ten seconds, alternately by command and by mention, while people type in between. */
async function askInBurst(): Promise<Burst> {
  const { fake } = bot;
  const asked: Asked[] = [];
  const typed: InteractionHandle[] = [];
  const beganAt = performance.now();
  for (let index = 0; index < QUESTIONS; index++) {
    await sleep(Math.max(0, beganAt + (index * BURST_MS) / QUESTIONS - performance.now()));
    const userId = people[index % PEOPLE] ?? '';
    const question = ALL_QUESTIONS[index % ALL_QUESTIONS.length] ?? '';
    const channelId = fake.channelIds[Math.floor(index / 2) % 2] ?? '';
    const headline = HEADLINES[outcomes[index % ALL_QUESTIONS.length] ?? ''] ?? '';
    const by =
      index % 2 === 0
        ? { command: fake.slash({ name: 'ask', options: { question }, userId, channelId }) }
        : { message: fake.say({ content: question, mentionsBot: true, authorId: userId, channelId }) };
    asked.push({ headline, askedAtMs: performance.now(), by });
    if (index % TYPING_EVERY === 0)
      typed.push(
        fake.autocomplete({ name: 'find', options: { words: question.slice(0, 9) }, focused: 'words', userId }),
      );
  }
  return { asked, typed };
}

/** The bot's replies with the time they were sent, by the id of the message they answer. */
function repliesByQuestion(): Map<string, { readonly message: APIMessage; readonly atMs: number }[]> {
  const { fake } = bot;
  const sentAt = new Map(
    fake.requests.flatMap(({ body, atMs }) => {
      const id = (body as { message_reference?: { message_id?: string } } | undefined)?.message_reference?.message_id;
      return id === undefined ? [] : [[id, atMs] as const];
    }),
  );
  const replies = new Map<string, { readonly message: APIMessage; readonly atMs: number }[]>();
  for (const message of fake.channelIds.flatMap((channelId) => fake.messagesIn(channelId))) {
    const id = message.author.id === fake.bot.id ? message.message_reference?.message_id : undefined;
    if (id !== undefined) replies.set(id, [...(replies.get(id) ?? []), { message, atMs: sentAt.get(id) ?? 0 }]);
  }
  return replies;
}

/** Expects one correct answer to every question. @returns How long people waited, in milliseconds. */
async function expectAnswers({ asked, typed }: Burst): Promise<Record<'acknowledged' | 'answeredMentions', number[]>> {
  const { fake } = bot;
  const handles = [...asked.flatMap(({ by }) => ('command' in by ? [by.command] : [])), ...typed];
  const acknowledged: number[] = [];
  for (const handle of handles) acknowledged.push((await handle.acknowledged(PATIENT)).afterMs);
  const mentions = asked.flatMap((one) => ('message' in one.by ? [{ ...one, id: one.by.message.id }] : []));
  for (const { id } of mentions) await fake.answersTo(id, PATIENT);
  const replies = repliesByQuestion();
  const answeredMentions = mentions.map(({ id, headline, askedAtMs }) => {
    const [first, ...more] = replies.get(id) ?? [];
    expect(more).toEqual([]);
    expect(first === undefined ? '' : textOf(first.message)).toContain(headline);
    return (first?.atMs ?? 0) - askedAtMs;
  });
  for (const { by, headline } of asked)
    if ('command' in by) expect(textOf(await by.command.response(PATIENT))).toContain(headline);
  for (const handle of typed)
    expect((await handle.acknowledged()).type).toBe(InteractionResponseType.ApplicationCommandAutocompleteResult);
  return { acknowledged, answeredMentions };
}

/** Pastes logs until it is told to stop. @returns how many were pasted. */
async function pasteLogs(signal: AbortSignal): Promise<number> {
  const { fake } = bot;
  const authorId = fake.addUser('logger').id;
  let count = 0;
  for (; !signal.aborted; count++) {
    const lines = Array.from(
      { length: 60 },
      (_, line) => `ERROR ${count * 60 + line} harbour.pump stalled at 0x${line}f`,
    );
    fake.say({ content: `why does this happen?\n${lines.join('\n')}`.slice(0, 1_970), mentionsBot: true, authorId });
    await sleep(LOG_EVERY_MS);
  }
  return count;
}

/** The memory of the bot and of its embedding processes. */
function residentMegabytes(): { readonly bot: number; readonly model: number } {
  const { pid } = bot.process;
  const model = childrenOf(pid).reduce((total, child) => total + residentOf(child), 0);
  return { bot: residentOf(pid), model };
}

function residentOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

function summaryOf(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (share: number): string => `${Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0)} ms`;
  return `${sorted.length}: median ${quantile(0.5)}, p95 ${quantile(0.95)}, slowest ${quantile(1)}`;
}

test('two bursts of 200 questions from 50 people in ten seconds are all answered, and memory does not grow', async () => {
  const { fake } = bot;
  const memory = [];
  for (const number of [1, 2]) {
    const { acknowledged, answeredMentions } = await expectAnswers(await askInBurst());
    console.log(
      `burst ${number}: acknowledgements ${summaryOf(acknowledged)}; mentions ${summaryOf(answeredMentions)}`,
    );
    memory.push(residentMegabytes());
  }
  const [first, second] = memory.map((one) => one.bot + one.model);
  console.log(`memory after each burst in MB: ${JSON.stringify(memory)}; payloads checked: ${fake.checkedPayloads}`);

  expect((second ?? 0) - (first ?? 0)).toBeLessThan(MAX_GROWTH_MB);
  expect(bot.process.stderr).not.toMatch(/unhandled|"level":[456]0/i);
  expect(fake.violations).toEqual([]);
}, 90_000);

test('a burst is answered as well while one person pastes logs of 2,000 characters', async () => {
  const { fake } = bot;
  const ending = new AbortController();
  const pasting = pasteLogs(ending.signal);
  const { acknowledged, answeredMentions } = await expectAnswers(await askInBurst());
  ending.abort();
  console.log(
    `with ${await pasting} logs: acknowledgements ${summaryOf(acknowledged)}; mentions ${summaryOf(answeredMentions)}`,
  );

  expect(bot.process.stderr).not.toMatch(/unhandled|"level":[456]0/i);
  expect(fake.violations).toEqual([]);
}, 60_000);
