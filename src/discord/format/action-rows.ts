import {
  type APIButtonComponentWithCustomId,
  type APIMessageTopLevelComponent,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
  type Snowflake,
} from 'discord.js';
import { oneLine } from '../../text/visible-text.js';
import type { Texts } from '../locales/texts.js';
import { type ControlId, encodeControl } from './custom-id.js';
import { LIMITS } from './limits.js';
import { isSeen, shorten, visible } from './markdown.js';

export interface ButtonLooks {
  readonly label?: string;
  readonly emoji?: string;
  readonly isDisabled?: boolean;
  readonly style?: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger;
}

export function button(id: ControlId, looks: ButtonLooks): APIButtonComponentWithCustomId {
  const { label, emoji, isDisabled = false, style = ButtonStyle.Secondary } = looks;
  return {
    type: ComponentType.Button,
    style,
    custom_id: encodeControl(id),
    ...(label !== undefined && { label: shorten(label, LIMITS.buttonLabel) }),
    ...(emoji !== undefined && { emoji: { name: emoji } }),
    ...(isDisabled && { disabled: true }),
  };
}

/** Up to five buttons. */
export function row(buttons: readonly APIButtonComponentWithCustomId[]): CardRow {
  return { type: ComponentType.ActionRow, components: [...buttons] };
}

export interface Choice {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly isChosen?: boolean;
}

/** Of an option besides its texts. */
const OPTION_FRAME_BYTES = 70;

const LEAST_OPTION_CHARACTERS = 10;

/** A list to choose from, of the first 25 choices. */
export function selectRow(
  id: ControlId,
  choices: readonly Choice[],
  {
    placeholder,
    most = 1,
    least = 1,
  }: { readonly placeholder?: string; readonly most?: number; readonly least?: number } = {},
): CardRow {
  const offered = choices.slice(0, LIMITS.options);
  const bytes = Math.floor(LIMITS.optionBytes / offered.length) - OPTION_FRAME_BYTES;
  const options = offered.map(({ label, description, value, isChosen = false }): APISelectMenuOption => {
    const shown = optionText(label, bytes);
    const below = optionText(description ?? '', bytes - Buffer.byteLength(shown));
    return {
      label: isSeen(shown) ? shown : value,
      value,
      ...(isSeen(below) && { description: below }),
      ...(isChosen && { default: true }),
    };
  });
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: encodeControl(id),
        options,
        min_values: least,
        max_values: Math.min(most, options.length),
        ...(placeholder !== undefined && { placeholder: shorten(placeholder, LIMITS.placeholder) }),
      },
    ],
  };
}

/** A text of an option in so many bytes; none where there is no room for a word. */
function optionText(text: string, bytes: number): string {
  const line = oneLine(visible(oneLine(text)));
  let shown = shorten(line, LIMITS.optionText);
  for (let most = LIMITS.optionText; Buffer.byteLength(JSON.stringify(shown)) > bytes; most -= 5) {
    if (most <= LEAST_OPTION_CHARACTERS) return '';
    shown = shorten(line, most);
  }
  return shown;
}

/** The two buttons that turn pages; none where there is one page. @param idOf The control that shows a page, counted from 0. */
export function pageButtons(
  page: number,
  pages: number,
  idOf: (page: number) => ControlId,
): APIButtonComponentWithCustomId[] {
  if (pages <= 1) return [];
  // At either end both lead to the same page, and no two ids of a message may be the same.
  const turning = (target: number, direction: 'b' | 'f'): ControlId => {
    const id = idOf(target);
    return { ...id, values: [...id.values, direction] };
  };
  return [
    button(turning(Math.max(0, page - 1), 'b'), { emoji: '◀️', isDisabled: page <= 0 }),
    button(turning(Math.min(pages - 1, page + 1), 'f'), { emoji: '▶️', isDisabled: page >= pages - 1 }),
  ];
}

/** The same as a row of their own. */
export function pageRows(...of: Parameters<typeof pageButtons>): CardRow[] {
  const buttons = pageButtons(...of);
  return buttons.length === 0 ? [] : [row(buttons)];
}

/** Shows a passage in its surroundings. @param scope The one article that was asked; `-` for all. */
export function contextButton(
  passageId: string,
  asker: Snowflake,
  texts: Texts,
  scope = '-',
): APIButtonComponentWithCustomId {
  return button({ action: 'context', asker, values: [passageId, scope] }, { label: texts.say('buttons.context') });
}

/** Removes the message; for who asked, and moderators. */
export function removeButton(asker: Snowflake, texts: Texts): APIButtonComponentWithCustomId {
  return button({ action: 'remove', asker, values: [] }, { emoji: '🗑️', label: texts.say('buttons.remove') });
}

export type CardRow = Extract<APIMessageTopLevelComponent, { type: ComponentType.ActionRow }>;
