import { HTTPError, type RawFile, RESTJSONErrorCodes } from 'discord.js';
import { bodyOf, type Card, textCard } from '../cards/card.js';
import { failureCard, newReference } from './failures.js';
import { hasCode, withRetries } from './retry.js';
import type { SendContext } from './send-context.js';

/**
 * Sends a card. If Discord rejects its components, it is sent as plain text; if that is rejected too, a failure message
 * is sent instead, so that nobody is left waiting.
 *
 * @param send Makes the request for a card. May be called several times, with simpler and simpler cards.
 * @param options `isEdit`: the request changes an existing message. Default: false.
 * @returns Discord's response, or null if nothing could be sent. That has been logged.
 */
export async function sendCard(
  send: (card: Card) => Promise<unknown>,
  card: Card,
  { log, texts }: SendContext,
  { isEdit = false }: { readonly isEdit?: boolean } = {},
): Promise<unknown> {
  try {
    return await withRetries(() => send(card));
  } catch (error) {
    const reference = newReference();
    log.error({ err: error, reference }, 'could not send the answer');
    if (!mayAcceptSimpler(error)) return null;
    for (const simpler of simplerForms(card, failureCard(reference, texts), isEdit)) {
      try {
        return await withRetries(() => send(simpler));
      } catch (again) {
        log.error({ err: again, reference }, 'could not send a simpler form of the answer');
        if (!mayAcceptSimpler(again)) return null;
      }
    }
    return null;
  }
}

/**
 * The forms to fall back on, in order. A message that has components can never lose them, so an edit replaces them with
 * text. An edit without text was only meant to change the buttons; if that fails, the message is fine as it is.
 */
function simplerForms(card: Card, failure: Card, isEdit: boolean): Card[] {
  if (!isEdit) return [{ ...card, components: [] }, textCard(card.plain), failure];
  return card.plain === '' ? [] : [textCard(card.plain), failure];
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
  return file === undefined ? {} : { files: [{ name: file.name, data: file.text, contentType: 'text/csv' }] };
}
