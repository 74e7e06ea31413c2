import { pluralise } from '../../text/pluralise.js';
import { withBackupProgress } from '../backup-progress.js';
import type { TerminalCommand } from '../command.js';
import { fileSize } from '../file-size.js';
import { printable } from '../screen.js';

interface BackupCommandOptions {
  readonly force?: boolean;
}

/** Writes the index, and what people chose and stored with the bot, into one file. */
export const backupCommand: TerminalCommand<BackupCommandOptions> = {
  configure: (command) =>
    command
      .argument('<file>', 'the file to write; with a name that ends in .gz it is compressed')
      .option('--force', 'replace the file if it exists'),
  async run(context, [file = ''], { force }) {
    const { app, settings, json, print } = context;
    const report = await withBackupProgress(context, (options) => app.backUp(settings, file, { ...options, force }));
    if (json) print(JSON.stringify(report));
    else
      print(
        printable(`Backed up ${pluralise(report.files.length, 'file')} to ${report.file} (${fileSize(report.bytes)}).`),
      );
    return undefined;
  },
};
