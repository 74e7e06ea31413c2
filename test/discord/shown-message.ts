import { type APIMessage, ComponentType } from 'discord-api-types/v10';

interface Part {
  readonly type: number;
  readonly content?: string;
  readonly label?: string;
  readonly custom_id?: string;
  readonly disabled?: boolean;
  readonly accessory?: Part;
  readonly components?: readonly Part[];
}

/** All that a message of components says: its text displays in their order, joined by line ends. */
export function textOf(message: APIMessage): string {
  return partsOf(message)
    .filter(({ type }) => type === ComponentType.TextDisplay)
    .map(({ content = '' }) => content)
    .join('\n');
}

/** The custom id of the first enabled control with an action. @throws when there is none. */
export function controlOf(message: APIMessage, action: string): string {
  const found = partsOf(message).find(
    ({ custom_id: id, disabled }) => id?.split(':')[1] === action && disabled !== true,
  )?.custom_id;
  if (found === undefined) throw new Error(`No control "${action}" in ${JSON.stringify(message.components)}`);
  return found;
}

/** What stands on the buttons of a message. */
export function labelsOf(message: APIMessage): string[] {
  return partsOf(message).flatMap(({ type, label }) =>
    type === ComponentType.Button && label !== undefined ? [label] : [],
  );
}

function partsOf({ components = [] }: APIMessage): Part[] {
  const inside = (part: Part): Part[] => [
    part,
    ...(part.components ?? []).flatMap(inside),
    ...(part.accessory ? inside(part.accessory) : []),
  ];
  return (components as readonly Part[]).flatMap(inside);
}
