import type { TerminalCommand } from '../command.js';
import { withEvaluationProgress } from '../evaluation-progress.js';

/** Fits ranking and decision, and prints the source file of the coefficients. */
export const fitCommand: TerminalCommand = {
  name: 'fit',
  description: 'fit ranking and decision on half 0 of evaluations, and print the source file of the coefficients',
  isHidden: true,
  configure: (command) => command.argument('<path...>'),
  async run(context, paths) {
    const { app, settings, runtime } = context;
    const source = await withEvaluationProgress(context, (events) => app.fit(paths, settings, events));
    runtime.stdout.write(source);
    return undefined;
  },
};
