import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { processRuntime } from '../../src/terminal/runtime.js';

describe('an interrupt', () => {
  function startProcess() {
    const host = new EventEmitter();
    const io = { argv: ['node', 'cli.js'], env: {}, stdin: {}, stdout: new EventEmitter(), stderr: {}, cwd: () => '/' };
    const runtime = processRuntime(Object.assign(host, io) as unknown as NodeJS.Process);
    const listeners = (): number => host.listenerCount('SIGINT') + host.listenerCount('SIGTERM');
    return { host, runtime, listeners };
  }

  test.each(['SIGINT', 'SIGTERM'])('%s is heard once: the next one, of any kind, ends the process', (signal) => {
    const { host, runtime, listeners } = startProcess();
    let heard = 0;
    runtime.onInterrupt(() => {
      heard += 1;
    });
    host.emit(signal);
    // Without a listener, Node.js ends the process.
    expect([heard, listeners()]).toEqual([1, 0]);
  });

  test('is no longer listened for when the work is over', () => {
    const { runtime, listeners } = startProcess();
    const stopListening = runtime.onInterrupt(() => {});
    expect(listeners()).toBe(2);
    stopListening();
    expect(listeners()).toBe(0);
  });
});
