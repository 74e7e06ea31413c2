import { createHash } from 'node:crypto';
import {
  type ChannelSettings,
  REPLY_PLACES,
  RETENTION_DAYS,
  type SettingName,
} from '../../community/setting-values.js';
import { Refusal } from '../context/refusal.js';
import type { Choice } from '../format/action-rows.js';
import { shorten } from '../format/markdown.js';
import { LANGUAGES, type Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';

/** What a choice means. */
interface Option<Value> {
  /** As it comes back from Discord. */
  readonly key: string;
  readonly value: Value;
  readonly text: (texts: Texts) => string;
}

/** A setting as moderators see it. */
export interface ShownSetting<Name extends SettingName = SettingName> {
  readonly name: Name;
  readonly label: TextKey;
  readonly help: TextKey | null;
  /** Whether it works only where the bot reads messages that do not mention it. */
  readonly needsContent: boolean;
  /** Whether it holds for a whole server only. */
  readonly isOfServer: boolean;
  /** @param collections All there are. */
  readonly options: (collections: readonly string[]) => readonly Option<ChannelSettings[Name]>[];
}

const onOrOff: readonly Option<boolean>[] = [
  { key: 'on', value: true, text: (texts) => texts.say('settings.on') },
  { key: 'off', value: false, text: (texts) => texts.say('settings.off') },
];

/** Of the name of a folder, in UTF-16 units: 25 of them in letters of three bytes stand in one message. */
const MAX_COLLECTION = 30;

const REPLY_TEXTS = { here: 'settings.here', thread: 'settings.thread', private: 'settings.private' } as const;

function languageOptions(): Option<string | null>[] {
  const named = (code: string) => (): string =>
    new Intl.DisplayNames(code, { type: 'language', fallback: 'code' }).of(code) ?? code;
  return [
    { key: 'own', value: null, text: (texts) => texts.say('settings.ownLanguage') },
    ...LANGUAGES.map((code) => ({ key: code, value: code, text: named(code) })),
  ];
}

const base = { help: null, needsContent: false, isOfServer: false } as const;

/** Every setting, in the order in which they are shown. */
export const SHOWN_SETTINGS: { readonly [Name in SettingName]: ShownSetting<Name> } = {
  answers: {
    ...base,
    name: 'answers',
    label: 'settings.answers',
    help: 'settings.answersHelp',
    options: () => onOrOff,
  },
  collections: {
    ...base,
    name: 'collections',
    label: 'settings.collections',
    help: 'settings.collectionsHelp',
    options: (collections) => [
      { key: 'all', value: null, text: (texts) => texts.say('settings.allCollections') },
      ...collections.map((name) => ({
        key: keyOfCollection(name),
        value: [name],
        text: () => shorten(name, MAX_COLLECTION),
      })),
    ],
  },
  replyPlace: {
    ...base,
    name: 'replyPlace',
    label: 'settings.replyPlace',
    options: () => REPLY_PLACES.map((value) => ({ key: value, value, text: (texts) => texts.say(REPLY_TEXTS[value]) })),
  },
  askChannel: {
    ...base,
    name: 'askChannel',
    label: 'settings.askChannel',
    help: 'settings.askChannelHelp',
    needsContent: true,
    options: () => onOrOff,
  },
  forumPosts: {
    ...base,
    name: 'forumPosts',
    label: 'settings.forumPosts',
    help: 'settings.forumPostsHelp',
    needsContent: true,
    options: () => onOrOff,
  },
  inlineCiting: {
    ...base,
    name: 'inlineCiting',
    label: 'settings.inlineCiting',
    help: 'settings.inlineCitingHelp',
    needsContent: true,
    options: () => onOrOff,
  },
  language: { ...base, name: 'language', label: 'settings.language', options: languageOptions },
  keptDays: {
    ...base,
    name: 'keptDays',
    label: 'settings.keptDays',
    isOfServer: true,
    options: () =>
      RETENTION_DAYS.map((value) => ({
        key: String(value),
        value,
        text: (texts) => (value === 0 ? texts.say('settings.notKept') : texts.say('settings.days', { count: value })),
      })),
  },
};

/** One place in a list of 25 is for what states nothing. */
const MAX_OWN = 24;

/** What a choice that states nothing is called by. */
const INHERIT = 'inherit';

/** A setting by the name in a control's state, or null. */
export function shownSetting(name: string | undefined): ShownSetting | null {
  return Object.values(SHOWN_SETTINGS).find((one) => one.name === name) ?? null;
}

/** The choices of a setting, those in force marked. @param stated Of the place itself; undefined where it states nothing. */
export function choicesOf(
  setting: ShownSetting,
  stated: unknown,
  inherited: unknown,
  isServer: boolean,
  collections: readonly string[],
  texts: Texts,
): Choice[] {
  const labelled = (value: string): string =>
    texts.say('settings.choice', { setting: texts.say(setting.label), value });
  const options = setting.options(collections) as readonly Option<unknown>[];
  const isSelected = (option: Option<unknown>): boolean =>
    Array.isArray(stated) && Array.isArray(option.value)
      ? stated.includes(option.value[0])
      : stated !== undefined && option.value === stated;
  const own = options.map((option) => ({
    value: option.key,
    label: labelled(option.text(texts)),
    isSelected: isSelected(option) || (isServer && stated === undefined && option.value === inherited),
  }));
  // A list has room for 25: what is chosen must be among them, or choosing again would drop it.
  if (own.length > MAX_OWN) own.sort((a, b) => Number(b.isSelected) - Number(a.isSelected));
  if (isServer) return own;
  const value = textOfValue(setting, inherited, collections, texts);
  return [
    {
      value: INHERIT,
      label: labelled(texts.say('settings.inherit', { value })),
      isSelected: !own.some((one) => one.isSelected),
    },
    ...own,
  ];
}

/** A value in words. */
export function textOfValue(
  setting: ShownSetting,
  value: unknown,
  collections: readonly string[],
  texts: Texts,
): string {
  if (Array.isArray(value)) return value.join(', ');
  const options = setting.options(collections) as readonly Option<unknown>[];
  return options.find((option) => option.value === value)?.text(texts) ?? String(value);
}

/**
 * The value that was chosen; undefined for none of its own. Of several collections all, unless "all" or none was chosen too.
 *
 * @throws {Refusal} when there is no such value any more: a collection that is gone must not open all others.
 */
export function chosenValue(setting: ShownSetting, chosen: readonly string[], collections: readonly string[]): unknown {
  if (chosen.includes(INHERIT)) return undefined;
  const options = (setting.options(collections) as readonly Option<unknown>[]).filter(({ key }) =>
    chosen.includes(key),
  );
  const first = options[0];
  if (first === undefined) throw new Refusal('outdated.button');
  return Array.isArray(first.value) ? options.flatMap(({ value }) => value as string[]) : first.value;
}

/** A collection is named after a folder, which may be longer than Discord takes. */
function keyOfCollection(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}
