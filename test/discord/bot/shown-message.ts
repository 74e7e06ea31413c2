import { type APIMessage, type APIMessageComponent, ComponentType } from 'discord-api-types/v10';
import { decodeControl } from '../../../src/discord/format/custom-id.js';

/** All texts of a message, from the top to the bottom. */
export function textOf({ content, components = [] }: Pick<APIMessage, 'content' | 'components'>): string {
  const texts = [...everyComponent(components)].flatMap((one) =>
    one.type === ComponentType.TextDisplay ? [one.content] : [],
  );
  return [content, ...texts].filter((text) => text !== '').join('\n');
}

/** The custom id of the first control with an action that can be used. @throws when there is none. */
export function controlOf(message: Pick<APIMessage, 'components'>, action: string): string {
  const found = [...everyComponent(message.components ?? [])].find(
    (one) =>
      'custom_id' in one &&
      !('disabled' in one && one.disabled === true) &&
      decodeControl(one.custom_id)?.action === action,
  );
  if (found === undefined || !('custom_id' in found))
    throw new Error(`No "${action}" can be pressed: ${JSON.stringify(message.components)}`);
  return found.custom_id;
}

/** What stands on the buttons of a message, in order: the emoji, the words, or both with a space between them. */
export function labelsOf({ components = [] }: Pick<APIMessage, 'components'>): string[] {
  return [...everyComponent(components)].flatMap((one) => {
    if (one.type !== ComponentType.Button) return [];
    const emoji = 'emoji' in one ? one.emoji?.name : undefined;
    const label = 'label' in one ? one.label : undefined;
    return [[emoji, label].filter(Boolean).join(' ')];
  });
}

function* everyComponent(components: readonly APIMessageComponent[]): Generator<APIMessageComponent> {
  for (const component of components) {
    yield component;
    if ('components' in component) yield* everyComponent(component.components);
  }
}
