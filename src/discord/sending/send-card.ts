import { HTTPError, type RawFile, RESTJSONErrorCodes } from 'discord.js';
import { bodyOf, type Card, textCard } from '../cards/card.js';
import type { Texts } from '../locales/texts.js';
import { failureCard, newReference } from './failures.js';
import { isContentRefused } from './refusals.js';
import { hasCode, withRetries } from './retry.js';
import type { SendContext } from './send-context.js';

/** Discord's response to a card, or the error if nothing could be sent. */
export type SendResult = { readonly response: unknown } | { readonly error: unknown };

/**
 * Sends a card. If Discord rejects its components, it is sent as plain text; if that is rejected too, or a filter refuses what it
 * says, a message that tells people so is sent instead, so that nobody is left waiting.
 *
 * @param send Makes the request for a card. May be called several times, with simpler and simpler cards.
 * @param options `isEdit`: the request changes an existing message. Default: false.
 * @returns The error if nothing could be sent. It has been logged.
 */
export async function sendCard(
  send: (card: Card) => Promise<unknown>,
  card: Card,
  { log, texts }: Pick<SendContext, 'log' | 'texts'>,
  { isEdit = false }: { readonly isEdit?: boolean } = {},
): Promise<SendResult> {
  try {
    return { response: await withRetries(() => send(card)) };
  } catch (error) {
    const reference = newReference();
    log.error({ err: error, reference }, 'could not send the answer');
    let last = error;
    for (const simpler of simplerForms(error, card, { reference, texts, isEdit })) {
      try {
        return { response: await withRetries(() => send(simpler)) };
      } catch (again) {
        log.error({ err: again, reference }, 'could not send a simpler form of the answer');
        last = again;
        if (!mayAcceptSimpler(again)) break;
      }
    }
    return { error: last };
  }
}

/**
 * The forms to fall back on, in order. A message that has components can never lose them, so an edit replaces them with
 * text. An edit without text was only meant to change the buttons; if that fails, the message is fine as it is.
 */
function simplerForms(
  error: unknown,
  card: Card,
  { reference, texts, isEdit }: { readonly reference: string; readonly texts: Texts; readonly isEdit: boolean },
): Card[] {
  if (isEdit && card.plain === '') return [];
  if (isContentRefused(error)) return isEdit ? [] : [textCard(texts.say('failure.blocked'))];
  if (!mayAcceptSimpler(error)) return [];
  const failure = failureCard(reference, texts);
  return isEdit ? [textCard(card.plain), failure] : [{ ...card, components: [] }, textCard(card.plain), failure];
}

/** Whether a simpler form may work: the body was malformed, or Discord failed with the 500 it gives for large ones. */
function mayAcceptSimpler(error: unknown): boolean {
  if (error instanceof HTTPError) return error.status === 500;
  return hasCode(error, RESTJSONErrorCodes.InvalidFormBodyOrContentType);
}

/** Returns the request body of an edit. Edits notify nobody, so a mention in one must not look as if it did. */
export function editBodyOf(card: Card): ReturnType<typeof bodyOf> {
  return { ...bodyOf(card), allowed_mentions: { parse: [], replied_user: false } };
}

/** Returns the card's file as a request option, or no option if it has none. */
export function filesOf({ file }: Card): { files?: RawFile[] } {
  return file === undefined ? {} : { files: [{ name: file.name, data: file.text, contentType: file.type }] };
}
