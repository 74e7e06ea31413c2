import type { Snowflake } from 'discord.js';
import type { OwnWord } from '../../community/setting-values.js';
import { setBounded } from './bounded-map.js';

const MAX_DRAFTS = 500;

/** A server's own words as people type them. */
export type TypedWords = Readonly<Record<OwnWord, string>>;

/** What people have typed in a form and not saved yet. In memory, so after a restart it has to be typed again. */
export class WordDrafts {
  readonly #drafts = new Map<string, TypedWords>();

  set(serverId: Snowflake, personId: Snowflake, typed: TypedWords): void {
    setBounded(this.#drafts, `${serverId} ${personId}`, typed, MAX_DRAFTS);
  }

  get(serverId: Snowflake, personId: Snowflake): TypedWords | null {
    return this.#drafts.get(`${serverId} ${personId}`) ?? null;
  }

  delete(serverId: Snowflake, personId: Snowflake): void {
    this.#drafts.delete(`${serverId} ${personId}`);
  }
}
