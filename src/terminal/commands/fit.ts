import type { TerminalCommand } from '../command.js';
import { withEvaluationProgress } from '../evaluation-progress.js';

/** Fits ranking and decision, and prints the source file of the coefficients. */
export const fitCommand: TerminalCommand = {
  configure: (command) => command.argument('<path...>'),
  async run(context, paths) {
    const { app, settings, runtime } = context;
    const source = await withEvaluationProgress(context, (events) => app.fit(paths, settings, events));
    runtime.stdout.write(source);
    return undefined;
  },
};
