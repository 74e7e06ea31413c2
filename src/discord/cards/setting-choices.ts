import { createHash } from 'node:crypto';
import type { Snowflake } from 'discord.js';
import {
  type ChannelSettings,
  type OwnWord,
  REPLY_PLACES,
  RETENTION_DAYS,
  type SettingName,
} from '../../community/setting-values.js';
import type { Choice } from '../format/action-rows.js';
import { LIMITS } from '../format/limits.js';
import { escapeToFit, shorten } from '../format/markdown.js';
import { LANGUAGES, type Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';
import { hexOf } from './own-words.js';

/** A value that a setting can have. */
export interface SettingOption<Value> {
  /** The value of the choice in Discord's list. Messages contain it: do not change it. */
  readonly key: string;
  readonly value: Value;
  /** The value in words. */
  readonly text: (texts: Texts) => string;
}

/** The groups in which `/settings` shows the settings, in this order. The names are part of sent messages: do not rename them. */
export const SETTING_GROUPS = ['answers', 'places', 'people', 'words', 'records'] as const;

/** One of {@link SETTING_GROUPS}. */
export type SettingGroup = (typeof SETTING_GROUPS)[number];

/** A setting as moderators see it in `/settings`. */
export interface ShownSetting<Name extends SettingName = SettingName> {
  readonly name: Name;
  readonly label: TextKey;
  readonly group: SettingGroup;
  /** A line that explains the setting, or null if the label says enough. */
  readonly help: TextKey | null;
  /** Whether it needs the Message Content intent: it is about messages that do not mention the bot. */
  readonly needsContent: boolean;
  /** Whether it can only be set for a whole server. */
  readonly isServerOnly: boolean;
  /** What of the server is chosen, or `words` for what is written in a form; null if there are options to choose from. */
  readonly picks: 'roles' | 'role' | 'channel' | 'words' | null;
  /** What it is called if nothing is chosen. Only for a setting that picks something. */
  readonly nothing?: TextKey;
  /** @param collections The names of all collections. */
  readonly options: (collections: readonly string[]) => readonly SettingOption<ChannelSettings[Name]>[];
}

const ON_OR_OFF: readonly SettingOption<boolean>[] = [
  { key: 'on', value: true, text: (texts) => texts.say('settings.on') },
  { key: 'off', value: false, text: (texts) => texts.say('settings.off') },
];

/**
 * Characters of a collection's name. Even 25 names in a script with three bytes per letter then fit into one message.
 */
const MAX_COLLECTION = 30;

const REPLY_TEXTS = { here: 'settings.here', thread: 'settings.thread', private: 'settings.private' } as const;

function languageOptions(): SettingOption<string | null>[] {
  // Each name is in its own language, so that people recognise theirs.
  const ownName = (code: string): string =>
    new Intl.DisplayNames(code, { type: 'language', fallback: 'code' }).of(code) ?? code;
  return [
    { key: 'own', value: null, text: (texts) => texts.say('settings.ownLanguage') },
    ...LANGUAGES.map((code) => ({ key: code, value: code, text: () => ownName(code) })),
  ];
}

const DEFAULTS = { help: null, needsContent: false, isServerOnly: false, picks: null } as const;

/** Without options: Discord's own list shows the roles or channels. */
const NO_OPTIONS = (): readonly [] => [];

/** A setting that a server writes itself. */
function ownWords<Name extends OwnWord>(name: Name, nothing: TextKey): ShownSetting<Name> {
  const label = `settings.${name}` as const;
  return { ...DEFAULTS, name, group: 'words', label, isServerOnly: true, picks: 'words', nothing, options: NO_OPTIONS };
}

/** Every setting, in the order in which `/settings` shows them. */
export const SHOWN_SETTINGS: { readonly [Name in SettingName]: ShownSetting<Name> } = {
  answers: {
    ...DEFAULTS,
    name: 'answers',
    group: 'answers',
    label: 'settings.answers',
    help: 'settings.answersHelp',
    options: () => ON_OR_OFF,
  },
  collections: {
    ...DEFAULTS,
    name: 'collections',
    group: 'answers',
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
    ...DEFAULTS,
    name: 'replyPlace',
    group: 'places',
    label: 'settings.replyPlace',
    options: () => REPLY_PLACES.map((value) => ({ key: value, value, text: (texts) => texts.say(REPLY_TEXTS[value]) })),
  },
  askChannel: {
    ...DEFAULTS,
    name: 'askChannel',
    group: 'places',
    label: 'settings.askChannel',
    help: 'settings.askChannelHelp',
    needsContent: true,
    options: () => ON_OR_OFF,
  },
  forumPosts: {
    ...DEFAULTS,
    name: 'forumPosts',
    group: 'places',
    label: 'settings.forumPosts',
    help: 'settings.forumPostsHelp',
    needsContent: true,
    options: () => ON_OR_OFF,
  },
  threadQuestions: {
    ...DEFAULTS,
    name: 'threadQuestions',
    group: 'places',
    label: 'settings.threadQuestions',
    help: 'settings.threadQuestionsHelp',
    needsContent: true,
    options: () => ON_OR_OFF,
  },
  directFallback: {
    ...DEFAULTS,
    name: 'directFallback',
    group: 'places',
    label: 'settings.directFallback',
    help: 'settings.directFallbackHelp',
    options: () => ON_OR_OFF,
  },
  inlineCiting: {
    ...DEFAULTS,
    name: 'inlineCiting',
    group: 'places',
    label: 'settings.inlineCiting',
    help: 'settings.inlineCitingHelp',
    needsContent: true,
    options: () => ON_OR_OFF,
  },
  onlyWhenSure: {
    ...DEFAULTS,
    name: 'onlyWhenSure',
    group: 'answers',
    label: 'settings.onlyWhenSure',
    help: 'settings.onlyWhenSureHelp',
    options: () => ON_OR_OFF,
  },
  allowedRoles: {
    ...DEFAULTS,
    name: 'allowedRoles',
    group: 'people',
    label: 'settings.allowedRoles',
    help: 'settings.allowedRolesHelp',
    picks: 'roles',
    nothing: 'settings.everyone',
    options: NO_OPTIONS,
  },
  ignoredRoles: {
    ...DEFAULTS,
    name: 'ignoredRoles',
    group: 'people',
    label: 'settings.ignoredRoles',
    help: 'settings.ignoredRolesHelp',
    picks: 'roles',
    nothing: 'settings.none',
    options: NO_OPTIONS,
  },
  directMessages: {
    ...DEFAULTS,
    name: 'directMessages',
    group: 'people',
    label: 'settings.directMessages',
    help: 'settings.directMessagesHelp',
    isServerOnly: true,
    options: () => ON_OR_OFF,
  },
  language: { ...DEFAULTS, name: 'language', group: 'answers', label: 'settings.language', options: languageOptions },
  keptDays: {
    ...DEFAULTS,
    name: 'keptDays',
    group: 'records',
    label: 'settings.keptDays',
    isServerOnly: true,
    options: () =>
      RETENTION_DAYS.map((value) => ({
        key: String(value),
        value,
        text: (texts) => (value === 0 ? texts.say('settings.notKept') : texts.say('settings.days', { count: value })),
      })),
  },
  learnsFromVotes: {
    ...DEFAULTS,
    name: 'learnsFromVotes',
    group: 'records',
    label: 'settings.learnsFromVotes',
    help: 'settings.learnsFromVotesHelp',
    isServerOnly: true,
    options: () => ON_OR_OFF,
  },
  collectionName: ownWords('collectionName', 'settings.theArticles'),
  answerLine: ownWords('answerLine', 'settings.none'),
  askText: ownWords('askText', 'settings.nobody'),
  signs: ownWords('signs', 'settings.usual'),
  accentColour: ownWords('accentColour', 'settings.usual'),
  askRole: {
    ...DEFAULTS,
    name: 'askRole',
    group: 'words',
    label: 'settings.askRole',
    help: 'settings.askRoleHelp',
    picks: 'role',
    nothing: 'settings.none',
    options: NO_OPTIONS,
  },
  pingsAskRole: {
    ...DEFAULTS,
    name: 'pingsAskRole',
    group: 'words',
    label: 'settings.pingsAskRole',
    options: () => ON_OR_OFF,
  },
  logChannel: {
    ...DEFAULTS,
    name: 'logChannel',
    group: 'records',
    label: 'settings.logChannel',
    help: 'settings.logChannelHelp',
    isServerOnly: true,
    picks: 'channel',
    nothing: 'settings.none',
    options: NO_OPTIONS,
  },
};

/** The key of the choice "server default". */
export const INHERIT = 'inherit';

/** Discord's lists have 25 options, and one of them is {@link INHERIT}. */
const MAX_OWN_CHOICES = LIMITS.options - 1;

/** The state of a setting, which decides how its choices are worded and which are selected. */
export interface ChoiceContext {
  /** The channel's or server's own value, or undefined if it has none. */
  readonly own: unknown;
  /** The value that applies without one of its own: the category's or server's for a channel, the default for a server. */
  readonly inherited: unknown;
  /** Whether that is the category's. */
  readonly isFromCategory: boolean;
  /** Whether the setting is shown for a whole server rather than a channel. */
  readonly isServer: boolean;
  /** The names of all collections. */
  readonly collections: readonly string[];
  readonly texts: Texts;
}

/** Lists the choices of a setting, with those in force selected. A channel can also choose to follow its server. */
export function choicesOf(setting: ShownSetting, context: ChoiceContext): Choice[] {
  const { inherited, isServer, collections, texts } = context;
  const choice = (key: string, value: string, isSelected: boolean): Choice => ({
    value: key,
    label: texts.say('settings.choice', { setting: texts.say(setting.label), value }),
    isSelected,
  });
  const choices = optionsOf(setting, collections).map((option) =>
    choice(option.key, option.text(texts), isInForce(option, context)),
  );
  // Selected choices must be among the 25 that fit, or the next selection would drop them.
  if (choices.length > MAX_OWN_CHOICES) choices.sort((a, b) => Number(b.isSelected) - Number(a.isSelected));
  if (isServer) return choices;
  const inheritKey = context.isFromCategory ? 'settings.inheritCategory' : 'settings.inherit';
  const inheritedText = texts.say(inheritKey, { value: textOfValue(setting, inherited, collections, texts) });
  return [choice(INHERIT, inheritedText, !choices.some(({ isSelected }) => isSelected)), ...choices];
}

function isInForce({ value }: SettingOption<unknown>, { own, inherited, isServer }: ChoiceContext): boolean {
  if (own === undefined) return isServer && value === inherited;
  return Array.isArray(own) && Array.isArray(value) ? own.includes(value[0]) : value === own;
}

/** Characters of a value in words: there may be many collections, with long names. */
const MAX_VALUE = 150;
/** How many roles of a value are named. */
const MAX_ROLES = 10;

/** Puts a value of a setting into words, as Markdown. Roles and channels are mentioned, which notifies nobody in a card. */
export function markdownOfValue(
  setting: ShownSetting,
  value: unknown,
  collections: readonly string[],
  texts: Texts,
): string {
  if (setting.picks === null) return escapeToFit(textOfValue(setting, value, collections, texts), MAX_VALUE);
  if (value === null) return texts.say(setting.nothing ?? 'settings.none');
  switch (setting.picks) {
    case 'channel':
      return `<#${value as Snowflake}>`;
    case 'role':
      return `<@&${value as Snowflake}>`;
    case 'roles': {
      const roles = (value as readonly Snowflake[]).map((id) => `<@&${id}>`);
      return [...roles.slice(0, MAX_ROLES), ...(roles.length > MAX_ROLES ? ['…'] : [])].join(', ');
    }
    default:
      return markdownOfWords(value as string | number | readonly string[]);
  }
}

function markdownOfWords(value: string | number | readonly string[]): string {
  if (typeof value === 'number') return `\`${hexOf(value)}\``;
  // Signs are emoji, which would not be shown if they were escaped.
  return typeof value === 'string' ? escapeToFit(value, MAX_VALUE) : value.join(' ');
}

/** Puts a value of a setting that has options into words. */
export function textOfValue(
  setting: ShownSetting,
  value: unknown,
  collections: readonly string[],
  texts: Texts,
): string {
  if (Array.isArray(value)) return value.join(', ');
  const option = optionsOf(setting, collections).find((one) => one.value === value);
  return option?.text(texts) ?? String(value);
}

/**
 * Lists the values that a setting can have.
 *
 * @param collections The names of all collections.
 */
export function optionsOf(setting: ShownSetting, collections: readonly string[]): readonly SettingOption<unknown>[] {
  return setting.options(collections);
}

/** A hash of a collection's name, because the name of a folder can be longer than Discord allows. */
function keyOfCollection(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}
