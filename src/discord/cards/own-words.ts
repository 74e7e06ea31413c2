import * as v from 'valibot';
import {
  type ChannelSettings,
  MAX_COLLECTION_NAME,
  MAX_OWN_LINE,
  type OwnWord,
  SIGN_SCHEMA,
} from '../../community/setting-values.js';
import { oneLine } from '../../text/visible-text.js';
import type { TypedWords } from '../context/word-drafts.js';
import { sanitize } from '../format/markdown.js';
import type { TextKey } from '../locales/translation.js';
import { ACCENTS, OUTCOME_SIGNS, OUTCOMES } from './accents.js';

/** What a server has written itself. */
export type OwnWords = Pick<ChannelSettings, OwnWord>;

/** The most characters that can be typed. */
export const MAX_TYPED: Readonly<Record<OwnWord, number>> = {
  collectionName: MAX_COLLECTION_NAME,
  answerLine: MAX_OWN_LINE,
  askText: MAX_OWN_LINE,
  // Four emoji of the server, such as `<a:name:id>`.
  signs: 260,
  accentColour: 7,
};

/** What is typed for the words that a server has now. */
export function typedWords({ collectionName, answerLine, askText, signs, accentColour }: OwnWords): TypedWords {
  return {
    collectionName: collectionName ?? '',
    answerLine: answerLine ?? '',
    askText: askText ?? '',
    signs: (signs ?? OUTCOMES.map((outcome) => OUTCOME_SIGNS[outcome])).join(' '),
    accentColour: accentColour === null ? '' : hexOf(accentColour),
  };
}

/** A colour as in `#2e7d32`. */
export function hexOf(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}

/**
 * Reads what was typed.
 *
 * @param hasEmoji Whether the server has an emoji of its own with this id.
 * @returns The words, or what is wrong with them.
 */
export function readWords(typed: TypedWords, hasEmoji: (id: string) => boolean): OwnWords | TextKey {
  const signs = readSigns(typed.signs, hasEmoji);
  if (typeof signs === 'string') return signs;
  const accentColour = readColour(typed.accentColour);
  if (typeof accentColour === 'string') return accentColour;
  return {
    collectionName: readLine(typed.collectionName, MAX_COLLECTION_NAME),
    answerLine: readLine(typed.answerLine, MAX_OWN_LINE),
    askText: readLine(typed.askText, MAX_OWN_LINE),
    signs,
    accentColour,
  };
}

function readLine(typed: string, maxCharacters: number): string | null {
  const line = oneLine(sanitize(typed)).trim().slice(0, maxCharacters);
  return line === '' ? null : line.toWellFormed();
}

/** An emoji of a server: https://docs.discord.com/developers/reference#message-formatting */
const OWN_EMOJI = /^<a?:\w{2,32}:(\d{17,20})>$/;

function readSigns(typed: string, hasEmoji: (id: string) => boolean): OwnWords['signs'] | TextKey {
  const signs = typed
    .trim()
    .split(/\s+/)
    .filter((sign) => sign !== '');
  if (signs.length === 0) return null;
  if (signs.length !== OUTCOMES.length || new Set(signs).size < signs.length) return 'words.badSigns';
  const [answered = '', partly = '', closest = '', notFound = ''] = signs;
  for (const sign of signs) {
    const id = OWN_EMOJI.exec(sign)?.[1];
    if (id === undefined ? !isSign(sign) : !hasEmoji(id)) return 'words.badSigns';
  }
  const isUsual = OUTCOMES.every((outcome, index) => OUTCOME_SIGNS[outcome] === signs[index]);
  return isUsual ? null : [answered, partly, closest, notFound];
}

/** Whether a text is one sign, as people see it. */
function isSign(text: string): boolean {
  const characters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)];
  return characters.length === 1 && v.is(SIGN_SCHEMA, text);
}

/** How far a colour must be from those of the other outcomes, in steps of 0 to 255 in each of red, green and blue. */
const MIN_DISTANCE = 48;

function readColour(typed: string): number | null | TextKey {
  const text = typed.trim();
  if (text === '') return null;
  const hex = /^#?([0-9a-f]{6})$/i.exec(text)?.[1];
  if (hex === undefined) return 'words.badColour';
  const colour = Number.parseInt(hex, 16);
  const isClose = [ACCENTS.closest, ACCENTS['not-found']].some((other) => distance(colour, other) < MIN_DISTANCE);
  return isClose ? 'words.closeColour' : colour;
}

/** The largest difference between two colours in one of their channels. */
function distance(colour: number, other: number): number {
  return Math.max(...[16, 8, 0].map((shift) => Math.abs(((colour >> shift) & 0xff) - ((other >> shift) & 0xff))));
}
