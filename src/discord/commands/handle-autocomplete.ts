import type { AutocompleteInteraction } from 'discord.js';
import type { BotContext } from '../context/bot-context.js';
import { refusalAt } from '../context/who-may-ask.js';
import { interactionContextOf } from '../sending/interaction-context.js';
import { respondWithChoices } from '../sending/interaction-responses.js';
import { SLASH_COMMANDS } from './commands.js';

/** Suggests choices while someone types an option of a command. */
export async function handleAutocomplete(interaction: AutocompleteInteraction, bot: BotContext): Promise<void> {
  const command = SLASH_COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  const context = interactionContextOf(interaction, bot);
  const { location, sending } = context;
  const mayAsk = refusalAt(location, interaction.inCachedGuild() ? interaction.member : null) === null;
  const choices = mayAsk || command?.isQuestion === false ? command?.suggest?.(context) : [];
  await respondWithChoices(interaction, choices ?? [], sending);
}
