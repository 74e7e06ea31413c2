import type { Snowflake } from 'discord.js';
import { LIMITS } from './limits.js';

/** Increase it when the format of ids changes. Buttons from other versions then get a polite answer. */
const VERSION = '1';

/** The actions of buttons and lists. The names are part of sent messages: do not rename them. */
export const ACTIONS = [
  'page',
  'context',
  'why',
  'share',
  'right',
  'wrong',
  'remove',
  'found',
  'sources',
  'article',
  'show',
  'setting',
  'settings',
  'pin',
  'pins',
  'gap',
  'menu',
  'pin-answer',
  'tell',
  'words',
  'words-form',
  'words-save',
  'words-discard',
  'setup',
  'setup-set',
  'credit',
] as const;

/** The action of a button or list. */
export type Action = (typeof ACTIONS)[number];

/**
 * The action of a button or list, and whom it is for. All of it is encoded in the control's custom id, so controls
 * survive a restart and the bot stores nothing for them.
 */
export interface ControlId {
  readonly action: Action;
  /** The person the message answers, or {@link EVERYONE}. */
  readonly asker: Snowflake;
  /** Ids and numbers, whose meaning depends on the action. Only letters, digits, `_` and `-`. */
  readonly values: readonly string[];
}

/** Stands in for the asker if anyone may use a control. */
export const EVERYONE: Snowflake = '0';

/**
 * Encodes a control as a custom id: version, action, asker in base 36, then the values.
 *
 * `1:page:2s8fk3qz1a:3:-` turns to page 3 of an answer from all articles.
 *
 * @throws {Error} if the id is too long or a value contains other characters than allowed.
 */
export function encodeControl({ action, asker, values }: ControlId): string {
  const id = [VERSION, action, BigInt(asker).toString(36), ...values].join(':');
  if (id.length > LIMITS.customId || values.some((value) => !/^[\w-]*$/.test(value)))
    throw new Error(`Cannot encode a control as ${id}`);
  return id;
}

/** Decodes a custom id. Returns null if it is from another version, or was not made by us. */
export function decodeControl(id: string): ControlId | null {
  const [version, name, asker = '', ...values] = id.split(':');
  const action = ACTIONS.find((known) => known === name);
  if (version !== VERSION || action === undefined || !/^[0-9a-z]{1,13}$/.test(asker)) return null;
  return { action, asker: String(fromBase36(asker)), values };
}

/** A snowflake has up to 64 bits, more than a number can hold exactly. */
function fromBase36(text: string): bigint {
  return Array.from(text).reduce((value, digit) => value * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
}

/** Stands for all articles where a control may name the only one that was searched. */
const ALL_ARTICLES = '-';

/** A page of an answer: the values of `page` and `share`. */
export interface AnswerPage {
  /** 0 for the answer, from 1 on for the passages of its ranking. */
  readonly page: number;
  /** The only article that was searched, or null for all. */
  readonly articleId: string | null;
}

/** Encodes the values of `page` and `share`. */
export function encodeAnswerPage({ page, articleId }: AnswerPage): string[] {
  return [String(page), articleId ?? ALL_ARTICLES];
}

/**
 * Decodes the values of `page` and `share`.
 *
 * @throws {Error} if there is no page: the bot never sends such a control.
 */
export function decodeAnswerPage([page, article]: readonly string[]): AnswerPage {
  return { page: decodePage(page), articleId: decodeArticle(article) };
}

/** A passage of an answer: the values of `context`, `why`, `right` and `wrong`. */
export interface AnswerPassage {
  readonly passageId: string;
  /** The only article that was searched, or null for all. */
  readonly articleId: string | null;
}

/** Encodes the values of `context`, `why`, `right` and `wrong`. */
export function encodeAnswerPassage({ passageId, articleId }: AnswerPassage): string[] {
  return [passageId, articleId ?? ALL_ARTICLES];
}

/** Decodes the values of `context`, `why`, `right` and `wrong`. */
export function decodeAnswerPassage([passageId = '', article]: readonly string[]): AnswerPassage {
  return { passageId, articleId: decodeArticle(article) };
}

/** What the list below an answer offers. */
export const MENU_ACTIONS = ['why', 'wrong', 'share', 'pin-answer', 'tell', 'remove'] as const satisfies Action[];

/** One of {@link MENU_ACTIONS}. */
export type MenuAction = (typeof MENU_ACTIONS)[number];

/** The state of the list below an answer: the values of `menu`. */
export interface AnswerMenu {
  /** The passage that the page shows first; null if it shows none. */
  readonly passageId: string | null;
  /** The only article that was searched, or null for all. */
  readonly articleId: string | null;
  /** 0 for the answer, from 1 on for the passages of its ranking. */
  readonly page: number;
}

/** Encodes the values of `menu`. */
export function encodeMenu({ passageId, articleId, page }: AnswerMenu): string[] {
  return [passageId ?? NO_PASSAGE, articleId ?? ALL_ARTICLES, String(page)];
}

/** Stands for no passage. */
const NO_PASSAGE = '-';

/**
 * The control that was chosen from the list below an answer.
 *
 * @param choice The value that was selected.
 * @returns null if the list is another one, or has no such choice.
 */
export function decodeMenuChoice({ action, asker, values }: ControlId, choice: string | undefined): ControlId | null {
  const chosen = MENU_ACTIONS.find((known) => known === choice);
  if (action !== 'menu' || chosen === undefined) return null;
  const [passageId = NO_PASSAGE, article = ALL_ARTICLES, page = '0'] = values;
  return {
    action: chosen,
    asker,
    values: chosen === 'share' ? [page, article] : [passageId === NO_PASSAGE ? '' : passageId, article],
  };
}

function decodeArticle(value: string | undefined): string | null {
  return value === undefined || value === ALL_ARTICLES ? null : value;
}

/**
 * Decodes a page number, counted from 0.
 *
 * @throws {Error} if it is not one: the bot never sends such a control.
 */
export function decodePage(value: string | undefined): number {
  const page = Number(value);
  if (!Number.isInteger(page) || page < 0) throw new Error(`Not a page: ${value}`);
  return page;
}
