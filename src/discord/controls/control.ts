import type {
  ButtonInteraction,
  ChannelSelectMenuInteraction,
  RoleSelectMenuInteraction,
  Snowflake,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { Card } from '../cards/card.js';
import type { BotContext } from '../context/bot-context.js';
import type { Location } from '../context/location.js';
import type { Form } from '../format/form.js';
import type { Texts } from '../locales/texts.js';
import type { Acknowledgement } from '../sending/interaction-responses.js';

/** A press of a button, or a selection from a list. */
export type Press =
  | ButtonInteraction
  | StringSelectMenuInteraction
  | RoleSelectMenuInteraction
  | ChannelSelectMenuInteraction;

/** A press with what its control needs. */
export interface ComponentContext {
  readonly interaction: Press;
  /** The person the message answers. If it is for everyone, the person who pressed. */
  readonly asker: Snowflake;
  /** Whether the asker pressed it. Always true if the message is for everyone. */
  readonly isByAsker: boolean;
  /** The values in the control's custom id. Each control documents its own. */
  readonly values: readonly string[];
  /** The values selected from a list: those of its options, or ids of roles or channels. Empty for a button. */
  readonly selected: readonly string[];
  readonly location: Location;
  readonly texts: Texts;
  readonly bot: BotContext;
}

/** The behaviour behind a button or list: who may use it, where the result goes, and what it shows. */
export interface Control {
  /**
   * Whether it counts as a question: such controls are rate limited, and off in channels where the bot is turned off.
   */
  readonly isQuestion: boolean;
  /**
   * Decides where the result is shown.
   *
   * @throws {Refusal} if this person may not use the control.
   */
  readonly acknowledgement: (press: ComponentContext) => Acknowledgement;
  /** Returns a form to open in place of running the control. Default: none. */
  readonly form?: (press: ComponentContext) => Form;
  /** Returns the card to show, or null to remove the message. */
  readonly run: (press: ComponentContext) => Card | null | Promise<Card | null>;
  /** Returns a card that only the person who pressed sees, after `run` was shown; null for none. Default: none. */
  readonly followUp?: (press: ComponentContext) => Promise<Card | null>;
}

/** The asker turns the page for everyone. Anyone else gets a copy of their own. */
export function editForAsker({ isByAsker }: ComponentContext): 'private' | 'edit' {
  return isByAsker ? 'edit' : 'private';
}
