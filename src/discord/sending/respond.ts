import { setTimeout as sleep } from 'node:timers/promises';
import {
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  DiscordAPIError,
  HTTPError,
  InteractionResponseType,
  MessageFlags,
  type RawFile,
  type REST,
  RESTJSONErrorCodes,
  Routes,
  type Snowflake,
} from 'discord.js';
import type { Logger } from 'pino';
import { bodyOf, type Card, textCard } from '../cards/card.js';
import type { Texts } from '../locales/texts.js';
import { failureCard, newReference } from './failures.js';

/** Attempts at a request whose connection broke; discord.js repeats server errors and timeouts itself, but not these. */
const ATTEMPTS = 3;
const PAUSE_MS = 250;
/** A first answer that hangs is given up so soon that another attempt comes within the three seconds there are. */
const CALLBACK_MS = 1000;

/** What sending needs: the connection, the words for a failure, and the log. */
export interface Sending {
  readonly rest: () => REST;
  readonly log: Logger;
  readonly texts: Texts;
}

/** An interaction, as far as its answers are addressed by it. Not discord.js's methods: those lose count of what was answered when a reply of Discord's is lost. */
export interface Addressed {
  readonly id: Snowflake;
  readonly token: string;
  readonly applicationId: Snowflake;
}

/** A message of ours, by which it is changed and removed. */
export interface SentMessage {
  readonly id: Snowflake;
  readonly channelId: Snowflake;
}

/** How Discord is told that an answer is coming: as a new message for all or for one person, or in the place of the message with the button. */
export type Acknowledgement = 'public' | 'private' | 'edit';

const DEFERRALS = {
  public: { type: InteractionResponseType.DeferredChannelMessageWithSource },
  private: {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  },
  edit: { type: InteractionResponseType.DeferredMessageUpdate },
} as const;

/**
 * Tells Discord that an answer is coming: at once, because it takes the interaction away after 3 seconds.
 *
 * @returns whether Discord knows.
 */
export async function acknowledge(
  interaction: Addressed,
  how: Acknowledgement,
  sending: Pick<Sending, 'rest' | 'log'>,
): Promise<boolean> {
  return answerCallback(interaction, DEFERRALS[how], sending);
}

/** Answers at once, without a waiting sign: only so can somebody be pinged, because changing a message pings nobody. */
export async function respondAtOnce(
  interaction: Addressed,
  card: Card,
  isPrivate: boolean,
  sending: Sending,
): Promise<boolean> {
  const respond = (sent: Card): Promise<true> => {
    const body = bodyOf(sent);
    const flags = (body.flags ?? 0) | (isPrivate ? MessageFlags.Ephemeral : 0);
    const data = { ...body, ...(flags !== 0 && { flags }) };
    return callBack(interaction, { type: InteractionResponseType.ChannelMessageWithSource, data }, sending);
  };
  return (await deliver(respond, card, sending)) !== null;
}

/** Answers what somebody types in a command. */
export async function respondWithChoices(
  interaction: Addressed,
  choices: readonly APIApplicationCommandOptionChoice<string>[],
  sending: Pick<Sending, 'rest' | 'log'>,
): Promise<void> {
  const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
  await answerCallback(interaction, { type, data: { choices: [...choices] } }, sending);
}

/** @returns whether Discord has the answer. */
async function answerCallback(
  interaction: Addressed,
  body: object,
  sending: Pick<Sending, 'rest' | 'log'>,
): Promise<boolean> {
  try {
    return await repeating(() => callBack(interaction, body, sending));
  } catch (error) {
    sending.log.warn({ err: error, interaction: interaction.id }, 'Discord did not take the answer to an interaction');
    return false;
  }
}

/** A repeated request, after a reply that was lost on the way, is refused as already acknowledged: that is as good. */
async function callBack({ id, token }: Addressed, body: object, { rest }: Pick<Sending, 'rest'>): Promise<true> {
  try {
    const signal = AbortSignal.timeout(CALLBACK_MS);
    await rest().post(Routes.interactionCallback(id, token), { body, auth: false, signal });
  } catch (error) {
    const isAnswered =
      error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
    if (!isAnswered) throw error;
  }
  return true;
}

/** Puts the answer in the place of the waiting sign, or, after `edit`, of the message with the button. */
export async function finish(
  interaction: Addressed,
  card: Card,
  how: Acknowledgement,
  sending: Sending,
): Promise<void> {
  const route = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original');
  await deliver(
    (sent) => sending.rest().patch(route, { body: withoutPings(bodyOf(sent)), auth: false, ...filesOf(sent) }),
    card,
    sending,
    { isChange: how === 'edit' },
  );
}

/** Says something to who pressed a button only, and leaves the message with it as it is. */
export async function tellPrivately({ applicationId, token }: Addressed, card: Card, sending: Sending): Promise<void> {
  const route = Routes.webhook(applicationId, token);
  await deliver(
    (sent) => {
      const body = withoutPings(bodyOf(sent));
      return sending
        .rest()
        .post(route, { body: { ...body, flags: (body.flags ?? 0) | MessageFlags.Ephemeral }, auth: false });
    },
    card,
    sending,
  );
}

/** Removes the message with the button that was pressed, also one that only one person sees. */
export async function removeOriginal({ applicationId, token }: Addressed, sending: Sending): Promise<void> {
  const route = Routes.webhookMessage(applicationId, token, '@original');
  await removing(() => sending.rest().delete(route, { auth: false }), sending.log);
}

/** Says something below a message. @param nonce As of `post`. */
export function replyTo(
  message: SentMessage,
  card: Card,
  sending: Sending,
  nonce: string,
): Promise<SentMessage | null> {
  const reference = { message_reference: { message_id: message.id, fail_if_not_exists: false } };
  return post(message.channelId, card, { nonce, ...reference }, sending);
}

/** Says something in a channel. @param nonce Up to 25 characters; Discord posts one message for it, however often it is sent. */
export async function post(
  channelId: Snowflake,
  card: Card,
  extra: { readonly nonce: string; readonly message_reference?: object },
  sending: Sending,
): Promise<SentMessage | null> {
  const route = Routes.channelMessages(channelId);
  const sent = await deliver(
    (one) => sending.rest().post(route, { body: { ...bodyOf(one), ...extra, enforce_nonce: true }, ...filesOf(one) }),
    card,
    sending,
  );
  return sent === null ? null : { id: (sent as APIMessage).id, channelId };
}

/**
 * Opens a thread about a message. It has the message's id: so it is known also when Discord's reply to a request that made it is lost,
 * or somebody else was faster.
 *
 * @throws what Discord refuses it with.
 */
export async function openThread({ id, channelId }: SentMessage, name: string, { rest }: Sending): Promise<Snowflake> {
  try {
    await repeating(() => rest().post(Routes.threads(channelId, id), { body: { name } }));
  } catch (error) {
    const isThere =
      error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage;
    if (!isThere) throw error;
  }
  return id;
}

/** Puts a card in the place of what a message of ours says. */
export async function replace(answer: SentMessage, card: Card, sending: Sending): Promise<void> {
  const route = Routes.channelMessage(answer.channelId, answer.id);
  const send = (sent: Card): Promise<unknown> => sending.rest().patch(route, { body: withoutPings(bodyOf(sent)) });
  await deliver(send, card, sending, { isChange: true });
}

/** Removes a message of ours; one that somebody has removed already is as good. */
export async function remove(answer: SentMessage, sending: Sending): Promise<void> {
  const route = Routes.channelMessage(answer.channelId, answer.id);
  await removing(() => sending.rest().delete(route), sending.log);
}

async function removing(send: () => Promise<unknown>, log: Logger): Promise<void> {
  try {
    await repeating(send);
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage) return;
    log.warn({ err: error }, 'an answer could not be removed');
  }
}

function filesOf({ file }: Card): { files?: RawFile[] } {
  return file === undefined ? {} : { files: [{ name: file.name, data: file.text, contentType: 'text/csv' }] };
}

/** A changed message pings nobody; naming somebody would be an empty promise. */
function withoutPings(body: ReturnType<typeof bodyOf>): ReturnType<typeof bodyOf> {
  return { ...body, allowed_mentions: { parse: [], replied_user: false } };
}

/**
 * Sends a card. Where Discord does not take its components it is sent as plain text; where that is refused as well, the failure is
 * told in its place instead of leaving a person waiting.
 *
 * @param options `isChange`: it changes a message of ours that is there already.
 * @returns what Discord answered, or null when nothing could be sent.
 */
async function deliver(
  send: (card: Card) => Promise<unknown>,
  card: Card,
  { log, texts }: Sending,
  { isChange = false }: { readonly isChange?: boolean } = {},
): Promise<unknown> {
  try {
    return await repeating(() => send(card));
  } catch (error) {
    const reference = newReference();
    log.error({ err: error, reference }, 'an answer could not be sent');
    if (!isAboutTheBody(error)) return null;
    for (const simpler of simplerForms(card, failureCard(reference, texts), isChange)) {
      try {
        return await repeating(() => send(simpler));
      } catch (again) {
        log.error({ err: again, reference }, 'nor could it be sent in a simpler form');
        if (!isAboutTheBody(again)) return null;
      }
    }
    return null;
  }
}

/** A message that has components keeps them for good, and one that was only to get other buttons is right as it is. */
function simplerForms(card: Card, failure: Card, isChange: boolean): Card[] {
  if (!isChange) return [{ ...card, components: [] }, textCard(card.plain), failure];
  return card.plain === '' ? [] : [textCard(card.plain), failure];
}

/** Whether something simpler may be taken: it was refused as malformed, or Discord failed at it as it does at large ones. */
function isAboutTheBody(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.code === RESTJSONErrorCodes.InvalidFormBodyOrContentType;
  return error instanceof HTTPError && error.status === 500;
}

/** Repeats a request whose connection broke. Where Discord has said no, the same again changes nothing. */
async function repeating<Result>(send: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (error instanceof DiscordAPIError || error instanceof HTTPError || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS * attempt);
    }
  }
}
