import { EXIT, UserError } from '../../user-error.js';
import type { CommandContext, TerminalCommand } from '../command.js';
import { withEvaluationProgress } from '../evaluation-progress.js';
import { printable, wrapLongLines } from '../screen.js';

interface LearnCommandOptions {
  readonly collection?: string;
  readonly dryRun?: boolean;
  readonly judgements?: boolean;
  readonly forget?: boolean;
}

/** Lets collections learn habits of their articles from questions, or forget them. */
export const learnCommand: TerminalCommand<LearnCommandOptions> = {
  configure: (command) =>
    command
      .argument(
        '[path]',
        'a .json file of questions about the seeds, or a documents folder whose seeds/ is the seeds folder',
      )
      .option('--judgements', 'learn from the votes of servers that allow it, instead of a path')
      .option('--collection <name>', 'learn, or forget, for one collection only')
      .option('--dry-run', 'only measure, and keep nothing')
      .option('--forget', 'forget what was learned'),
  async run(context, [path], { collection, dryRun, judgements = false, forget = false }) {
    if (forget) return runForget(context, path !== undefined || judgements || dryRun === true, collection);
    if ((path === undefined) !== judgements)
      throw new UserError(
        'Say what to learn from: either `footnote learn PATH`, for questions, or `footnote learn --judgements`, for votes.',
        { exitCode: EXIT.usageError },
      );
    const { app, settings, json, print, screen } = context;
    const output = await withEvaluationProgress(context, (events) =>
      app.learn(path ?? null, settings, { ...events, collection, dryRun }),
    );
    if (json) print(JSON.stringify(output.json));
    else if (context.runtime.stdout.isTTY === true)
      print(wrapLongLines(printable(output.render(screen.columns)), screen));
    else print(printable(output.render()));
    return undefined;
  },
};

async function runForget(
  { app, settings, json, print }: CommandContext,
  hasOtherOptions: boolean,
  collection: string | undefined,
): Promise<undefined> {
  if (hasOtherOptions)
    throw new UserError('With --forget nothing is learned: give it nothing but --collection.', {
      exitCode: EXIT.usageError,
    });
  const forgotten = await app.forgetLearned(settings, collection);
  if (json) print(JSON.stringify({ collection: collection ?? null, forgotten }));
  else print(forgotten ? 'Forgotten.' : 'There was nothing to forget.');
}
