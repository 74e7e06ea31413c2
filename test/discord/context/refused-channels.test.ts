import { expect, test } from 'vitest';
import { RefusedChannels } from '../../../src/discord/context/refused-channels.js';

const MINUTE_MS = 60_000;
const HARBOUR = { channelId: '1', serverId: '10', code: 50_013 };
const BRIDGE = { channelId: '2', serverId: '20', code: 50_001 };

test('refusals that arrive together count as one, and later ones double the pause', () => {
  const refused = new RefusedChannels();
  refused.add(HARBOUR, 0);
  refused.add(HARBOUR, 10);
  expect(refused.isPaused('1', MINUTE_MS - 1)).toBe(true);
  expect(refused.isPaused('1', MINUTE_MS)).toBe(false);

  refused.add(HARBOUR, MINUTE_MS);
  expect(refused.isPaused('1', 3 * MINUTE_MS - 1)).toBe(true);
  expect(refused.isPaused('1', 3 * MINUTE_MS)).toBe(false);
  expect(refused.listOf('10')).toEqual([{ ...HARBOUR, count: 2, at: MINUTE_MS }]);
});

test('what changes in one server ends no pause in another', () => {
  const refused = new RefusedChannels();
  refused.add(HARBOUR, 0);
  refused.add(BRIDGE, 0);
  refused.clearServer('10');
  expect(refused.isPaused('1', 1)).toBe(false);
  expect(refused.isPaused('2', 1)).toBe(true);
  expect(refused.listOf('10')).toEqual([]);
});
