import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type APIMessage, InteractionResponseType } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IndexedFolder, indexSeeds, type RunningBot, runBot } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, NEAR_QUESTIONS, NOT_FOUND_QUESTION, writeSeeds } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import type { InteractionHandle } from '../fake/people/interaction-handle.js';

const QUESTIONS = 200;
const PEOPLE = 50;
const BURST_MS = 10_000;
/** Between two questions somebody types, this often. */
const TYPING_EVERY = 3;
/** As much as two bursts may differ by in what they leave behind, while garbage waits to be collected. */
const MOST_GROWTH_MB = 100;
const PATIENT = { timeoutMs: 30_000 };
const HEADLINES: Readonly<Record<string, string>> = {
  answered: '**Answered**',
  closest: '**Perhaps.**',
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

let folder: IndexedFolder;
let running: RunningBot;
let outcomes: string[];
let people: string[];

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  outcomes = await folder.outcomes(ALL_QUESTIONS);
  running = await runBot(folder);
  people = Array.from({ length: PEOPLE }, (_, index) => running.fake.addUser(`reader${index}`).id);
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

/** Somebody asks, and what they should be told. */
interface Asked {
  readonly headline: string;
  readonly askedAtMs: number;
  readonly by: { readonly command: InteractionHandle } | { readonly message: APIMessage };
}

interface Burst {
  readonly asked: readonly Asked[];
  readonly typed: readonly InteractionHandle[];
}

/** Questions spread evenly over ten seconds, by command and by mention in turn, with people typing in between. */
async function burst(): Promise<Burst> {
  const { fake } = running;
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

/** The answers of the bot to messages, by the message that they answer, with when they were sent. */
function repliesByQuestion(): Map<string, { readonly message: APIMessage; readonly atMs: number }[]> {
  const { fake } = running;
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
/** Sees that every question was answered once and rightly. @returns how long people waited, in milliseconds. */
async function expectAnswers({ asked, typed }: Burst): Promise<Record<'acknowledged' | 'answeredMentions', number[]>> {
  const { fake } = running;
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

/** What the bot and the process of its model hold in memory. */
function residentMegabytes(): { readonly bot: number; readonly model: number } {
  const { pid } = running.bot;
  const tasks = `/proc/${pid}/task`;
  const children = readdirSync(tasks).flatMap((task) =>
    readFileSync(join(tasks, task, 'children'), 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
  const sum = children.reduce((total, child) => total + residentOf(child), 0);
  return { bot: residentOf(pid), model: sum };
}

function residentOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

function described(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): string => `${Math.round(sorted[Math.ceil(part * sorted.length) - 1] ?? 0)} ms`;
  return `${sorted.length}: median ${at(0.5)}, p95 ${at(0.95)}, slowest ${at(1)}`;
}

test('200 questions of 50 people in ten seconds, twice: none is lost, and memory does not grow', async () => {
  const { fake, bot } = running;
  const memory = [];
  for (const number of [1, 2]) {
    const { acknowledged, answeredMentions } = await expectAnswers(await burst());
    console.log(
      `burst ${number}: acknowledgements ${described(acknowledged)}; mentions ${described(answeredMentions)}`,
    );
    memory.push(residentMegabytes());
  }
  const [first, second] = memory.map((one) => one.bot + one.model);
  console.log(`memory after each burst in MB: ${JSON.stringify(memory)}; payloads checked: ${fake.checkedPayloads}`);

  expect((second ?? 0) - (first ?? 0)).toBeLessThan(MOST_GROWTH_MB);
  expect(bot.stderr).not.toMatch(/unhandled|"level":[456]0/i);
  expect(fake.violations).toEqual([]);
}, 90_000);
