import { Option } from 'commander';
import { pluralise } from '../../text/pluralise.js';
import { EXIT, UserError } from '../../user-error.js';
import type { IndexReport } from '../app-port.js';
import type { CommandContext, TerminalCommand } from '../command.js';
import { hiddenTextLines } from '../hidden-text-lines.js';
import { duration } from '../progress-line.js';
import { sourceProblemLines } from '../source-problem-lines.js';

interface IndexOptions {
  readonly rebuild?: boolean;
  readonly added?: boolean;
}

/** Indexes the articles that are new or have changed. */
export const indexCommand: TerminalCommand<IndexOptions> = {
  configure: (command) =>
    command
      .argument('[path...]', 'files or folders to index instead of the seeds folder')
      .option('--rebuild', 'build a new index and replace the current one')
      .addOption(new Option('--added', 'only what people have added in Discord').conflicts('rebuild')),
  async run(context, paths, { rebuild = false, added = false }) {
    const report = await runIndexing(context, { paths, rebuild, addedOnly: added });
    if (context.json) {
      const { warnings: _warnings, interrupted: _interrupted, ...printed } = report;
      context.print(JSON.stringify({ ...printed, seconds: Number(report.seconds.toFixed(3)) }));
    }
    return report.passages === 0 ? EXIT.nothingIndexed : undefined;
  },
};

/**
 * Indexes with a progress line, and reports what was done. Ctrl-C stops it within a few seconds, and what was done is kept.
 *
 * @throws {UserError} if it was interrupted, or nothing can be indexed.
 */
export async function runIndexing(
  context: CommandContext,
  options: { readonly paths?: readonly string[]; readonly rebuild?: boolean; readonly addedOnly?: boolean },
): Promise<IndexReport> {
  const interruption = new AbortController();
  const stopListening = context.runtime.onInterrupt(() => interruption.abort());
  const progress = context.startProgress();
  const startedAt = performance.now();
  try {
    const report = await context.app.indexArticles(context.settings, {
      ...context.events,
      ...options,
      signal: interruption.signal,
      onGraph: (share) => progress?.show(share, ['building the vector index']),
      onIndexing: ({ articles, passages, bytes, totalBytes }) => {
        const rate = passages / ((performance.now() - startedAt) / 1000);
        progress?.show(totalBytes === 0 ? 1 : bytes / totalBytes, [
          pluralise(articles, 'article'),
          pluralise(passages, 'passage'),
          `${rate.toFixed(0)} passages/s`,
        ]);
      },
    });
    progress?.clear();
    reportIndexing(report, context);
    if (report.interrupted) throw new UserError('Interrupted.');
    return report;
  } finally {
    progress?.clear();
    stopListening();
  }
}

function reportIndexing(report: IndexReport, { say }: CommandContext): void {
  for (const line of [...sourceProblemLines(report), ...hiddenTextLines(report.hidden)]) say(line);
  const changes = (['added', 'changed', 'removed'] as const)
    .filter((kind) => report[kind] > 0)
    .map((kind) => `${report[kind]} ${kind}`);
  const what = `${pluralise(report.articles, 'article')}, ${pluralise(report.passages, 'passage')} indexed`;
  const how = changes.length === 0 ? 'nothing changed' : changes.join(', ');
  const rest = report.interrupted ? ' Stopped early: run it again to continue.' : '';
  say(`${what} (${how}) in ${duration(report.seconds)}.${rest}`);
}
