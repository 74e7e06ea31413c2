import { PRIOR_FEATURES, type PriorFeatures } from '../answering/ranking/priors.js';
import { pluralise } from '../text/pluralise.js';
import type { PriorsReport, RankingQuality } from './learn-priors.js';
import { describeCount, type LearnedSet, nameOfCollection } from './learn-set.js';
import { textTable } from './text-table.js';

/** What became of the priors of a collection. */
export interface StoredPriorsReport extends PriorsReport {
  /** Whether answers use them from now on. */
  readonly stored: boolean;
  /** Whether earlier ones were removed, because they do not pay on these questions. */
  readonly removed: boolean;
}

/** What collections have learned from a set, as `footnote learn --json` prints it. */
export interface LearnReport extends LearnedSet {
  readonly collections: readonly StoredPriorsReport[];
}

/**
 * Renders what collections have learned.
 *
 * @param columns How wide tables may be. Default: as wide as they are.
 */
export function renderLearned({ collections, tooFew, leftOut }: LearnReport, columns?: number): string {
  return [
    collections.map((report) => renderCollection(report, columns).join('\n')).join('\n\n'),
    ...(tooFew.length === 0 ? [] : [['Too few questions to learn from:', ...tooFew.map(describeCount)].join('\n')]),
    ...(leftOut === 0
      ? []
      : [`${pluralise(leftOut, 'question')} left out: unanswerable, a follow-up, or several in one.`]),
  ].join('\n\n');
}

function renderCollection(report: StoredPriorsReport, columns = Number.POSITIVE_INFINITY): string[] {
  const { folds, pValue, weights } = report;
  return [
    `${describeCount(report)}, cross-validated in ${folds} parts by article`,
    ...textTable([row('R@1', 'recallAt1', report), row('MRR@10', 'reciprocalRankAt10', report)], {
      header: ['', 'without', 'with', 'gain'],
      columns,
    }),
    `p = ${pValue.toFixed(4)} (MRR@10, paired randomisation test)`,
    renderWeights(weights),
    verdictOf(report),
  ];
}

function row(label: string, name: keyof RankingQuality, report: PriorsReport): string[] {
  const [without, withPriors] = [report.without[name], report.with[name]];
  return [
    label,
    share(without),
    share(withPriors),
    `${withPriors < without ? '−' : '+'}${share(Math.abs(withPriors - without))}`,
  ];
}

/** ".444": as measures are usually printed. */
function share(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}

const LABELS: Readonly<Record<keyof PriorFeatures, string>> = {
  early: 'early passages',
  recent: 'recent articles',
  title: 'titles',
};

/** "early passages +1.412, recent articles +0.030, titles −0.200" */
export function renderWeights(weights: PriorFeatures): string {
  return PRIOR_FEATURES.map(
    (name) => `${LABELS[name]} ${weights[name] < 0 ? '−' : '+'}${Math.abs(weights[name]).toFixed(3)}`,
  ).join(', ');
}

function verdictOf({ pays, stored, removed, collection }: StoredPriorsReport): string {
  const name = nameOfCollection(collection);
  if (stored) return `Kept: from now on, answers from ${name} are ranked with this.`;
  if (pays) return 'It pays. Nothing was kept, because of --dry-run.';
  const reason = 'Not kept: it does not pay. MRR@10 has to rise with p < .05, and R@1 must not fall.';
  return removed ? `${reason} What was learned before is removed.` : reason;
}
