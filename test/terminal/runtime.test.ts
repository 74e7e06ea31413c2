import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { processRuntime, programName, withProgramName } from '../../src/terminal/runtime.js';

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

describe('the name of the program', () => {
  test.each([
    [
      'an npm script',
      '/repo/dist/cli.js',
      { npm_lifecycle_event: 'start', npm_command: 'start' },
      'npm run -s footnote --',
    ],
    ['npx', '/cache/node_modules/.bin/footnote', { npm_lifecycle_event: 'npx', npm_command: 'exec' }, 'npx footnote'],
    ['a link on the PATH', '/usr/local/bin/footnote', {}, 'footnote'],
    ['a script below the working folder', '/repo/dist/cli.js', {}, 'node dist/cli.js'],
    ['a script somewhere else', '/opt/footnote/dist/cli.js', {}, 'node /opt/footnote/dist/cli.js'],
  ])('for %s', (_, script, environment, name) => {
    expect(programName(script, environment, '/repo')).toBe(name);
  });
});

describe('the commands in a message', () => {
  test('are written the way the program was started', () => {
    expect(withProgramName('Run `footnote index`, or `footnote index --rebuild`.', 'node dist/cli.js')).toBe(
      'Run `node dist/cli.js index`, or `node dist/cli.js index --rebuild`.',
    );
  });

  test('keep a dollar sign in the name of a folder', () => {
    expect(withProgramName('Run `footnote index`.', "footnote --index 'a$$b$&'")).toBe(
      "Run `footnote --index 'a$$b$&' index`.",
    );
  });

  test('are told apart from other words in backticks', () => {
    const message = 'Run `git checkout -- models`. `footnotes` and footnote stay.';
    expect(withProgramName(message, 'npx footnote')).toBe(message);
  });
});
