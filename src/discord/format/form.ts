import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import { type ControlId, encodeControl } from './custom-id.js';
import { LIMITS } from './limits.js';
import { shorten } from './markdown.js';

/** A form that Discord shows in a window of its own. */
export type Form = APIModalInteractionResponseCallbackData;

/** A line to fill in. */
export interface FormLine {
  /** By which its value is found in what is sent back. */
  readonly name: string;
  readonly label: string;
  /** Shown in small print below the label. */
  readonly help: string;
  readonly value: string;
  readonly maxCharacters: number;
}

/** Makes a form of up to five lines. None has to be filled in. */
export function makeForm(id: ControlId, title: string, lines: readonly FormLine[]): Form {
  return {
    custom_id: encodeControl(id),
    title: shorten(title, LIMITS.formTitle),
    components: lines.map(({ name, label, help, value, maxCharacters }) => ({
      type: ComponentType.Label,
      label: shorten(label, LIMITS.formLabel),
      description: shorten(help, LIMITS.formHelp),
      component: {
        type: ComponentType.TextInput,
        custom_id: name,
        style: TextInputStyle.Short,
        required: false,
        max_length: maxCharacters,
        ...(value !== '' && { value: value.slice(0, maxCharacters) }),
      },
    })),
  };
}
