import {
  type APIButtonComponentWithCustomId,
  type APIMessageTopLevelComponent,
  type APISelectMenuOption,
  ButtonStyle,
  type ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  type Snowflake,
} from 'discord.js';
import { oneLine } from '../../text/visible-text.js';
import type { Texts } from '../locales/texts.js';
import { type ControlId, encodeAnswerPassage, encodeControl } from './custom-id.js';
import { LIMITS } from './limits.js';
import { isVisible, sanitize, shorten } from './markdown.js';

/** A row below a card: up to five buttons, or one list. */
export type CardRow = Extract<APIMessageTopLevelComponent, { type: ComponentType.ActionRow }>;

/** The face of a button. Discord requires a label, an emoji or both. */
export interface ButtonOptions {
  /** Shortened to {@link LIMITS.buttonLabel} characters. */
  readonly label?: string;
  /** A Unicode emoji. */
  readonly emoji?: string;
  /** Default: false. */
  readonly isDisabled?: boolean;
}

/** A button. Its custom id says what it does when pressed. */
export function button(id: ControlId, options: ButtonOptions): APIButtonComponentWithCustomId {
  const { label, emoji, isDisabled = false } = options;
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: encodeControl(id),
    ...(label !== undefined && { label: shorten(label, LIMITS.buttonLabel) }),
    ...(emoji !== undefined && { emoji: { name: emoji } }),
    ...(isDisabled && { disabled: true }),
  };
}

/** A row of up to five buttons. */
export function buttonRow(buttons: readonly APIButtonComponentWithCustomId[]): CardRow {
  return { type: ComponentType.ActionRow, components: [...buttons] };
}

/** One option of a list. */
export interface Choice {
  readonly label: string;
  /** A Unicode emoji in front of it. Default: none. */
  readonly emoji?: string;
  /** Shown in small print below the label. */
  readonly description?: string;
  /** Sent back by Discord when the option is selected: up to 100 characters, unique in the list. */
  readonly value: string;
  /** Whether it is selected when the list is shown. Default: false. */
  readonly isSelected?: boolean;
}

/** Settings of a list besides its options. */
export interface SelectOptions {
  /** Shown while nothing is selected. */
  readonly placeholder?: string;
  /** Default: 1. */
  readonly maxValues?: number;
}

/** JSON bytes of an option besides its texts. */
const OPTION_FRAME_BYTES = 70;

const MIN_OPTION_CHARACTERS = 10;

/** A list to choose from. Only the first 25 choices fit; their texts share {@link LIMITS.optionBytes}. */
export function selectRow(id: ControlId, choices: readonly Choice[], options: SelectOptions = {}): CardRow {
  const { placeholder, maxValues = 1 } = options;
  const offered = choices.slice(0, LIMITS.options);
  const maxBytes = Math.floor(LIMITS.optionBytes / offered.length) - OPTION_FRAME_BYTES;
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: encodeControl(id),
        options: offered.map((choice) => selectOption(choice, maxBytes)),
        min_values: 1,
        max_values: Math.min(maxValues, offered.length),
        ...(placeholder !== undefined && { placeholder: shorten(placeholder, LIMITS.placeholder) }),
      },
    ],
  };
}

/** A list of the roles of the server. None has to be chosen. */
export function roleRow(
  id: ControlId,
  chosen: readonly Snowflake[],
  { placeholder, maxValues = 1 }: SelectOptions,
): CardRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.RoleSelect,
        custom_id: encodeControl(id),
        default_values: chosen
          .slice(0, LIMITS.options)
          .map((role) => ({ id: role, type: SelectMenuDefaultValueType.Role })),
        min_values: 0,
        max_values: maxValues,
        ...(placeholder !== undefined && { placeholder: shorten(placeholder, LIMITS.placeholder) }),
      },
    ],
  };
}

/** A list of the channels of the server. None has to be chosen. @param types Which kinds of channels are listed. */
export function channelRow(
  id: ControlId,
  chosen: readonly Snowflake[],
  types: readonly ChannelType[],
  { placeholder, maxValues = 1 }: SelectOptions,
): CardRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.ChannelSelect,
        custom_id: encodeControl(id),
        channel_types: [...types],
        default_values: chosen
          .slice(0, maxValues)
          .map((channel) => ({ id: channel, type: SelectMenuDefaultValueType.Channel })),
        min_values: 0,
        max_values: maxValues,
        ...(placeholder !== undefined && { placeholder: shorten(placeholder, LIMITS.placeholder) }),
      },
    ],
  };
}

function selectOption(
  { label, description, emoji, value, isSelected = false }: Choice,
  maxBytes: number,
): APISelectMenuOption {
  const shownLabel = optionText(label, maxBytes);
  const shownDescription = optionText(description ?? '', maxBytes - Buffer.byteLength(shownLabel));
  return {
    label: isVisible(shownLabel) ? shownLabel : value,
    value,
    ...(isVisible(shownDescription) && { description: shownDescription }),
    ...(emoji !== undefined && { emoji: { name: emoji } }),
    ...(isSelected && { default: true }),
  };
}

/**
 * Shortens a text of an option to fit into `maxBytes`. Returns an empty string if there is not even room for a word.
 */
function optionText(text: string, maxBytes: number): string {
  const line = oneLine(sanitize(oneLine(text)));
  let maxCharacters: number = LIMITS.optionText;
  let shown = shorten(line, maxCharacters);
  while (Buffer.byteLength(JSON.stringify(shown)) > maxBytes) {
    if (maxCharacters <= MIN_OPTION_CHARACTERS) return '';
    maxCharacters -= 5;
    shown = shorten(line, maxCharacters);
  }
  return shown;
}

/**
 * The buttons for the previous and the next page. There are none if there is only one page.
 *
 * @param page The current page, counted from 0.
 * @param idOf Returns the control that shows a page, counted from 0.
 */
export function pageButtons(
  page: number,
  pages: number,
  idOf: (page: number) => ControlId,
): APIButtonComponentWithCustomId[] {
  if (pages <= 1) return [];
  // On the first and the last page both buttons lead to the same page, but custom ids must be unique within a message.
  const pageId = (target: number, direction: 'b' | 'f'): ControlId => {
    const id = idOf(target);
    return { ...id, values: [...id.values, direction] };
  };
  return [
    button(pageId(Math.max(0, page - 1), 'b'), { emoji: '◀️', isDisabled: page <= 0 }),
    button(pageId(Math.min(pages - 1, page + 1), 'f'), { emoji: '▶️', isDisabled: page >= pages - 1 }),
  ];
}

/** {@link pageButtons} in a row of their own, or no row if there is only one page. */
export function pageRows(...args: Parameters<typeof pageButtons>): CardRow[] {
  const buttons = pageButtons(...args);
  return buttons.length === 0 ? [] : [buttonRow(buttons)];
}

/**
 * The button that shows the paragraphs around a passage.
 *
 * @param articleId The only article that was searched. Default: null, for all of them.
 */
export function contextButton(
  passageId: string,
  asker: Snowflake,
  texts: Texts,
  articleId: string | null = null,
): APIButtonComponentWithCustomId {
  return button(
    { action: 'context', asker, values: encodeAnswerPassage({ passageId, articleId }) },
    { label: texts.say('buttons.context') },
  );
}

/** The button that removes the message. It works for the asker and for moderators. */
export function removeButton(asker: Snowflake, texts: Texts): APIButtonComponentWithCustomId {
  return button({ action: 'remove', asker, values: [] }, { emoji: '🗑️', label: texts.say('buttons.remove') });
}
