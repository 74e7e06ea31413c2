import { EXIT, type ExitCode } from '../../user-error.js';
import type { CommandContext, TerminalCommand } from '../command.js';
import { withProgramName } from '../program-name.js';
import { reportError } from '../report-error.js';

/** Runs the Discord bot. */
export const botCommand: TerminalCommand = {
  run: runBot,
};

/** Runs the bot until it is told to stop, then ends the process. */
export async function runBot({ app, settings, runtime }: CommandContext): Promise<ExitCode> {
  const { environment, script, program } = runtime;
  const code = await app
    .runBot(settings, {
      script,
      // discord.js says so to the processes it starts.
      isShard: environment.SHARDING_MANAGER !== undefined,
      withProgramName: (message) => withProgramName(message, program),
    })
    .then(
      () => EXIT.done,
      (error: unknown) => reportError(error, runtime),
    );
  // A request to Discord that hangs would keep the process alive for another 20 seconds.
  runtime.exit(code);
  return code;
}
