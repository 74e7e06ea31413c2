import { EXIT } from '../../user-error.js';
import type { TerminalCommand } from '../command.js';
import { withProgramName } from '../runtime.js';
import { printable } from '../screen.js';

/** Checks everything Footnote needs. */
export const doctorCommand: TerminalCommand = {
  name: 'doctor',
  description: 'check everything Footnote needs, and say how to fix what is wrong',
  async run(context) {
    const { app, json, print, runtime, screen } = context;
    const found = await app.runChecks(() => context.settings);
    const checks = found.map((check) => ({ ...check, note: withProgramName(check.note, runtime.program) }));
    if (json) print(JSON.stringify(checks));
    else {
      const { colors } = screen;
      for (const { name, ok, note } of checks)
        print(`${ok ? colors.green('ok  ') : colors.red('FAIL')} ${name}: ${printable(note)}`);
    }
    return checks.every(({ ok }) => ok) ? undefined : EXIT.failed;
  },
};
