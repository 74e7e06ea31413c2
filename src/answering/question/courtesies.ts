import {
  APOLOGY_END,
  APOLOGY_OPENERS,
  anyOf,
  CLAUSE_STARTERS,
  contentWords,
  EFFORT_OPENERS,
  LEAD_INS,
  OPENER_LINK,
  OPENERS,
  QUESTION_WORDS,
  TRAILING_COURTESIES,
  WISHES,
} from '../../text/english.js';
import { hasAnaphor } from './anaphora.js';
import {
  CHAT_WORD,
  chatWords,
  courtesyKinds,
  isFiller,
  type PhraseKind,
  phraseAt,
  type SmallTalk,
  smallTalkOf,
} from './small-talk.js';

/** What is left of a message without its courtesies: a question, or only small talk. */
export type WithoutCourtesies = { readonly question: string } | { readonly smallTalk: SmallTalk };

/** A piece of a sentence up to the next punctuation mark or line break, with what separates it from the next. */
const CLAUSE = /[^\n.!?,;:…–—]*[\n.!?,;:…–—]+\s*|[^\n.!?,;:…–—]+$/gu;

/**
 * Leaves out greetings, thanks and politeness in front of a question and behind it. Words inside a clause stay: "When is
 * Thanks Day?", "What does the hello command do?". So does what a colon leads to: "What does this mean: ok?".
 *
 * @param prose A message without mentions, links and emoji.
 */
export function withoutCourtesies(prose: string): WithoutCourtesies {
  const clauses = prose.match(CLAUSE) ?? [];
  const kinds = clauses.map((clause) => courtesyKinds(chatWords(clause)));
  if (!kinds.includes(null)) {
    const smallTalk = smallTalkOf(kinds.flatMap((kind) => kind ?? []));
    return smallTalk === null ? { question: prose } : { smallTalk };
  }
  const guessed = kinds.map((kind, index) => kind ?? openingKinds(clauses[index] ?? ''));
  const question = guessed.includes(null) ? askedIn(clauses, guessed) : '';
  return { question: standsAlone(question) ? question : askedIn(clauses, kinds) };
}

/** A clause that opens with thanks or an apology says nothing else, up to this many words: "sorry if this came up before". */
const MAX_COURTESY_WORDS = 15;
/** A greeting goes on with a name: "hello Kim Berg". */
const MAX_GREETING_WORDS = 3;

/** The kinds of a clause that is a courtesy by its opening; null if it may ask or tell something. */
function openingKinds(clause: string): PhraseKind[] | null {
  const words = chatWords(clause);
  if (saysNothing(words)) return ['filler'];
  const kind = phraseAt(words, 0)?.kind;
  if (kind === undefined || clause.includes('?') || words.some((word) => QUESTION_WORD_SET.has(word))) return null;
  const isWish = WISHES.some((wish) => `${words.join(' ')} `.startsWith(`${wish} `));
  const maxWords = kind === 'thanks' || kind === 'apology' || isWish ? MAX_COURTESY_WORDS : MAX_GREETING_WORDS;
  const isCourtesy = kind === 'greeting' || maxWords === MAX_COURTESY_WORDS;
  return isCourtesy && words.length <= maxWords ? [kind] : null;
}

/** "I looked everywhere", "still stuck on this". */
function saysNothing(words: readonly string[]): boolean {
  return EFFORT_OPENERS.has(words[0] ?? '') && words.every((_, index) => phraseAt(words, index) !== null);
}

const MIN_CONTENT_WORDS = 2;

/** Whether a question needs nothing that was said before it. */
function standsAlone(question: string): boolean {
  return contentWords(question).length >= MIN_CONTENT_WORDS && !hasAnaphor(question);
}

/** The clauses from the first to the last that is no courtesy, without courtesies inside the first and the last. */
function askedIn(clauses: readonly string[], kinds: readonly (readonly PhraseKind[] | null)[]): string {
  const isAsked = kinds.map((kind, index) => kind === null || /\S:\s*$/.test(clauses[index - 1] ?? ''));
  const first = kinds.indexOf(null);
  const end = isAsked.lastIndexOf(true, signatureStart(clauses, kinds) - 1) + 1;
  // Brackets and quotation marks around the question belong to it.
  const [before, kept, behind] = [clauses.slice(0, first), clauses.slice(first, end), clauses.slice(end)].map((part) =>
    part.join(''),
  ) as [string, string, string];
  const isBehindApology = kinds.slice(0, first).some((kind) => kind?.includes('apology'));
  const asked = isBehindApology ? kept.replace(AFTER_APOLOGY, '') : kept;
  const opened = hasWords(before) ? asked : before + asked;
  return withoutLeading(withoutTrailing(hasWords(behind) ? endAs(opened, behind) : opened + behind));
}

const AFTER_APOLOGY = new RegExp(`^${APOLOGY_END}\\s+`, 'i');

function hasWords(text: string): boolean {
  return chatWords(text).length > 0;
}

const MAX_SIGNATURE_WORDS = 3;

/** The index of the clause with which thanks and a name end a message: "… Thanks, Kim". The number of clauses if none does. */
function signatureStart(clauses: readonly string[], kinds: readonly (readonly PhraseKind[] | null)[]): number {
  const ending = kinds.findLastIndex((kind) => kind?.some((one) => one === 'thanks' || one === 'greeting') ?? false);
  const name = clauses.slice(ending + 1).join('');
  const words = chatWords(name).length;
  const isName = words > 0 && words <= MAX_SIGNATURE_WORDS && !/[?:]/.test(name);
  return isName && kinds.indexOf(null) < ending ? ending : clauses.length;
}

/** Ends a question without what stood behind it. "Who signed it, anyone?" is still a question. */
function endAs(question: string, behind: string): string {
  const trimmed = question.replace(/[\s,;:–—]+$/u, '');
  return /[.!?…]$/.test(trimmed) || !/\?\s*$/.test(behind) ? trimmed : `${trimmed}?`;
}

const LEAD_IN = new RegExp(`${anyOf(LEAD_INS)}(?=[\\s,:;–—-])[\\s,:;–—-]*`, 'iuy');
/** An apology goes on as far as "but" in the same sentence. Sentences of people who apologise are short. */
const APOLOGY = new RegExp(`${anyOf(APOLOGY_OPENERS)}[^.!?\\n]{0,100}?\\b${APOLOGY_END}\\s+`, 'iuy');

/** One after the other: "hi", "sorry if this is known, but", "could you please tell me". */
const MAX_LEADING_PARTS = 8;

function withoutLeading(text: string): string {
  let start = 0;
  for (let part = 0; part < MAX_LEADING_PARTS; part++) {
    const next = endOfLeadIn(text, start) ?? endOfOpeners(text, start);
    if (next === null || contentWords(text.slice(next)).length === 0) break;
    start = next;
  }
  return text.slice(start);
}

function endOfLeadIn(text: string, start: number): number | null {
  for (const pattern of [LEAD_IN, APOLOGY]) {
    pattern.lastIndex = start;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  return null;
}

const OPENER_PHRASES: ReadonlySet<string> = new Set(OPENERS);
const QUESTION_WORD_SET: ReadonlySet<string> = new Set(QUESTION_WORDS);
const ASKS = new RegExp(`^(?:in\\s+)?${anyOf(QUESTION_WORDS)}\\b`, 'i');
/** Longer openers are no small talk. */
const MAX_OPENER_CHARACTERS = 80;

/** The end of openers that a clause follows without a comma: "hi all i need", "haha ok who". */
function endOfOpeners(text: string, start: number): number | null {
  const head = text.slice(start, start + MAX_OPENER_CHARACTERS);
  const found = [...head.matchAll(CHAT_WORD)];
  const words = found.map(([word]) => chatWords(word)[0] ?? '');
  let count = 0;
  let isOpener = false;
  for (let phrase = phraseAt(words, 0); phrase !== null; phrase = phraseAt(words, count)) {
    const belongsToOpener = phrase.kind === 'addressee' || words[count] === OPENER_LINK;
    if (count === 0 ? belongsToOpener || isFiller(phrase.kind) : isFiller(phrase.kind) && !belongsToOpener) break;
    if (!belongsToOpener) isOpener = OPENER_PHRASES.has(words.slice(count, count + phrase.length).join(' '));
    count += phrase.length;
  }
  const next = found[count];
  if (count === 0 || next === undefined) return null;
  const isDashed = /\s[-–—]+\s/u.test(head.slice(0, next.index));
  const opensClause = isOpener && CLAUSE_STARTERS.has(words[count] ?? '');
  return isDashed || opensClause || ASKS.test(head.slice(next.index)) ? start + next.index : null;
}

const TRAILING = new RegExp(`[\\s,]+${anyOf(TRAILING_COURTESIES)}[\\s?!.]*$`, 'iu');
const MAX_TRAILING_CHARACTERS = 60;

function withoutTrailing(text: string): string {
  const tail = TRAILING.exec(text.slice(-MAX_TRAILING_CHARACTERS));
  if (tail === null) return text;
  const shorter = endAs(text.slice(0, text.length - tail[0].length), tail[0]);
  return contentWords(shorter).length > 0 ? shorter : text;
}
