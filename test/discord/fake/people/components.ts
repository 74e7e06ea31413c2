/** The parts of a component that decide whether a person can use it. */
export interface UsableComponent {
  readonly custom_id?: string;
  readonly disabled?: boolean;
  readonly components?: readonly UsableComponent[];
  readonly accessory?: UsableComponent;
}

/** The component with a custom id, however deeply nested. Undefined if there is none. */
export function findComponent(components: readonly object[], customId: string): UsableComponent | undefined {
  for (const component of components as readonly UsableComponent[]) {
    if (component.custom_id === customId) return component;
    const nested = [...(component.components ?? []), ...(component.accessory ? [component.accessory] : [])];
    const found = findComponent(nested, customId);
    if (found) return found;
  }
  return undefined;
}
