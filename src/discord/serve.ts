import type { AppEvents, Answering } from '../app.js';
import type { Settings } from '../settings.js';
export async function serveDiscord(
  _s: Settings,
  _o: (events: AppEvents) => Promise<Answering>,
  _v: string,
): Promise<void> {}
