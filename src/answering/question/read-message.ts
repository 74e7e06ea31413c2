import { contentWords, PASTE_WORDS, STOP_WORDS } from '../../text/english.js';
import { oneLine } from '../../text/visible-text.js';
import { withoutChatMarks } from './chat-marks.js';
import { withoutCourtesies } from './courtesies.js';
import { messageParts } from './message-parts.js';
import { MAX_MESSAGE_CHARACTERS, MAX_QUESTION_CHARACTERS, QuestionError } from './question.js';
import { chatWords, type SmallTalk } from './small-talk.js';

/** A message taken apart into what is asked and what was pasted. At least one of them has a word. */
export interface Message {
  /** The whole message, on one line. */
  readonly text: string;
  /**
   * The question in prose, on one line, without mentions, emoji, links, quoted lines and courtesies. Empty if there is none,
   * or if it only points at what was pasted: "what does this mean?".
   */
  readonly question: string;
  /** Code, logs and stack traces, as they were pasted. Empty if there are none. */
  readonly pasted: string;
}

/**
 * Reads search words: all of them are searched for, and "thanks" is a word like any other.
 *
 * @throws {QuestionError} if there are none, or more than `MAX_QUESTION_CHARACTERS`.
 */
export function readWords(input: string): Message {
  const text = readText(input, MAX_QUESTION_CHARACTERS);
  if (!hasWord(text)) throw new QuestionError('no-words', text.length);
  return { text, question: text, pasted: '' };
}

/**
 * Reads a message of a chat: finds the question in it, and what was pasted with it.
 *
 * @throws {QuestionError} if it is empty, has no letter or digit, is longer than `MAX_MESSAGE_CHARACTERS`, asks in more than
 *   `MAX_QUESTION_CHARACTERS`, or is only small talk.
 */
export function readMessage(input: string): Message {
  const text = readText(input, MAX_MESSAGE_CHARACTERS);
  const parts = messageParts(input.toWellFormed());
  const { question, smallTalk } = readProse(parts.prose);
  const pasted = hasWord(parts.pasted) ? parts.pasted : '';
  if (question.length > MAX_QUESTION_CHARACTERS) throw new QuestionError('too-long', question.length);
  if (pointsAtPaste(question)) {
    if (pasted !== '') return { text, question: '', pasted };
    // What someone else said is asked about if nothing else is. Its quote marks are gone, so this goes one level deep.
    const isAboutQuote = smallTalk === null || smallTalk === 'help';
    if (isAboutQuote && hasWord(parts.quoted)) return { ...readMessage(parts.quoted), text };
  }
  if (question !== '') return { text, question, pasted };
  throw new QuestionError(smallTalk ?? (hasWord(text) ? 'empty' : 'no-words'), text.length);
}

function readText(input: string, maxCharacters: number): string {
  const text = oneLine(input.toWellFormed());
  if (text === '') throw new QuestionError('empty', 0);
  if (text.length > maxCharacters) throw new QuestionError('too-long', text.length);
  return text;
}

/** The question in what a person says, empty if there is none, and what kind of small talk it is instead. */
interface Said {
  readonly question: string;
  readonly smallTalk: SmallTalk | null;
}

function readProse(prose: string): Said {
  const { text, hadLink, hadEmoji } = withoutChatMarks(prose);
  if (!hasWord(text)) return { question: '', smallTalk: hadLink ? 'link' : hadEmoji ? 'reaction' : null };
  const rest = withoutCourtesies(text);
  if ('smallTalk' in rest) return { question: '', smallTalk: rest.smallTalk };
  const question = oneLine(rest.question);
  // "What is https://example.org?" asks about the link.
  const isAboutLink = hadLink && contentWords(question).length === 0;
  return {
    question: isAboutLink ? oneLine(withoutChatMarks(prose, { keepsLinks: true }).text) : question,
    smallTalk: null,
  };
}

/** Whether a question says nothing about its subject, so that it must be what stands beside it. */
function pointsAtPaste(question: string): boolean {
  return chatWords(question).every((word) => STOP_WORDS.has(word) || PASTE_WORDS.has(word));
}

function hasWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
