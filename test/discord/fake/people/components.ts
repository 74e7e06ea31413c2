import { ComponentType } from 'discord-api-types/v10';
import { EVERYONE_PERMISSIONS, rolesOf } from '../payloads/guild-payloads.js';
import type { World } from '../world/world.js';

/** The parts of a component that decide whether a person can use it. */
export interface UsableComponent {
  readonly type?: number;
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

/**
 * What Discord says about the roles or channels that were chosen from a list. Undefined for a list of strings.
 *
 * @throws {Error} if there is no such role or channel.
 */
export function resolvedSelection(world: World, type: number | undefined, ids: readonly string[]): object | undefined {
  if (type === ComponentType.RoleSelect) {
    const roles = rolesOf(world.guild);
    return {
      roles: Object.fromEntries(
        ids.map((id) => [
          id,
          found(
            id,
            roles.find((role) => role.id === id),
          ),
        ]),
      ),
    };
  }
  if (type !== ComponentType.ChannelSelect) return undefined;
  const channelOf = (id: string): object => {
    const { name, type, parent_id } = world.channelPayload(world.channel(id));
    return { id, name, type, parent_id, permissions: EVERYONE_PERMISSIONS };
  };
  return { channels: Object.fromEntries(ids.map((id) => [id, channelOf(id)])) };
}

function found<T>(id: string, value: T | undefined): T {
  if (value === undefined) throw new Error(`Nothing to choose has the id ${id}`);
  return value;
}
