import type { Journal } from '../journal.js';
import type { Interaction } from '../world/interaction.js';
import type { World } from '../world/world.js';

/** Discord's own deadline: https://docs.discord.com/developers/interactions/receiving-and-responding */
export const CALLBACK_DEADLINE_MS = 3_000;

/** An interaction before it is sent. */
export type NewInteraction = Pick<
  Interaction,
  'id' | 'token' | 'type' | 'label' | 'userId' | 'locale' | 'permissions' | 'channelId' | 'chosenUsers' | 'message'
>;

/** Remembers an interaction and starts its deadline. If no response arrives in time, that is a violation. */
export function openInteraction(
  interaction: NewInteraction,
  { world, journal, deadlineMs }: { readonly world: World; readonly journal: Journal; readonly deadlineMs: number },
): Interaction {
  const opened: Interaction = {
    ...interaction,
    sentAtMs: performance.now(),
    deadline: undefined,
    callback: undefined,
    original: undefined,
    isAnswered: false,
    isTokenExpired: false,
    followUps: [],
  };
  opened.deadline = setTimeout(() => {
    // Without a deadline the callback is answered with 10062.
    opened.deadline = undefined;
    if (!opened.callback) journal.addViolation(`${opened.label} was not acknowledged within ${deadlineMs} ms`);
  }, deadlineMs);
  opened.deadline.unref();
  world.interactions.set(opened.token, opened);
  return opened;
}
