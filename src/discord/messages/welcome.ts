import { AuditLogEvent, type Guild, PermissionFlagsBits, type Snowflake } from 'discord.js';
import { welcomeCard } from '../cards/welcome-card.js';
import type { BotContext } from '../context/bot-context.js';
import { textsFor } from '../locales/texts.js';
import { sendDirectMessage, sendMessage } from '../sending/channel-messages.js';

/** How many of the latest bots that were added are looked through. */
const MAX_ENTRIES = 5;

/**
 * Sends one message to a server that has just added the bot: to the person who added it, or else to the channel where Discord welcomes
 * people, or else to the owner of the server. Who added it is in the audit log, which few servers let bots read.
 */
export async function welcomeServer(guild: Guild, bot: BotContext): Promise<void> {
  const { rest, log, refusedChannels } = bot;
  const texts = textsFor(guild.preferredLocale);
  const sending = { rest, log, refusedChannels, serverId: guild.id, texts };
  const card = welcomeCard(guild.name, texts, bot);
  // Discord posts one message per nonce, so nobody is welcomed twice if the connection breaks.
  const options = { nonce: `w${guild.id}` };
  const adder = await personWhoAdded(guild, bot);
  if (adder !== null && (await sendDirectMessage(adder, card, options, sending)) !== null) return;
  const channelId = systemChannelOf(guild);
  if (channelId !== null && (await sendMessage(channelId, card, options, sending)) !== null) return;
  if (guild.ownerId !== adder) await sendDirectMessage(guild.ownerId, card, options, sending);
}

async function personWhoAdded(guild: Guild, { log }: BotContext): Promise<Snowflake | null> {
  if (guild.members.me?.permissions.has(PermissionFlagsBits.ViewAuditLog) !== true) return null;
  try {
    const { entries } = await guild.fetchAuditLogs({ type: AuditLogEvent.BotAdd, limit: MAX_ENTRIES });
    return entries.find(({ targetId }) => targetId === guild.client.user.id)?.executorId ?? null;
  } catch (error) {
    log.warn({ err: error }, 'could not find out who added the bot');
    return null;
  }
}

/** The channel where Discord welcomes people, if the bot can post there. */
function systemChannelOf({ systemChannel, client }: Guild): Snowflake | null {
  const permissions = systemChannel?.permissionsFor(client.user);
  const canPost = permissions?.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]) === true;
  return systemChannel !== null && canPost ? systemChannel.id : null;
}
