import type { Interaction } from 'discord.js';
import { textCard } from '../cards/card.js';
import type { BotContext } from '../context/bot-context.js';
import { setBounded } from '../context/bounded-map.js';
import { type Location, locationOf, textsAt } from '../context/location.js';
import { refusalOf } from '../context/who-may-ask.js';
import type { Texts } from '../locales/texts.js';
import { respondImmediately } from './interaction-responses.js';
import { refusalText } from './refusal-text.js';
import type { SendContext } from './send-context.js';

/** How many people's locales are remembered. */
const MAX_LOCALES = 10_000;

/** An interaction with its location, language and the services needed to answer it. */
export interface InteractionContext<Kind extends Interaction = Interaction> {
  readonly interaction: Kind;
  readonly location: Location;
  readonly texts: Texts;
  readonly bot: BotContext;
  readonly sending: SendContext;
}

/** Builds the context of an interaction, and remembers the person's locale for their messages. */
export function interactionContextOf<Kind extends Interaction>(
  interaction: Kind,
  bot: BotContext,
): InteractionContext<Kind> {
  setBounded(bot.locales, interaction.user.id, interaction.locale, MAX_LOCALES);
  const location = locationOf(interaction, bot);
  const texts = textsAt(location, interaction.locale);
  return {
    interaction,
    location,
    texts,
    bot,
    sending: {
      rest: () => bot.interactionRest,
      log: bot.log,
      refusedChannels: bot.refusedChannels,
      serverId: location.serverId,
      texts,
    },
  };
}

/**
 * Checks whether a person may use a command or button now, and counts it towards the rate limits. Check before acknowledging,
 * so that a refusal can be shown to one person only.
 *
 * @param options `isQuestion`: only questions are limited, and only questions can be turned off for channels and people.
 * @returns The reason to refuse, or null.
 */
export async function refusalReason(
  { isQuestion }: { readonly isQuestion: boolean },
  { interaction, location, texts, bot }: InteractionContext,
): Promise<string | null> {
  if (!isQuestion) return null;
  const refusal = await refusalOf(interaction, location, bot);
  if (refusal !== null) return refusalText(refusal, texts);
  const limited = await bot.rateLimits.count(interaction.user.id, interaction.guildId);
  return limited === null ? null : texts.say(limited.key, { count: limited.seconds });
}

/** Refuses an interaction. Only the person who used it sees why. */
export async function refuse(
  { interaction, sending }: Pick<InteractionContext, 'interaction' | 'sending'>,
  reason: string,
): Promise<void> {
  await respondImmediately(interaction, textCard(reason), true, sending);
}
