import { pluralise } from '../text/pluralise.js';
import type { EvaluateOptions } from './app-port.js';
import type { CommandContext } from './command.js';

/** Runs an evaluation with a progress line: first its articles are indexed, then its questions are asked. */
export async function withEvaluationProgress<Result>(
  { events, startProgress }: CommandContext,
  evaluate: (events: Pick<EvaluateOptions, 'onNotice' | 'onDownload' | 'onIndexing' | 'onAsking'>) => Promise<Result>,
): Promise<Result> {
  const progress = startProgress();
  try {
    return await evaluate({
      ...events,
      onNotice: (notice) => {
        progress?.clear();
        events.onNotice?.(notice);
      },
      onIndexing: ({ passages, bytes, totalBytes }) =>
        progress?.show(totalBytes === 0 ? 1 : bytes / totalBytes, ['indexing', pluralise(passages, 'passage')]),
      onAsking: (asked, total) => progress?.show(asked / total, ['asking', `${asked} of ${total} questions`]),
    });
  } finally {
    progress?.clear();
  }
}
