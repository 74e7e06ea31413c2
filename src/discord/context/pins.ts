import { type BaseInteraction, PermissionFlagsBits, type Snowflake } from 'discord.js';
import { type PinProblem, pinProblem } from '../../answering/pin-problem.js';
import { type FindPin, pinFinder } from '../../answering/pins/find-pin.js';
import { pinTo } from '../../answering/pins/pin.js';
import { sameQuestionAs } from '../../answering/pins/same-question.js';
import { readWords } from '../../answering/question/read-message.js';
import type { StoredPin } from '../../community/pins.js';
import { oneLine } from '../../text/visible-text.js';
import type { TextKey } from '../locales/translation.js';
import type { BotContext } from './bot-context.js';
import { type Location, requirePassage } from './location.js';
import { Refusal } from './refusal.js';

/** Who wants to pin something, and where. */
export interface Pinning {
  readonly interaction: Pick<BaseInteraction, 'memberPermissions'>;
  readonly location: Location;
}

const PROBLEM_KEYS = {
  'too-long': 'pins.tooLong',
  several: 'pins.several',
  'follow-up': 'pins.followUp',
} as const satisfies Record<PinProblem, TextKey>;

/** Finds what is pinned at a location: in its server first, then everywhere. */
export function findPinAt({ serverId }: Location, bot: BotContext): FindPin {
  const { pins } = bot.community;
  return pinFinder({
    lists: () => (serverId === null ? [pins.list(null)] : [pins.list(serverId), pins.list(null)]),
    library: () => bot.library(),
    folded: bot.foldedQuestions,
  });
}

/** Whether a person may pin passages here: in a server that the bot is a member of, with the permission to manage messages. */
export function mayPin({ interaction, location }: Pinning): boolean {
  return location.serverId !== null && interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true;
}

/**
 * Returns the server that a person may pin passages in. Checked whenever something is pinned, too: permissions change, and admins can
 * show a command to people without them.
 *
 * @throws {Refusal} if this is no server, or the person may not pin passages in it.
 */
export function requirePinningServer(pinning: Pinning): Snowflake {
  const { serverId } = pinning.location;
  if (serverId === null) throw new Refusal('failure.needsServer');
  if (!mayPin(pinning)) throw new Refusal('pins.notAllowed');
  return serverId;
}

/** What is to be pinned, by whom. */
export interface PinRequest {
  readonly question: string;
  readonly passageId: string;
  readonly serverId: Snowflake;
  readonly personId: Snowflake;
  readonly location: Location;
}

/**
 * Pins a passage to a question, in place of what is pinned to it. The log says who did it.
 *
 * @returns The question as it is stored, and whether something else was pinned to it.
 * @throws {QuestionError} if the question is empty, too long or has no words.
 * @throws {Refusal} if nothing can be pinned to it, the passage is gone or not available here, or there are too many pins.
 */
export function pinPassage(
  { question: input, passageId, serverId, personId, location }: PinRequest,
  bot: BotContext,
): { question: string; isReplaced: boolean } {
  const question = requirePinnable(input);
  const pinned = { ...pinTo(question, requirePassage(passageId, location, bot)), serverId, personId };
  const added = bot.community.pins.add({ ...pinned, pinnedAt: Date.now() }, sameQuestionAs(question));
  if (added === null) throw new Refusal('pins.full');
  const { pin, isReplaced } = added;
  bot.log.info({ server: serverId, person: personId, pin: pin.id, passage: passageId, isReplaced }, 'passage pinned');
  return { question, isReplaced };
}

/** Removes a pin of a server. The log says who did it. @returns whether it was still there. */
export function removeServerPin({ id }: StoredPin, serverId: Snowflake, personId: Snowflake, bot: BotContext): boolean {
  const isRemoved = bot.community.pins.remove(serverId, id);
  if (isRemoved) bot.log.info({ server: serverId, person: personId, pin: id }, 'pin removed');
  return isRemoved;
}

/**
 * Reads a question that a passage is to be pinned to.
 *
 * @throws {QuestionError} if it is empty, too long or has no words.
 * @throws {Refusal} if nothing can be pinned to it.
 */
export function requirePinnable(input: string): string {
  const question = readWords(input).question;
  const problem = pinProblem(question);
  if (problem !== null) throw new Refusal(PROBLEM_KEYS[problem]);
  return question;
}

/** Whether a passage can be pinned to a question that somebody asked. */
export function canPinTo(question: string): boolean {
  return pinProblem(oneLine(question)) === null;
}

/** Finds the pin of a server that a question has; null if there is none. */
export function findServerPin(question: string, serverId: Snowflake, bot: BotContext): StoredPin | null {
  const isSame = sameQuestionAs(question);
  return bot.community.pins.list(serverId).find((pin) => isSame(pin.question)) ?? null;
}
