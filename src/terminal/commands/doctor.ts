import { EXIT } from '../../user-error.js';
import type { Check } from '../app-port.js';
import type { TerminalCommand } from '../command.js';
import { withProgramName } from '../runtime.js';
import { printable, type Screen, wrapMessage } from '../screen.js';

interface DoctorOptions {
  readonly deep?: boolean;
}

/** Checks everything Footnote needs. */
export const doctorCommand: TerminalCommand<DoctorOptions> = {
  name: 'doctor',
  description: 'check everything Footnote needs, and say how to fix what is wrong',
  configure: (command) =>
    command.option('--deep', 'also compare everything in the index with its checksums, which can take minutes'),
  async run(context, _args, { deep = false }) {
    const { app, json, print, runtime, screen } = context;
    const progress = deep ? context.startProgress() : null;
    const onProgress = (name: string, share: number): void => progress?.show(share, [name]);
    const found = await app.runChecks(() => context.settings, { deep, onProgress });
    progress?.clear();
    const checks = found.map((check) => ({ ...check, note: withProgramName(check.note, runtime.program) }));
    if (json) print(JSON.stringify(checks));
    else for (const check of checks) print(renderCheck(check, screen));
    return checks.every(({ ok }) => ok) ? undefined : EXIT.failed;
  },
};

/** "ok   model: …", with everything else indented below that. */
function renderCheck({ name, ok, note }: Check, screen: Screen): string {
  const { colors } = screen;
  const space = ' '.repeat(5);
  const text = printable(`${name}: ${note}`).replace(/^/gm, space);
  return `${ok ? colors.green('ok  ') : colors.red('FAIL')} ${wrapMessage(text, screen).slice(space.length)}`;
}
