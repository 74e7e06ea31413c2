import { randomBytes } from 'node:crypto';
import { MAX_QUESTION_CHARACTERS, QuestionError, type QuestionProblem } from '../../answering/question/question.js';
import { DamageError, TransientError, type TransientReason } from '../../user-error.js';
import { type Card, textCard } from '../cards/card.js';
import { Refusal } from '../context/refusal.js';
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
  context: Pick<SendContext, 'texts' | 'log'>,
): Promise<CardResult<Made>> {
  try {
    return { card: await make(), isFailure: false };
  } catch (error) {
    return { card: explanationOf(error, context), isFailure: true };
  }
}

/** The card that tells people why something failed. What they can do nothing about is logged. */
export function explanationOf(error: unknown, { texts, log }: Pick<SendContext, 'texts' | 'log'>): Card {
  const explanation = explain(error, texts);
  // Turning people away under load is no failure; that a question took too long may have a cause to find.
  if (error instanceof TransientError && error.reason !== 'busy') log.warn({ err: error }, 'could not answer in time');
  if (explanation !== null) return textCard(explanation);
  const reference = newReference();
  log.error({ err: error, reference }, 'could not answer a question');
  return failureCard(reference, texts, failureKeyOf(error));
}

/** What whoever runs the bot has to repair is named in the log only: the message has paths of their machine. */
function failureKeyOf(error: unknown): FailureKey {
  return error instanceof DamageError ? 'failure.damaged' : 'failure.answer';
}

const PROBLEM_KEYS: Readonly<Record<QuestionProblem, TextKey>> = {
  empty: 'question.empty',
  'no-words': 'question.noWords',
  'no-claims': 'claims.noText',
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
  return null;
}

/** Creates six hexadecimal digits that connect what a person sees to a line in the log. */
export function newReference(): string {
  return randomBytes(3).toString('hex');
}

type FailureKey = Extract<TextKey, 'failure.answer' | 'failure.damaged'>;

/** Creates the card for an error that people can do nothing about. */
export function failureCard(reference: string, texts: Texts, key: FailureKey = 'failure.answer'): Card {
  return textCard(texts.say(key, { reference }));
}
