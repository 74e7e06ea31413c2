import type { ButtonInteraction, Snowflake, StringSelectMenuInteraction } from 'discord.js';
import type { Card } from '../cards/card.js';
import type { BotContext } from '../context/bot-context.js';
import type { Location } from '../context/location.js';
import type { Texts } from '../locales/texts.js';

/** A button that somebody pressed, or a list that somebody chose from. */
export interface ComponentContext {
  readonly interaction: ButtonInteraction | StringSelectMenuInteraction;
  /** Whom the message answers; '0' for everybody. */
  readonly asker: Snowflake;
  /** Whether that is who pressed. */
  readonly isByAsker: boolean;
  /** Of the control. */
  readonly values: readonly string[];
  /** Of a list: what was chosen. */
  readonly chosen: readonly string[];
  readonly location: Location;
  readonly texts: Texts;
  readonly bot: BotContext;
}

/** What a button or a list does. */
export interface Control {
  /** Whether it looks something up: that counts as a question, as the commands that do. */
  readonly isQuestion: boolean;
  /** How the press is answered: as a message that only who pressed sees, as one for all, or in the place of the message itself. @throws {Refusal} when the person may not do it. */
  readonly acknowledgement: (press: ComponentContext) => 'private' | 'public' | 'edit';
  /** The card that is shown; null to remove the message. */
  readonly run: (press: ComponentContext) => Card | null | Promise<Card | null>;
}

/** Whoever asked turns the page for all; for anybody else a copy of their own is made. */
export function editForAsker({ isByAsker }: ComponentContext): 'private' | 'edit' {
  return isByAsker ? 'edit' : 'private';
}

/** A number of a control's state. @throws when it is none: no id of ours has that. */
export function numberOf(value: string | undefined): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new Error(`Not a page: ${value}`);
  return number;
}
