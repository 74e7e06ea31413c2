import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes, type Snowflake } from 'discord.js';
import { setBounded } from './bounded-map.js';

/** How long people are thought to stay where they are. */
const REMEMBERED_MS = 600_000;
const MAX_REMEMBERED = 10_000;

/** Knows who is in a server. Discord shows bots the members only one by one, unless the operator has asked it for more. */
export class Members {
  readonly #known = new Map<string, { readonly isMember: boolean; readonly at: number }>();

  /** Returns whether a person is in a server. If Discord does not say, they are not. */
  async has(serverId: Snowflake, personId: Snowflake, rest: REST): Promise<boolean> {
    const key = `${serverId} ${personId}`;
    const known = this.#known.get(key);
    const now = Date.now();
    if (known !== undefined && now - known.at < REMEMBERED_MS) return known.isMember;
    try {
      await rest.get(Routes.guildMember(serverId, personId));
      setBounded(this.#known, key, { isMember: true, at: now }, MAX_REMEMBERED);
      return true;
    } catch (error) {
      // After any other error it is asked again.
      if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember)
        setBounded(this.#known, key, { isMember: false, at: now }, MAX_REMEMBERED);
      return false;
    }
  }
}
