import type { Guild, Snowflake } from 'discord.js';
import { textCard } from '../cards/card.js';
import type { BotContext } from '../context/bot-context.js';
import { type Texts, textsFor } from '../locales/texts.js';
import { sendMessage } from './channel-messages.js';

/**
 * Posts a change of settings in the channel that the server has chosen for that, if it has. It pings nobody.
 *
 * @param write Says what has changed, in the language of the server.
 * @param interactionId The interaction that changed it. Discord posts one message for it.
 */
export async function logChange(
  guild: Guild,
  write: (texts: Texts) => string,
  interactionId: Snowflake,
  { community, rest, log, refusedChannels }: BotContext,
): Promise<void> {
  const { logChannel, language } = community.settings.resolve([guild.id]);
  if (logChannel === null) return;
  const texts = textsFor(language ?? guild.preferredLocale);
  const sending = { rest, log, refusedChannels, serverId: guild.id, texts };
  await sendMessage(logChannel, textCard(write(texts)), { nonce: interactionId }, sending);
}
