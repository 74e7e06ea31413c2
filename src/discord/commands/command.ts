import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { SuggestionChoice, SuggestionTarget } from '../autocomplete/suggestions.js';
import type { Card } from '../cards/card.js';
import type { BotContext } from '../context/bot-context.js';
import type { Location } from '../context/location.js';
import type { Texts } from '../locales/texts.js';

/** One use of a command. */
export interface CommandContext<Interaction = ChatInputCommandInteraction> {
  readonly interaction: Interaction;
  readonly location: Location;
  readonly texts: Texts;
  readonly bot: BotContext;
}

/** The part that slash commands and message commands share: who sees the answer, and how it is made. */
export interface CommandRules<Interaction> {
  /**
   * Whether it counts as a question: such commands are rate limited, and off in channels where the bot is turned off.
   */
  readonly isQuestion: boolean;
  /**
   * Whether only the person who used it sees the answer. Called before `run`, unless the command is immediate, because
   * Discord does not let it change later.
   */
  readonly isPrivate: (context: CommandContext<Interaction>) => boolean;
  /** Returns the answer. */
  readonly run: (context: CommandContext<Interaction>) => Card | Promise<Card>;
}

/** A slash command: how Discord shows it, and what it does. Registration and dispatch use the same list. */
export interface SlashCommand extends CommandRules<ChatInputCommandInteraction> {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /**
   * Whether it is answered without "… is thinking" first. It must then be fast: Discord waits three seconds. Default:
   * false.
   */
  readonly isImmediate?: boolean;
  /** Suggests choices for the option that is being typed. */
  readonly suggest?: (context: CommandContext<AutocompleteInteraction>) => SuggestionChoice[];
}

/** A command in the context menu of a message. */
export interface MessageCommand extends CommandRules<MessageContextMenuCommandInteraction> {
  readonly definition: RESTPostAPIContextMenuApplicationCommandsJSONBody;
}

/** Suggests articles and passages of the collections that are searched here, as a command's `suggest`. */
export function suggestFor(...kinds: SuggestionTarget['kind'][]): NonNullable<SlashCommand['suggest']> {
  return ({ interaction, location, bot }) =>
    bot.suggestions().suggest(interaction.options.getFocused(), { kinds, scope: location.scope });
}
