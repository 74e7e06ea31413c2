import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Answer } from '../answering/answer.js';
import { UserError } from '../user-error.js';
import { type Card, textCard } from './answer-card.js';
import { escapeMarkdown } from './markdown.js';

/** Does what may fail; a person is told what to do, or given a reference under which the log has the reason. */
export async function orFailure(make: () => Promise<Reply>, log: Logger): Promise<Reply> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof UserError) return { card: textCard(escapeMarkdown(error.message)) };
    const reference = newReference();
    log.error({ err: error, reference }, 'a question could not be answered');
    return { card: failureCard(reference) };
  }
}

/** What is said to a person, and the answer that it shows if it is one: a reply to it may go on from there. */
export interface Reply {
  readonly card: Card;
  readonly answer?: Answer;
}

/** Six hexadecimal digits by which a person's report is found in the log. */
export function newReference(): string {
  return randomBytes(3).toString('hex');
}

export function failureCard(reference: string): Card {
  return textCard(
    `Something went wrong on my side. Please try again; if it stays, tell whoever runs this bot the reference ${reference}.`,
  );
}
