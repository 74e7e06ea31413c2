import { randomBytes } from 'node:crypto';
import { type BaseInteraction, PermissionFlagsBits, type Snowflake } from 'discord.js';
import type { AddedArticle } from '../../community/added-articles.js';
import { ADDED_MARK } from '../../corpus/article.js';
import type { Passage } from '../../corpus/passage.js';
import type { BotContext } from './bot-context.js';
import type { Location } from './location.js';
import { Refusal } from './refusal.js';

/**
 * Returns the server that a person may add articles to. Checked whenever something is added or removed: admins can show commands to
 * people without the permission.
 *
 * @throws {Refusal} if this is no server, or the person may not manage messages here.
 */
export function requireAddingServer(
  { memberPermissions }: Pick<BaseInteraction, 'memberPermissions'>,
  { serverId }: Location,
): Snowflake {
  if (serverId === null) throw new Refusal('failure.needsServer');
  if (memberPermissions?.has(PermissionFlagsBits.ManageMessages) !== true) throw new Refusal('added.notAllowed');
  return serverId;
}

/**
 * Stores an article and indexes it.
 *
 * @returns The stored article.
 * @throws {Refusal} if the server has too many, or nothing in it can be cited.
 */
export async function addArticle(
  article: Omit<AddedArticle, 'id' | 'addedAt'>,
  { community, addedFiles, refreshLibrary, log }: BotContext,
): Promise<AddedArticle> {
  const added = { ...article, id: randomBytes(8).toString('hex'), addedAt: Date.now() };
  if (!community.added.add(added)) throw new Refusal('added.full');
  const { id, serverId, addedBy } = added;
  log.info({ server: serverId, person: addedBy, article: id }, 'article added');
  const unreadable = await addedFiles.sync(community);
  await refreshLibrary();
  if (!unreadable.some((one) => one.id === id)) return added;
  community.added.remove(serverId, id);
  await addedFiles.sync(community);
  throw new Refusal('added.unreadable');
}

/** Returns the first passage of an added article, or null if it is not in the index yet. */
export function firstPassageOf(
  { serverId, id }: Pick<AddedArticle, 'serverId' | 'id'>,
  { addedIndex, library }: BotContext,
): Passage | null {
  const articles = addedIndex().get(`${ADDED_MARK}${serverId}`) ?? [];
  const article = articles.find(({ file }) => file.split('/')[1] === id);
  return article === undefined ? null : (library().passagesOf(article.id)[0] ?? null);
}
