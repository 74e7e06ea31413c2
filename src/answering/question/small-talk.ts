import {
  ADDRESSEES,
  APOLOGIES,
  AUXILIARY_SUBJECTS,
  COURTESY_WORDS,
  GREETINGS,
  HELP_REQUESTS,
  INTERJECTIONS,
  INVITATIONS,
  LIGHT_WORDS,
  PERSONAL_PRONOUNS,
  POLITENESS,
  PRAISE,
  QUESTION_AUXILIARIES,
  QUESTION_WORDS,
  REQUESTED,
  STOP_WORDS,
  THANKS,
  WHOLE_INVITATIONS,
} from '../../text/english.js';

/**
 * What a message is that asks nothing: a greeting or farewell, thanks, praise or blame, a call for help that does not say
 * what with, nothing but a link, or a reaction such as "lol" or an emoji.
 */
export type SmallTalk = 'greeting' | 'thanks' | 'praise' | 'help' | 'link' | 'reaction';

/** What a phrase is. Addressees and fillers say nothing alone, but belong to what stands beside them. */
export type PhraseKind =
  | Exclude<SmallTalk, 'link'>
  | 'apology'
  | 'politeness'
  | 'requested'
  | 'addressee'
  | 'light filler'
  | 'filler';

/** A phrase at the start of a list of words. */
export interface Phrase {
  readonly kind: PhraseKind;
  /** Number of words, at least 1. */
  readonly length: number;
}

/** Later lists win where two have the same phrase. */
const PHRASES: ReadonlyMap<string, PhraseKind> = new Map(
  (
    [
      ['addressee', ADDRESSEES],
      ['reaction', INTERJECTIONS],
      ['politeness', POLITENESS],
      ['apology', APOLOGIES],
      ['requested', REQUESTED],
      ['help', HELP_REQUESTS],
      ['praise', PRAISE],
      ['greeting', GREETINGS],
      ['thanks', THANKS],
    ] as const
  ).flatMap(([kind, phrases]) => phrases.map((phrase) => [phrase, kind] as const)),
);

const MAX_PHRASE_WORDS = Math.max(...[...PHRASES.keys()].map((phrase) => phrase.split(' ').length));

/** With one of these, a clause asks something or is about somebody. */
const NO_FILLERS: ReadonlySet<string> = new Set([...QUESTION_WORDS, ...PERSONAL_PRONOUNS]);

const AUXILIARIES: ReadonlySet<string> = new Set(QUESTION_AUXILIARIES);
const ASKED_PEOPLE: ReadonlySet<string> = new Set(AUXILIARY_SUBJECTS);

/**
 * Finds the longest phrase of small talk that starts at a word.
 *
 * @param words From `chatWords`.
 * @returns null if there is none.
 */
export function phraseAt(words: readonly string[], start: number): Phrase | null {
  const word = words[start] ?? '';
  if (word.startsWith('@')) return { kind: 'addressee', length: 1 };
  for (let length = Math.min(MAX_PHRASE_WORDS, words.length - start); length > 0; length--) {
    const phrase = words.slice(start, start + length).join(' ');
    // "heyy", "plss"
    const kind = PHRASES.get(phrase) ?? PHRASES.get(phrase.replace(/(\p{L})\1$/u, '$1'));
    if (kind !== undefined) return { kind, length };
  }
  if (LIGHT_WORDS.has(word) || (STOP_WORDS.has(word) && !NO_FILLERS.has(word)))
    return { kind: 'light filler', length: 1 };
  return COURTESY_WORDS.has(word) ? { kind: 'filler', length: 1 } : null;
}

/** Whether a phrase is only there for others. */
export function isFiller(kind: PhraseKind): boolean {
  return kind === 'filler' || kind === 'light filler';
}

/**
 * The kinds of the phrases of a courtesy; null if a clause is none.
 *
 * @param words From `chatWords`. Without any, there are no kinds.
 */
export function courtesyKinds(words: readonly string[]): PhraseKind[] | null {
  const kinds: PhraseKind[] = [];
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(words, at);
    if (phrase === null) return null;
    kinds.push(phrase.kind);
    at += phrase.length;
  }
  return kinds.every((kind) => kind === 'addressee') || isCourtesy(kinds, words) ? kinds : null;
}

/** What makes a courtesy of a clause with fillers: "I would be very grateful". "In the morning" and "same day" are none. */
const SERIOUS: ReadonlySet<PhraseKind> = new Set(['thanks', 'apology', 'politeness', 'help', 'requested']);

function isCourtesy(kinds: readonly PhraseKind[], [first = '', second = '']: readonly string[]): boolean {
  const [opening = 'filler'] = kinds;
  const isSerious = kinds.some((kind) => SERIOUS.has(kind));
  // "Guidance", "help channel" and "question time" name something.
  if (opening === 'requested') return false;
  if (kinds.includes('filler') && (!isSerious || opening === 'help' || opening === 'politeness')) return false;
  if (!isFiller(opening)) return kinds.some((kind) => kind !== 'addressee' && !isFiller(kind));
  // "Did it help?" asks about something; "could you help?" does not.
  const asksAbout = AUXILIARIES.has(first) && !ASKED_PEOPLE.has(second);
  return isSerious && !asksAbout;
}

/**
 * What a message is that consists of these phrases; null if they say nothing. Politeness alone ("please?") calls for help.
 *
 * @param kinds In the order of the message: "thanks for your help" thanks, "help me, thanks" calls for help.
 */
export function smallTalkOf(kinds: readonly PhraseKind[]): SmallTalk | null {
  const request = kinds.find((kind) => kind === 'help' || kind === 'thanks');
  if (request !== undefined) return request;
  const remark = (['praise', 'greeting', 'reaction'] as const).find((kind) => kinds.includes(kind));
  if (remark !== undefined) return remark;
  if (kinds.includes('politeness') || kinds.includes('requested')) return 'help';
  return kinds.includes('apology') ? 'reaction' : null;
}

/**
 * Whether a question is meant for the people in a chat: "who wants to play?", "anyone here?". Articles can answer some that begin so,
 * such as "Who wants to leave the union?": look them up first.
 */
export function isInvitation(question: string): boolean {
  const words = chatWords(question).filter((word) => !word.startsWith('@'));
  const start = words.findIndex((_, index) => phraseAt(words, index)?.kind !== 'greeting');
  const asked = words.slice(Math.max(0, start)).join(' ');
  return WHOLE_INVITATIONS.has(asked) || INVITATIONS.some((invitation) => `${asked} `.startsWith(`${invitation} `));
}

/** Words as phrases have them: in lower case, without apostrophes, and "hiiii" as "hi". A name keeps its "@". */
export function chatWords(text: string): string[] {
  return (text.normalize('NFC').match(CHAT_WORD) ?? []).map(foldChatWord);
}

/** Matches a word of a chat, with the apostrophes in it. Global. */
export const CHAT_WORD = /@?[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}\p{N}_]+)*/gu;

function foldChatWord(word: string): string {
  return word
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/(?<=\p{L})(\p{L})\1{2,}/gu, '$1');
}
