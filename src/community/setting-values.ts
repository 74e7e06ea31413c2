import * as v from 'valibot';

/** Where answers to messages appear: as a reply, in a thread, or visible only to the person who asked. */
export const REPLY_PLACES = ['here', 'thread', 'private'] as const;

/** The retention periods a server can choose for unanswered questions, in days. 0 stores none. */
export const RETENTION_DAYS = [0, 7, 30, 90] as const;

/** Characters of a server's name for its articles. */
export const MAX_COLLECTION_NAME = 40;

/** Characters of a line that a server writes below answers. */
export const MAX_OWN_LINE = 150;

const lineUpTo = (maxCharacters: number) =>
  v.nullable(v.pipe(v.string(), v.regex(/^[^\r\n]+$/), v.maxLength(maxCharacters)));

/** An emoji or another symbol, an emoji made of a digit, or an emoji of a server: nothing that could format, link or mention. */
const SIGN =
  /^(?:(?:(?!\p{ASCII})[\p{S}\p{Extended_Pictographic}]|\u200d|\ufe0f|[\u{e0020}-\u{e007f}]){1,16}|[\d#*]\ufe0f?\u20e3|<a?:\w{2,32}:\d{17,20}>)$/u;

/** A sign that can stand for an outcome. */
export const SIGN_SCHEMA = v.pipe(v.string(), v.regex(SIGN));

/** The settings moderators can change for a channel or a whole server, with their defaults. Names are stored: do not rename them. */
export const SETTINGS = {
  /** Whether the bot answers at all. */
  answers: { schema: v.boolean(), defaultValue: true },
  /** Collections that questions are answered from; null for all articles. */
  collections: { schema: v.nullable(v.array(v.string())), defaultValue: null },
  /** Whether passages that only come close to a question are held back. */
  onlyWhenSure: { schema: v.boolean(), defaultValue: false },
  /** Whether every message counts as a question, even without a mention. */
  askChannel: { schema: v.boolean(), defaultValue: false },
  /** Whether the first post of a new forum thread counts as a question. */
  forumPosts: { schema: v.boolean(), defaultValue: false },
  /** Whether who asked in a thread that the bot opened, or opened a forum post that it answered, needs no mention for the next questions. */
  threadQuestions: { schema: v.boolean(), defaultValue: true },
  /** Where answers to messages appear. */
  replyPlace: { schema: v.picklist(REPLY_PLACES), defaultValue: 'here' },
  /** Whether an answer that cannot be posted in its channel is sent as a direct message. */
  directFallback: { schema: v.boolean(), defaultValue: false },
  /** Whether `[[words]]` in a message are answered with the passage that matches best. */
  inlineCiting: { schema: v.boolean(), defaultValue: false },
  /** Ids of the roles whose members may ask; null for everyone. */
  allowedRoles: { schema: v.nullable(v.array(v.string())), defaultValue: null },
  /** Ids of the roles whose members get no answer; null for none. */
  ignoredRoles: { schema: v.nullable(v.array(v.string())), defaultValue: null },
  /** Whether members may ask in direct messages. Servers only. */
  directMessages: { schema: v.boolean(), defaultValue: true },
  /** ISO 639-1 code; null for the language of the person who asks. */
  language: { schema: v.nullable(v.string()), defaultValue: null },
  /** How many days unanswered questions are stored. Servers only. */
  keptDays: { schema: v.picklist(RETENTION_DAYS), defaultValue: 0 },
  /** Whether the question is stored with each vote on its answer, to learn from. Servers only. */
  learnsFromVotes: { schema: v.boolean(), defaultValue: false },
  /** What the server calls its articles; null for "the articles". Servers only. */
  collectionName: {
    schema: lineUpTo(MAX_COLLECTION_NAME),
    defaultValue: null,
  },
  /** A line below every answer; null for none. Servers only. */
  answerLine: { schema: lineUpTo(MAX_OWN_LINE), defaultValue: null },
  /** Whom to ask if nothing is found, in words; null for nobody. Servers only. */
  askText: { schema: lineUpTo(MAX_OWN_LINE), defaultValue: null },
  /** Id of the role to ask if nothing is found; null for none. */
  askRole: { schema: v.nullable(v.string()), defaultValue: null },
  /** Whether that role is notified. */
  pingsAskRole: { schema: v.boolean(), defaultValue: false },
  /** An emoji for each outcome, in the order of `OUTCOMES`; null for the usual signs. Servers only. */
  signs: {
    schema: v.nullable(v.strictTuple([SIGN_SCHEMA, SIGN_SCHEMA, SIGN_SCHEMA, SIGN_SCHEMA])),
    defaultValue: null,
  },
  /** The colour of answers, 0xRRGGBB; null for the usual one. Servers only. */
  accentColour: {
    schema: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffff))),
    defaultValue: null,
  },
  /** Id of the channel in which changes of settings are posted; null for none. Servers only. */
  logChannel: { schema: v.nullable(v.string()), defaultValue: null },
} as const;

/** The settings whose values are ids of roles or of channels. They mean nothing in another server. */
export const ROLE_SETTINGS: readonly string[] = ['allowedRoles', 'ignoredRoles', 'askRole'] satisfies SettingName[];
export const CHANNEL_SETTINGS: readonly string[] = ['logChannel'] satisfies SettingName[];

/** The settings that a server writes itself, in the order in which they are asked for. */
export const OWN_WORDS = [
  'collectionName',
  'answerLine',
  'askText',
  'signs',
  'accentColour',
] as const satisfies SettingName[];

/** One of {@link OWN_WORDS}. */
export type OwnWord = (typeof OWN_WORDS)[number];

/** The name of a setting, as stored. */
export type SettingName = keyof typeof SETTINGS;

/** A value for every setting. */
export type ChannelSettings = { readonly [Name in SettingName]: v.InferOutput<(typeof SETTINGS)[Name]['schema']> };
