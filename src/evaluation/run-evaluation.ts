import type { Coefficients, FittedCoefficients } from '../answering/confidence/coefficients.js';
import type { DecisionThresholds } from '../answering/confidence/decision.js';
import { sha256Hex } from '../storage/sha256.js';
import { EXIT, UserError } from '../user-error.js';
import { type EvaluatedQuestion, type EvaluateOptions, evaluateSet } from './evaluate.js';
import type { EvaluatedEngine } from './evaluated-engine.js';
import { type FittingSets, fitDecision, fitRanking, fittedHalf } from './fit.js';
import { checkGold } from './gold-text.js';
import type { BeirSplit, JudgedSet } from './judged-set.js';
import { readJudgedSet } from './read-judged-set.js';
import { type EvaluationReport, type ReportOptions, reportOn } from './report.js';

/** Something in the files of a set's articles, with the reason and the remedy. */
export interface SourceProblem {
  readonly file: string;
  readonly reason: string;
}

/** What could not be read or used of the files of a set's articles. */
export interface SourceProblems {
  /** Files, or lines of bulk files, that were not read. */
  readonly skipped: readonly SourceProblem[];
  /** Parts of files that could not be used. */
  readonly warnings: readonly SourceProblem[];
}

/** An engine with the articles of a judged set. */
export interface OpenedSet {
  readonly engine: EvaluatedEngine;
  /** The thresholds that its answers are decided by; null for a model without fitted coefficients. */
  readonly thresholds: DecisionThresholds | null;
  readonly sourceProblems: SourceProblems;
  /** Releases the engine. Called once, even if the evaluation fails. */
  close(): Promise<void>;
}

/**
 * Indexes the articles of a set and opens an engine for them.
 *
 * @param coefficients What its answers are made with. Default: what was fitted for the model.
 */
export type OpenSet = (set: JudgedSet, coefficients?: Coefficients) => Promise<OpenedSet>;

/** Options for reading judged sets and asking their questions. */
export interface AskOptions {
  /** Which relevance judgements of a BEIR folder to use. Default: `test`. */
  readonly split?: BeirSplit | undefined;
  /** Called after each question. */
  readonly onAsking?: ((asked: number, all: number) => void) | undefined;
}

/** Options of `evaluateSetAt`. */
export interface EvaluationOptions extends AskOptions, Omit<ReportOptions, 'thresholds'> {}

/** What `footnote eval --json` prints. */
export type SetReport = EvaluationReport & SourceProblems;

/** Options of `fitSetsAt`. */
export interface FitOptions extends AskOptions {
  /** The date to record with the coefficients, as `YYYY-MM-DD`. */
  readonly fittedAt: string;
}

/**
 * Asks the questions of a judged set and measures the answers.
 *
 * @param path A BEIR folder, a folder of passage judgements or of documents, or a JSON file of questions: see `readJudgedSet`.
 * @throws {UserError} if the set cannot be read, or its gold matches nothing in the articles.
 */
export async function evaluateSetAt(path: string, options: EvaluationOptions, openSet: OpenSet): Promise<SetReport> {
  const set = await readJudgedSet(path, options.split);
  const opened = await openSet(set);
  try {
    checkGold(set.questions, opened.engine);
    const evaluated = await evaluateSet(set, opened.engine, evaluateOptions(options, options.half));
    return {
      ...reportOn(set.name, evaluated, { ...options, thresholds: opened.thresholds }),
      ...opened.sourceProblems,
    };
  } finally {
    await opened.close();
  }
}

/** Shows the best of what was found for every question, however unsure it is. */
const SHOW_EVERYTHING: Omit<Coefficients, 'ranking'> = {
  decision: { intercept: 0, similarity: 0, lead: 0, contentSimilarity: 0, titleMaxSim: 0, questionLength: 0 },
  thresholds: { answered: 1, closest: 0 },
  typical: { similarity: 0, lead: 0, contentSimilarity: 0, titleMaxSim: 0, questionLength: 0 },
};

/**
 * Fits ranking and decision on half 0 of judged sets, and measures them on both halves. The questions are asked twice: what is shown,
 * which the decision is about, depends on the ranking.
 *
 * @param paths The sets, as for `evaluateSetAt`. Sets of prose have equal weight, whatever their size; see `fitRanking` and
 *   `fitDecision` for what documents folders weigh.
 * @param model The embedding model that `openSet` uses.
 * @throws {UserError} if a set cannot be read.
 */
export async function fitSetsAt(
  paths: readonly string[],
  options: FitOptions,
  openSet: OpenSet,
  { id, fingerprint }: FittedCoefficients['model'],
): Promise<FittedCoefficients> {
  const askAll = async (coefficients?: Coefficients): Promise<AskedSet[]> => {
    const sets: AskedSet[] = [];
    for (const path of paths) sets.push(await askBothHalves(path, options, (set) => openSet(set, coefficients)));
    return sets;
  };
  const asked = await askAll();
  if (asked.every(isOfDocuments)) {
    throw new UserError(
      'Fitting needs a set that is not a documents folder, because the ranking is fitted mostly on those. Add one.',
      { exitCode: EXIT.usageError },
    );
  }
  const ranking = fitRanking(fittingSets(asked));
  const sets = await askAll({ ranking, ...SHOW_EVERYTHING });
  const decision = fitDecision(fittingSets(sets));
  return {
    model: { id, fingerprint },
    fittedAt: options.fittedAt,
    ranking,
    ...decision,
    sets: sets.map(({ set, sha256, fitting, reporting }) => ({
      name: set.name,
      sha256,
      halves: [fittedHalf(fitting, 'fitting', decision), fittedHalf(reporting, 'reporting', decision)],
    })),
  };
}

function isOfDocuments({ set }: AskedSet): boolean {
  return set.seedsFolder !== undefined;
}

function fittingSets(sets: readonly AskedSet[]): FittingSets {
  return {
    prose: sets.filter((one) => !isOfDocuments(one)).map(({ fitting }) => fitting),
    documents: sets.filter(isOfDocuments).map(({ fitting }) => fitting),
  };
}

interface AskedSet {
  readonly set: JudgedSet;
  /** SHA-256 of its articles. */
  readonly sha256: string;
  readonly fitting: readonly EvaluatedQuestion[];
  readonly reporting: readonly EvaluatedQuestion[];
}

async function askBothHalves(path: string, options: AskOptions, openSet: OpenSet): Promise<AskedSet> {
  const set = await readJudgedSet(path, options.split);
  const opened = await openSet(set);
  try {
    checkGold(set.questions, opened.engine);
    const evaluated = await evaluateSet(set, opened.engine, evaluateOptions(options));
    const ofHalf = (half: 0 | 1): EvaluatedQuestion[] => evaluated.filter(({ question }) => question.half === half);
    return { set, sha256: set.sha256 ?? digestOf(opened.engine), fitting: ofHalf(0), reporting: ofHalf(1) };
  } finally {
    await opened.close();
  }
}

/** Changes with every article of a set that is read in place. */
function digestOf(engine: EvaluatedEngine): string {
  return sha256Hex([...engine.articles()].map(({ source, text }) => `${source}\u0000${sha256Hex(text)}`).join('\n'));
}

function evaluateOptions({ onAsking }: AskOptions, half?: 0 | 1): EvaluateOptions {
  return { ...(half !== undefined && { half }), ...(onAsking && { onProgress: onAsking }) };
}
