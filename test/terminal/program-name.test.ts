import { describe, expect, test } from 'vitest';
import { programName, withProgramName } from '../../src/terminal/program-name.js';

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
