import {
  type AnyThreadChannel,
  type APIMessage,
  type REST,
  type RESTGetAPIChannelMessagesResult,
  Routes,
  type Snowflake,
} from 'discord.js';
import type { Community } from '../../community/community.js';
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
}

const MAX_THREADS = 500;
/** How far back in a thread the bot's answers are looked for. */
const MAX_MESSAGES = 50;

/** Names of tags and emoji by which people mark a forum post as solved, in the languages that the bot speaks. */
const SOLVED =
  /\b(?:solved|resolved|answered|fixed|done|closed|gelöst|erledigt|beantwortet|resuelt[oa]|solucionad[oa]|résolue?|çözüldü)(?![\p{L}])|решен[оа]?|✅|☑|✔/iu;

/** Remembers the threads that the bot follows. What it has forgotten it reads again from Discord. */
export class FollowedThreads {
  /** Null for threads that it does not follow. */
  readonly #threads = new Map<Snowflake, FollowedThread | null>();

  /** Returns whose questions the bot answers in a thread without a mention; null for nobody's. */
  async get(thread: AnyThreadChannel, bot: ThreadReaderDeps): Promise<FollowedThread | null> {
    if (isSolved(thread)) return null;
    const known = this.#threads.get(thread.id);
    const followed = known === undefined ? await loadThread(thread, bot) : known;
    setBounded(this.#threads, thread.id, followed, MAX_THREADS);
    return followed?.isOver === true ? null : followed;
  }

  /** Call it for every message of the bot in a thread. */
  noteAnswer(threadId: Snowflake, messageId: Snowflake): void {
    const known = this.#threads.get(threadId);
    if (known === undefined) return;
    if (known === null) this.#threads.delete(threadId);
    else this.#threads.set(threadId, { ...known, lastAnswerId: messageId });
  }

  /** Call it when someone has marked an answer in a thread right, or has taken that back. */
  forget(threadId: Snowflake): void {
    this.#threads.delete(threadId);
  }
}

function isSolved({ appliedTags, parent }: AnyThreadChannel): boolean {
  if (parent === null || !parent.isThreadOnly()) return false;
  const applied = parent.availableTags.filter(({ id }) => appliedTags.includes(id));
  return applied.some(({ name, emoji }) => SOLVED.test(name) || SOLVED.test(emoji?.name ?? ''));
}

async function loadThread(thread: AnyThreadChannel, bot: ThreadReaderDeps): Promise<FollowedThread | null> {
  const askerId = await askerOf(thread, bot);
  if (askerId === null) return null;
  const query = new URLSearchParams({ limit: String(MAX_MESSAGES) });
  const messages = (await bot
    .rest()
    .get(Routes.channelMessages(thread.id), { query })) as RESTGetAPIChannelMessagesResult;
  const answers = messages.filter(({ author }) => author.id === thread.client.user.id).map(({ id }) => id);
  const [lastAnswerId] = answers;
  if (lastAnswerId === undefined) return null;
  return { askerId, lastAnswerId, isOver: bot.community.votes.hasRight(answers, askerId) };
}

/** Who opened a forum post, or asked the question that the bot opened a thread for. Null for other threads. */
async function askerOf(thread: AnyThreadChannel, { rest }: ThreadReaderDeps): Promise<Snowflake | null> {
  const { id, ownerId, parentId, parent, client } = thread;
  if (parent?.isThreadOnly() === true) return ownerId;
  if (ownerId !== client.user.id || parentId === null) return null;
  const question = (await rest().get(Routes.channelMessage(parentId, id))) as APIMessage;
  return question.author.id;
}
