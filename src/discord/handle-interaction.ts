import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { type Card, textCard } from './cards/card.js';
import type { CommandContext, CommandRules } from './commands/command.js';
import { MESSAGE_COMMANDS, SLASH_COMMANDS } from './commands/commands.js';
import type { BotContext } from './context/bot-context.js';
import { setBounded } from './context/bounded-map.js';
import { locationOf, textsAt } from './context/location.js';
import { Refusal } from './context/refusal.js';
import type { ComponentContext } from './controls/control.js';
import { CONTROLS } from './controls/controls.js';
import { decodeControl, EVERYBODY } from './format/custom-id.js';
import { cardOrFailure } from './sending/failures.js';
import {
  acknowledge,
  finish,
  removeOriginal,
  respondAtOnce,
  respondWithChoices,
  type Sending,
  tellPrivately,
} from './sending/respond.js';

/** Of so many people it is known what they read. */
const REMEMBERED_LOCALES = 10_000;

/** Answers what people do with commands, buttons and lists. */
export async function onInteraction(interaction: Interaction, bot: BotContext): Promise<void> {
  if (interaction.isAutocomplete()) return onTyping(interaction, bot);
  if (interaction.isChatInputCommand()) return onSlashCommand(interaction, bot);
  if (interaction.isMessageContextMenuCommand()) return onMessageCommand(interaction, bot);
  if (interaction.isButton() || interaction.isStringSelectMenu()) return onPress(interaction, bot);
}

type InteractionContext<Kind> = CommandContext<Kind> & { readonly sending: Sending };
type CommandInteraction = ChatInputCommandInteraction | MessageContextMenuCommandInteraction;

/** What every answer to an interaction is made with. */
function askingOf<Kind extends Interaction>(interaction: Kind, bot: BotContext): InteractionContext<Kind> {
  setBounded(bot.locales, interaction.user.id, interaction.locale, REMEMBERED_LOCALES);
  const location = locationOf(interaction, bot);
  const texts = textsAt(location, interaction.locale);
  return { interaction, location, texts, bot, sending: { rest: () => bot.interactionRest, log: bot.log, texts } };
}

async function onTyping(interaction: AutocompleteInteraction, bot: BotContext): Promise<void> {
  const command = SLASH_COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  const asking = askingOf(interaction, bot);
  await respondWithChoices(interaction, command?.suggest?.(asking) ?? [], asking.sending);
}

async function onSlashCommand(interaction: ChatInputCommandInteraction, bot: BotContext): Promise<void> {
  const asking = askingOf(interaction, bot);
  const command = SLASH_COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  if (command?.isAtOnce !== true) return answerCommand(command, asking);
  const refusal = await refusalOf(command, asking);
  if (refusal !== null) return refuse(asking, refusal);
  const { card, isFailure } = await made(() => command.run(asking), asking);
  await respondAtOnce(interaction, card, isFailure || command.isPrivate(asking), asking.sending);
}

function onMessageCommand(interaction: MessageContextMenuCommandInteraction, bot: BotContext): Promise<void> {
  const command = MESSAGE_COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  return answerCommand(command, askingOf(interaction, bot));
}

async function answerCommand<Kind extends CommandInteraction>(
  command: CommandRules<Kind> | undefined,
  asking: InteractionContext<Kind>,
): Promise<void> {
  const { interaction, texts, sending } = asking;
  if (command === undefined) return refuse(asking, texts.say('outdated.command'));
  const refusal = await refusalOf(command, asking);
  if (refusal !== null) return refuse(asking, refusal);
  // Before anything is looked for: Discord waits three seconds.
  const how = command.isPrivate(asking) ? 'private' : 'public';
  if (!(await acknowledge(interaction, how, sending))) return;
  const { card } = await made(() => command.run(asking), asking);
  await finish(interaction, card, how, sending);
}

/** Why a command is not answered now; null when it is. Told before anything is acknowledged, so that only who asked sees it. */
async function refusalOf(
  { isQuestion }: { readonly isQuestion: boolean },
  {
    interaction,
    location,
    texts,
    bot,
  }: CommandContext<CommandInteraction | ButtonInteraction | StringSelectMenuInteraction>,
): Promise<string | null> {
  if (!isQuestion) return null;
  if (!location.settings.answers) return texts.say('failure.off');
  const tooMany = await bot.rateLimits.count(interaction.user.id, interaction.guildId);
  return tooMany === null ? null : texts.say(tooMany.key, { count: tooMany.seconds });
}

async function refuse(
  { interaction, sending }: Pick<InteractionContext<Interaction>, 'interaction' | 'sending'>,
  text: string,
): Promise<void> {
  await respondAtOnce(interaction, textCard(text), true, sending);
}

async function made<Shown extends Card | null>(
  make: () => Shown | Promise<Shown>,
  { texts, bot }: Pick<CommandContext, 'texts' | 'bot'>,
): Promise<{ card: Shown | Card; isFailure: boolean }> {
  let isFailure = true;
  const card = await cardOrFailure(
    async () => {
      const whole = await make();
      isFailure = false;
      return whole;
    },
    texts,
    bot.log,
  );
  return { card, isFailure };
}

async function onPress(interaction: ButtonInteraction | StringSelectMenuInteraction, bot: BotContext): Promise<void> {
  const asking = askingOf(interaction, bot);
  const { sending, texts } = asking;
  const id = decodeControl(interaction.customId);
  if (id === null) return refuse(asking, texts.say('outdated.button'));
  const control = CONTROLS[id.action];
  const press: ComponentContext = {
    ...asking,
    interaction,
    asker: id.asker === EVERYBODY ? interaction.user.id : id.asker,
    isAskers: id.asker === EVERYBODY || id.asker === interaction.user.id,
    values: id.values,
    chosen: interaction.isStringSelectMenu() ? interaction.values : [],
  };
  const refusal = await refusalOf(control, asking);
  if (refusal !== null) return refuse(asking, refusal);
  let how: ReturnType<typeof control.acknowledgement>;
  try {
    how = control.acknowledgement(press);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse(asking, texts.say(error.key, error.values));
  }
  if (!(await acknowledge(interaction, how, sending))) return;
  const { card, isFailure } = await made(() => control.run(press), asking);
  if (card === null) return removeOriginal(interaction, sending);
  // What went wrong is told to who pressed, and leaves the message as it was.
  if (isFailure && how === 'edit') await tellPrivately(interaction, card, sending);
  else await finish(interaction, card, how, sending);
}
