import type { FakeDiscord } from '../fake/fake-discord.js';
import type { WaitOptions } from '../fake/journal.js';

/** Waits until the bot has started its nth session, counted from 1, and is connected. */
export async function untilIdentified(fake: FakeDiscord, times: number, options?: WaitOptions): Promise<void> {
  const isBack = () => (fake.connections.identifies === times && fake.connections.isConnected ? true : undefined);
  await fake.waitFor(`IDENTIFY number ${times}`, isBack, options);
}
