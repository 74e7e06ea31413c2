import { type APIMessage, type APIMessageComponent, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { decodeControl } from '../../../src/discord/format/custom-id.js';
import { readBlockQuote, type ShownText, shownDates } from './shown-text.js';

type WithComponents = Pick<APIMessage, 'components'>;

/** An option of a list below a message. */
export interface ListedOption {
  readonly value: string;
  readonly label: string;
}

/** All texts of a message, from top to bottom, with dates as in `2021-05-19`. */
export function textOf({ content, components = [] }: Pick<APIMessage, 'content' | 'components'>): string {
  const texts = [...everyComponent(components)].flatMap((one) =>
    one.type === ComponentType.TextDisplay ? [one.content] : [],
  );
  return shownDates([content, ...texts].filter((text) => text !== '').join('\n'));
}

/** Whether only the person it answers sees a message. */
export function isPrivate({ flags }: Pick<APIMessage, 'flags'>): boolean {
  return ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

/** The block quotes of a message as people read them, from top to bottom. */
export function quotesIn(message: APIMessage): ShownText[] {
  return (textOf(message).match(/^>.*(?:\n>.*)*/gm) ?? []).map(readBlockQuote);
}

/** All block quotes of a message as one text, without the ellipses at their ends. */
export function quotedIn(message: APIMessage): ShownText {
  const quotes = quotesIn(message);
  return { text: quotes.map(({ text }) => text).join('\n'), isCut: quotes.at(-1)?.isCut ?? false };
}

/** The custom id of the first enabled control with an action. @throws {Error} if there is none. */
export function controlOf(message: WithComponents, action: string): string {
  const found = enabledControls(message).find((id) => decodeControl(id)?.action === action);
  if (found === undefined) throw new Error(`No "${action}" can be pressed: ${JSON.stringify(message.components)}`);
  return found;
}

/** The custom id of the button that turns the page, or undefined if there is none or it is disabled. */
export function pageButton(message: WithComponents, direction: 'previous' | 'next'): string | undefined {
  const mark = direction === 'previous' ? 'b' : 'f';
  return enabledControls(message).find((id) => decodeControl(id)?.values.at(-1) === mark);
}

/** The labels of the buttons of a message and of the list below an answer: the emoji, the words, or both with a space between them. */
export function labelsOf({ components = [] }: WithComponents): string[] {
  return [...everyComponent(components)].flatMap((one) => {
    if (one.type === ComponentType.StringSelect && decodeControl(one.custom_id)?.action === 'menu')
      return one.options.map(labelOf);
    return one.type === ComponentType.Button ? [labelOf(one)] : [];
  });
}

function labelOf(face: object): string {
  const { emoji, label } = face as { readonly emoji?: { readonly name?: string | null }; readonly label?: string };
  return [emoji?.name, label].filter(Boolean).join(' ');
}

/** The options of the lists below a message. */
export function optionsOf({ components = [] }: WithComponents): ListedOption[] {
  return [...everyComponent(components)].flatMap((one) => (one.type === ComponentType.StringSelect ? one.options : []));
}

function enabledControls({ components = [] }: WithComponents): string[] {
  return [...everyComponent(components)].flatMap((one) =>
    'custom_id' in one && !('disabled' in one && one.disabled === true) ? [one.custom_id] : [],
  );
}

function* everyComponent(components: readonly APIMessageComponent[]): Generator<APIMessageComponent> {
  for (const component of components) {
    yield component;
    if ('components' in component) yield* everyComponent(component.components);
  }
}
