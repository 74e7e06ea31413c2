import { z } from 'zod';

/** Where answers to messages appear. */
export const REPLY_PLACES = ['here', 'thread', 'private'] as const;

/** Days that questions without an answer are kept; 0 keeps none. */
export const KEPT_DAYS = [0, 7, 30, 90] as const;

/** What moderators can choose for a channel or for a whole server, with what holds until they do. */
export const SETTINGS = {
  /** Whether the bot answers at all. */
  answers: { schema: z.boolean(), byDefault: true },
  /** Collections that are asked; null for all articles. */
  collections: { schema: z.array(z.string()).nullable(), byDefault: null },
  /** Whether every message is a question, without a mention. */
  askChannel: { schema: z.boolean(), byDefault: false },
  /** Whether the first post of a new forum thread is a question. */
  forumPosts: { schema: z.boolean(), byDefault: false },
  replyPlace: { schema: z.enum(REPLY_PLACES), byDefault: 'here' },
  /** Whether [[words]] in a message are answered with the passage they mean. */
  inlineCiting: { schema: z.boolean(), byDefault: false },
  /** An ISO 639-1 code; null for that of the person who asks. */
  language: { schema: z.string().nullable(), byDefault: null },
  /** Of the server only. */
  keptDays: { schema: z.union(KEPT_DAYS.map((days) => z.literal(days))), byDefault: 0 },
} as const;

export type SettingName = keyof typeof SETTINGS;

export type ChannelSettings = { readonly [Name in SettingName]: z.infer<(typeof SETTINGS)[Name]['schema']> };
