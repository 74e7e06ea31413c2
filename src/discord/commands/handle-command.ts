import type { ChatInputCommandInteraction, MessageContextMenuCommandInteraction } from 'discord.js';
import type { BotContext } from '../context/bot-context.js';
import { cardOrFailure } from '../sending/failures.js';
import {
  type InteractionContext,
  interactionContextOf,
  refusalReason,
  refuse,
} from '../sending/interaction-context.js';
import { acknowledge, completeResponse, respondImmediately } from '../sending/interaction-responses.js';
import type { CommandRules, SlashCommand } from './command.js';
import { MESSAGE_COMMANDS, SLASH_COMMANDS } from './commands.js';

/** Answers a slash command. */
export async function handleSlashCommand(interaction: ChatInputCommandInteraction, bot: BotContext): Promise<void> {
  const context = interactionContextOf(interaction, bot);
  const command = SLASH_COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  if (command?.isImmediate === true) await answerImmediately(command, context);
  else await acknowledgeAndAnswer(command, context);
}

/** Answers a command from the context menu of a message. */
export async function handleMessageCommand(
  interaction: MessageContextMenuCommandInteraction,
  bot: BotContext,
): Promise<void> {
  const command = MESSAGE_COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  await acknowledgeAndAnswer(command, interactionContextOf(interaction, bot));
}

async function answerImmediately(
  command: SlashCommand,
  context: InteractionContext<ChatInputCommandInteraction>,
): Promise<void> {
  const reason = await refusalReason(command, context);
  if (reason !== null) return refuse(context, reason);
  const { card, isFailure } = await cardOrFailure(() => command.run(context), context.sending);
  await respondImmediately(context.interaction, card, isFailure || command.isPrivate(context), context.sending);
}

async function acknowledgeAndAnswer<Kind extends ChatInputCommandInteraction | MessageContextMenuCommandInteraction>(
  command: CommandRules<Kind> | undefined,
  context: InteractionContext<Kind>,
): Promise<void> {
  const { interaction, texts, sending } = context;
  // Discord shows a removed command for a while longer.
  if (command === undefined) return refuse(context, texts.say('outdated.command'));
  const reason = await refusalReason(command, context);
  if (reason !== null) return refuse(context, reason);
  const mode = command.isPrivate(context) ? 'private' : 'public';
  if (!(await acknowledge(interaction, mode, sending))) return;
  const { card } = await cardOrFailure(() => command.run(context), sending);
  await completeResponse(interaction, card, mode, sending);
}
