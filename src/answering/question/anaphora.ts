import { ANAPHORS, anyOf, CONTINUATION_OPENERS, EXISTENTIAL_THERE, PRONOUNS } from '../../text/english.js';

const ANAPHOR = new RegExp(`\\b${anyOf(ANAPHORS)}\\b`, 'i');

const EXISTENTIAL = new RegExp(EXISTENTIAL_THERE, 'giu');

/** "Who is Antonov and what did he do?": a capitalised word inside the question, then a pronoun. */
const NAME_THEN_PRONOUN = new RegExp(`\\s\\p{Lu}\\p{L}+\\b[^?]*\\s${anyOf(PRONOUNS)}\\b`, 'u');

/** Whether a question refers to something said before it, as "what did they do?" does, and does not name it itself. */
export function hasAnaphor(question: string): boolean {
  return ANAPHOR.test(question.replace(EXISTENTIAL, ' ')) && !NAME_THEN_PRONOUN.test(question);
}

const CONTINUATION = new RegExp(`^["“'‘(]*${anyOf(CONTINUATION_OPENERS)}\\b`, 'i');

/** Whether a sentence depends on the one before it: "He agreed." does not say who agreed when it is quoted alone. */
export function dependsOnPrevious(sentence: string): boolean {
  return CONTINUATION.test(sentence);
}
