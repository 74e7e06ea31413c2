import { randomBytes } from 'node:crypto';
import { MAX_QUESTION_CHARACTERS, QuestionError, type QuestionProblem } from '../../answering/question/question.js';
import { TransientError, type TransientReason, UserError } from '../../user-error.js';
import { type Card, textCard } from '../cards/card.js';
import { Refusal } from '../context/refusal.js';
import { escapeMarkdown } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';
import type { SendContext } from './send-context.js';

/** A card, or a card that explains why there is none. */
export interface CardResult<Made extends Card | null> {
  readonly card: Made | Card;
  readonly isFailure: boolean;
}

/**
 * Makes a card. If that fails, people get a card that tells them what to do, or, for an unexpected error, a reference
 * under which the log has the reason.
 */
export async function cardOrFailure<Made extends Card | null>(
  make: () => Made | Promise<Made>,
  { texts, log }: Pick<SendContext, 'texts' | 'log'>,
): Promise<CardResult<Made>> {
  try {
    return { card: await make(), isFailure: false };
  } catch (error) {
    const explanation = explain(error, texts);
    // Turning people away under load is no failure; that a question took too long may have a cause to find.
    if (error instanceof TransientError && error.reason !== 'busy')
      log.warn({ err: error }, 'could not answer in time');
    if (explanation !== null) return { card: textCard(explanation), isFailure: true };
    const reference = newReference();
    log.error({ err: error, reference }, 'could not answer a question');
    return { card: failureCard(reference, texts), isFailure: true };
  }
}

const PROBLEM_KEYS: Readonly<Record<QuestionProblem, TextKey>> = {
  empty: 'question.empty',
  'no-words': 'question.noWords',
  'too-long': 'question.tooLong',
  greeting: 'question.greeting',
  thanks: 'question.thanks',
  praise: 'question.praise',
  help: 'question.help',
  link: 'question.link',
  reaction: 'question.reaction',
};

const TRANSIENT_KEYS: Readonly<Record<TransientReason, TextKey>> = {
  busy: 'failure.busy',
  'too-slow': 'failure.tooSlow',
  unavailable: 'failure.unavailable',
};

/** Explains an error that the person can do something about, as Markdown. Returns null for any other error. */
function explain(error: unknown, texts: Texts): string | null {
  if (error instanceof Refusal) return texts.say(error.key);
  if (error instanceof QuestionError) {
    const format = (characters: number): string => characters.toLocaleString(texts.language);
    return texts.say(PROBLEM_KEYS[error.problem], {
      characters: format(error.characters),
      most: format(MAX_QUESTION_CHARACTERS),
    });
  }
  if (error instanceof TransientError) return texts.say(TRANSIENT_KEYS[error.reason]);
  return error instanceof UserError ? escapeMarkdown(error.message) : null;
}

/** Creates six hexadecimal digits that connect what a person sees to a line in the log. */
export function newReference(): string {
  return randomBytes(3).toString('hex');
}

/** Creates the card for an unexpected error. */
export function failureCard(reference: string, texts: Texts): Card {
  return textCard(texts.say('failure.answer', { reference }));
}
