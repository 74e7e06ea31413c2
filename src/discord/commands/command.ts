import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Card } from '../cards/card.js';
import type { BotContext } from '../context/bot-context.js';
import type { Location } from '../context/location.js';
import type { Texts } from '../locales/texts.js';

/** A command that somebody uses. */
export interface CommandContext<Interaction = ChatInputCommandInteraction> {
  readonly interaction: Interaction;
  readonly location: Location;
  readonly texts: Texts;
  readonly bot: BotContext;
}

/** What every command says of itself. */
export interface CommandRules<Interaction> {
  /** Whether it is a question or a look-up: those are limited, and answered only where the bot is turned on. */
  readonly isQuestion: boolean;
  /** Who sees the answer. Decided before anything else: it cannot be changed later. */
  readonly isPrivate: (asking: CommandContext<Interaction>) => boolean;
  readonly run: (asking: CommandContext<Interaction>) => Card | Promise<Card>;
}

/** A slash command: what Discord shows of it, and what it does. Registration and dispatch use the same list. */
export interface SlashCommand extends CommandRules<ChatInputCommandInteraction> {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** Whether it is answered at once, without a waiting sign; `isPrivate` is asked after it was run. */
  readonly isImmediate?: boolean;
  /** The choices for what is being typed; those of the look-up. */
  readonly suggest?: (asking: CommandContext<AutocompleteInteraction>) => { name: string; value: string }[];
}

/** A command in the menu of a message. */
export interface MessageCommand extends CommandRules<MessageContextMenuCommandInteraction> {
  readonly definition: RESTPostAPIContextMenuApplicationCommandsJSONBody;
}
