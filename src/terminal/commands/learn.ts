import { EXIT, UserError } from '../../user-error.js';
import type { CommandContext, TerminalCommand } from '../command.js';
import { withEvaluationProgress } from '../evaluation-progress.js';
import { printable, wrapLongLines } from '../screen.js';

interface LearnCommandOptions {
  readonly collection?: string;
  readonly dryRun?: boolean;
  readonly forget?: boolean;
}

/** Lets collections learn habits of their articles from questions, or forget them. */
export const learnCommand: TerminalCommand<LearnCommandOptions> = {
  name: 'learn',
  description: 'learn from questions what the articles of a collection have in common, and keep it if it pays',
  configure: (command) =>
    command
      .argument(
        '[path]',
        'a .json file of questions about the seeds, or a documents folder whose seeds/ is the seeds folder',
      )
      .option('--collection <name>', 'learn, or forget, for one collection only')
      .option('--dry-run', 'only measure, and keep nothing')
      .option('--forget', 'forget what was learned'),
  async run(context, [path], { collection, dryRun, forget = false }) {
    if (forget) return runForget(context, path, { collection, dryRun });
    if (path === undefined)
      throw new UserError('Say which questions to learn from: `footnote learn PATH`.', { exitCode: EXIT.usageError });
    const { app, settings, json, print, screen } = context;
    const output = await withEvaluationProgress(context, (events) =>
      app.learn(path, settings, { ...events, collection, dryRun }),
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
  path: string | undefined,
  { collection, dryRun }: Pick<LearnCommandOptions, 'collection' | 'dryRun'>,
): Promise<undefined> {
  if (path !== undefined || dryRun === true)
    throw new UserError('--forget takes no questions and no --dry-run. Leave them out.', { exitCode: EXIT.usageError });
  const forgotten = await app.forgetLearned(settings, collection);
  if (json) print(JSON.stringify({ collection: collection ?? null, forgotten }));
  else print(forgotten ? 'Forgotten.' : 'There was nothing to forget.');
}
