import { pluralise } from '../../text/pluralise.js';
import { withBackupProgress } from '../backup-progress.js';
import type { TerminalCommand } from '../command.js';
import { printable } from '../screen.js';

interface RestoreCommandOptions {
  readonly force?: boolean;
}

/** Puts a backup into the index folder. */
export const restoreCommand: TerminalCommand<RestoreCommandOptions> = {
  configure: (command) =>
    command
      .argument('<file>', 'a file that `footnote backup` has written')
      .option('--force', 'use it in place of an index that is there, which is kept'),
  async run(context, [file = ''], { force }) {
    const { app, settings, json, print, say } = context;
    const report = await withBackupProgress(context, (options) => app.restore(file, settings, { ...options, force }));
    const { contents, indexFolder, kept } = report;
    if (json) print(JSON.stringify(report));
    else
      print(
        printable(
          `Restored ${pluralise(contents.files.length, 'file')} to ${indexFolder}, as of ${contents.createdAt} (Footnote ${contents.footnote}).`,
        ),
      );
    if (kept !== null) say(`What was there is in ${printable(kept)}. Delete that folder when you no longer need it.`);
    return undefined;
  },
};
