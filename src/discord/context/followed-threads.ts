import {
  type AnyThreadChannel,
  type APIMessage,
  type REST,
  type RESTGetAPIChannelMessagesResult,
  Routes,
  type Snowflake,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Community } from '../../community/community.js';
import { SOLVED_TAG } from '../../text/english.js';
import { setBounded } from './bounded-map.js';

/** A thread in which the bot has answered someone, who needs no mention for the next questions. */
export interface FollowedThread {
  readonly askerId: Snowflake;
  /** The bot's latest message in it. */
  readonly lastAnswerId: Snowflake;
  /** Whether the asker has marked an answer right, and so needs no more. */
  readonly isOver: boolean;
}

/** What it takes to find out whose questions to answer in a thread. */
interface ThreadReaderDeps {
  readonly rest: () => REST;
  readonly community: Pick<Community, 'votes'>;
  readonly log: Logger;
}

const MAX_THREADS = 500;
/** How far back in a thread the bot's answers are looked for. */
const MAX_MESSAGES = 50;

/** Remembers the threads that the bot follows. What it has forgotten it reads again from Discord. */
export class FollowedThreads {
  /** Resolves with null for threads that it does not follow. */
  readonly #threads = new Map<Snowflake, Promise<FollowedThread | null>>();

  /** Returns the thread if someone's questions in it need no mention; otherwise null. */
  async get(thread: AnyThreadChannel, personId: Snowflake, deps: ThreadReaderDeps): Promise<FollowedThread | null> {
    if (isSolved(thread) || mayNotBeAsker(thread, personId)) return null;
    const known = this.#threads.get(thread.id) ?? loadThread(thread, deps);
    setBounded(this.#threads, thread.id, known, MAX_THREADS);
    const followed = await known;
    return followed === null || followed.isOver || followed.askerId !== personId ? null : followed;
  }

  /** Call it for every answer of the bot in a thread. */
  noteAnswer(threadId: Snowflake, messageId: Snowflake): void {
    const known = this.#threads.get(threadId);
    if (known === undefined) return;
    // A thread that had no answer is read again.
    const noted = known.then((followed) => (followed === null ? null : { ...followed, lastAnswerId: messageId }));
    this.#threads.set(threadId, noted);
    void noted.then((followed) => {
      if (followed === null) this.forget(threadId);
    });
  }

  /** Call it when someone has marked an answer in a thread right, or has taken that back. */
  forget(threadId: Snowflake): void {
    this.#threads.delete(threadId);
  }
}

function isSolved({ appliedTags, parent }: AnyThreadChannel): boolean {
  if (parent === null || !parent.isThreadOnly()) return false;
  const applied = parent.availableTags.filter(({ id }) => appliedTags.includes(id));
  return applied.some(({ name, emoji }) => SOLVED_TAG.test(name) || SOLVED_EMOJI.has(emoji?.name ?? ''));
}

const SOLVED_EMOJI: ReadonlySet<string> = new Set(['✅', '☑️', '✔️']);

/** Whether it is certain, without asking Discord, that a person is not the one who asked in a thread. */
function mayNotBeAsker({ parent, ownerId, client }: AnyThreadChannel, personId: Snowflake): boolean {
  return parent?.isThreadOnly() === true ? ownerId !== personId : ownerId !== client.user.id;
}

/** Where Discord refuses to show what is needed, nothing is followed. */
async function loadThread(thread: AnyThreadChannel, deps: ThreadReaderDeps): Promise<FollowedThread | null> {
  try {
    return await readThread(thread, deps);
  } catch (error) {
    deps.log.debug({ err: error, thread: thread.id }, 'could not read a thread');
    return null;
  }
}

async function readThread(
  thread: AnyThreadChannel,
  { rest, community }: ThreadReaderDeps,
): Promise<FollowedThread | null> {
  const askerId = await askerOf(thread, rest());
  if (askerId === null) return null;
  const query = new URLSearchParams({ limit: String(MAX_MESSAGES) });
  const messages = (await rest().get(Routes.channelMessages(thread.id), { query })) as RESTGetAPIChannelMessagesResult;
  const answers = messages.filter(({ author }) => author.id === thread.client.user.id).map(({ id }) => id);
  const [lastAnswerId] = answers;
  if (lastAnswerId === undefined) return null;
  return { askerId, lastAnswerId, isOver: community.votes.hasRight(answers, askerId) };
}

/** Who opened a forum post, or asked the question that the bot opened a thread for. Null for other threads. */
async function askerOf(thread: AnyThreadChannel, rest: REST): Promise<Snowflake | null> {
  const { id, ownerId, parentId, parent, client } = thread;
  if (parent?.isThreadOnly() === true) return ownerId;
  if (ownerId !== client.user.id || parentId === null) return null;
  const question = (await rest.get(Routes.channelMessage(parentId, id))) as APIMessage;
  return question.author.id;
}
