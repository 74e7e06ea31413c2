import type { Guild } from 'discord.js';
import { INHERIT, optionsOf, SHOWN_SETTINGS, type ShownSetting } from '../cards/setting-choices.js';
import { Refusal } from '../context/refusal.js';

/** Looks up a setting by its name. Returns null for an unknown name, such as one from an old button. */
export function findSetting(name: string | undefined): ShownSetting | null {
  return Object.values(SHOWN_SETTINGS).find((setting) => setting.name === name) ?? null;
}

/** What decides which choices a setting has. */
export interface SettingScope {
  /** The names of all collections. */
  readonly collections: readonly string[];
  /** Whether it can follow the server's setting: that of a channel can. */
  readonly canInherit: boolean;
  /** The server, whose roles and channels can be chosen. */
  readonly guild: Guild;
}

/**
 * Converts what was selected in a list to a value of the setting. Several collections can be selected together; "all
 * articles" wins over single collections.
 *
 * @param selected The keys of the selected choices, or the ids of roles or channels, from Discord: they may be anything.
 * @returns undefined for no value of its own.
 * @throws {Refusal} if one of them is not, or no longer, a choice. A collection that is gone must not end up as "all articles".
 */
export function selectedValue(
  setting: ShownSetting,
  selected: readonly string[],
  { collections, canInherit, guild }: SettingScope,
): unknown {
  if (setting.picks !== null) return pickedIds(setting.picks, selected, guild);
  const all = optionsOf(setting, collections);
  const isChoice = (key: string): boolean =>
    (canInherit && key === INHERIT) || all.some((option) => option.key === key);
  if (!selected.every(isChoice) || (selected.length > 1 && setting.name !== 'collections'))
    throw new Refusal('outdated.button');
  if (selected.includes(INHERIT)) return undefined;
  const options = all.filter(({ key }) => selected.includes(key));
  const [first] = options;
  if (first === undefined) throw new Refusal('outdated.button');
  return Array.isArray(first.value) ? options.flatMap(({ value }) => value as string[]) : first.value;
}

/** @returns undefined if nothing is chosen. */
function pickedIds(
  picks: NonNullable<ShownSetting['picks']>,
  selected: readonly string[],
  { roles, channels }: Guild,
): readonly string[] | string | undefined {
  const isThere = (id: string): boolean =>
    picks === 'channel' ? channels.cache.get(id)?.isSendable() === true : roles.cache.has(id);
  // Words are written in a form.
  if (picks === 'words' || !selected.every(isThere)) throw new Refusal('outdated.button');
  if (picks !== 'roles') return selected[0];
  return selected.length === 0 ? undefined : [...selected];
}
