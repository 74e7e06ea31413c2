import { INHERIT, optionsOf, SHOWN_SETTINGS, type ShownSetting } from '../cards/setting-choices.js';
import { Refusal } from '../context/refusal.js';

/** Looks up a setting by its name. Returns null for an unknown name, such as one from an old button. */
export function findSetting(name: string | undefined): ShownSetting | null {
  return Object.values(SHOWN_SETTINGS).find((setting) => setting.name === name) ?? null;
}

/**
 * Converts what was selected in a list to a value of the setting. Several collections can be selected together; "all
 * articles" wins over single collections.
 *
 * @param selected The keys of the selected choices.
 * @returns undefined for no value of its own.
 * @throws {Refusal} if the choice no longer exists. A collection that is gone must not end up as "all articles".
 */
export function selectedValue(
  setting: ShownSetting,
  selected: readonly string[],
  collections: readonly string[],
): unknown {
  if (selected.includes(INHERIT)) return undefined;
  const options = optionsOf(setting, collections).filter(({ key }) => selected.includes(key));
  const [first] = options;
  if (first === undefined) throw new Refusal('outdated.button');
  return Array.isArray(first.value) ? options.flatMap(({ value }) => value as string[]) : first.value;
}
