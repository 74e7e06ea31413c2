import { type APIMessage, type APIMessageComponent, ComponentType } from 'discord-api-types/v10';
import { decodeControl } from '../../dist/discord/controls/control-id.js';

/** All text displays of a message, each from a new line. */
export function textOf(message: APIMessage): string {
  return componentsOf(message)
    .flatMap((component) => (component.type === ComponentType.TextDisplay ? [component.content] : []))
    .join('\n');
}

/** The custom id of the first enabled control with this action. @throws when there is none. */
export function controlOf(message: APIMessage, action: string): string {
  for (const component of componentsOf(message)) {
    if (!('custom_id' in component) || ('disabled' in component && component.disabled === true)) continue;
    if (decodeControl(component.custom_id)?.action === action) return component.custom_id;
  }
  throw new Error(`No control with the action ${action}: ${JSON.stringify(message.components)}`);
}

/** What stands on the buttons, in order; of one without words its emoji. */
export function labelsOf(message: APIMessage): string[] {
  return componentsOf(message).flatMap((component) => {
    if (component.type !== ComponentType.Button) return [];
    if ('label' in component && component.label !== undefined) return [component.label];
    return 'emoji' in component ? [component.emoji?.name ?? ''] : [];
  });
}

/** Every component of a message, those inside others too, in the order in which they are shown. */
function componentsOf({ components = [] }: APIMessage): APIMessageComponent[] {
  const within = (component: APIMessageComponent): APIMessageComponent[] => [
    component,
    ...('components' in component ? (component.components as APIMessageComponent[]).flatMap(within) : []),
    ...('accessory' in component ? within(component.accessory) : []),
  ];
  return components.flatMap(within);
}
