import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { MAX_QUESTION_CHARACTERS, QuestionError, type QuestionProblem } from '../../answering/question.js';
import { UserError } from '../../user-error.js';
import { type Card, textCard } from '../cards/card.js';
import { Refusal } from '../context/refusal.js';
import { escapeMarkdown } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';

/** Does what may fail; a person is told what to do, or given a reference under which the log has the reason. */
export async function cardOrFailure<Shown extends Card | null>(
  make: () => Shown | Promise<Shown>,
  texts: Texts,
  log: Logger,
): Promise<Shown | Card> {
  try {
    return await make();
  } catch (error) {
    const reason = reasonIn(error, texts);
    if (reason !== null) return textCard(reason);
    const reference = newReference();
    log.error({ err: error, reference }, 'a question could not be answered');
    return failureCard(reference, texts);
  }
}

const PROBLEM_KEYS: Readonly<Record<QuestionProblem, TextKey>> = {
  empty: 'question.empty',
  'no-words': 'question.noWords',
  'too-long': 'question.tooLong',
};

/** What a person is told of an error that is theirs to mend, as Markdown; null for one that is not. */
function reasonIn(error: unknown, texts: Texts): string | null {
  if (error instanceof Refusal) return texts.say(error.key, error.values);
  if (error instanceof QuestionError) {
    const counted = (characters: number): string => characters.toLocaleString(texts.language);
    return texts.say(PROBLEM_KEYS[error.problem], {
      characters: counted(error.characters),
      most: counted(MAX_QUESTION_CHARACTERS),
    });
  }
  return error instanceof UserError ? escapeMarkdown(error.message) : null;
}

/** Six hexadecimal digits by which a person's report is found in the log. */
export function newReference(): string {
  return randomBytes(3).toString('hex');
}

export function failureCard(reference: string, texts: Texts): Card {
  return textCard(texts.say('failure.answer', { reference }));
}
