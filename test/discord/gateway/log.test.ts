import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { requireBuild } from '../../build.js';

const LOG = new URL('../../../dist/discord/gateway/log.js', import.meta.url).href;

test('the log has nothing that a terminal would obey, and keeps the values', () => {
  requireBuild();
  const evil = '\u001b[2J\u009b31m\u007f\u0085\u2028\u202e\n';
  const script = `const { createLog } = await import(${JSON.stringify(LOG)});
    const log = createLog('info');
    log.info({ server: process.argv[1] }, process.argv[1]);
    log.error({ err: new Error(process.argv[1]) }, 'failed');`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, evil], { encoding: 'utf8' });
  expect(stderr).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
  const [info, error, ...more] = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(more).toEqual([]);
  expect(info).toMatchObject({ server: evil, msg: evil });
  expect(error).toMatchObject({ err: { message: evil } });
});
