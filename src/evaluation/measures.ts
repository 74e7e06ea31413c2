/**
 * Measures of rankings and of confidence. The measures of one question's ranking are those that NIST's trec_eval computes
 * from a run and relevance judgements (https://github.com/usnistgov/trec_eval, the `m_*.c` named below, relevance level 1),
 * so the numbers can be compared with published ones. The measure of a set of questions is their mean.
 */

/**
 * A ranking for one question with its relevance judgements. No document may occur in it twice: trec_eval rejects such a
 * run, and a document counted twice would push recall and nDCG above 1.
 */
export interface JudgedRanking {
  /** The grade at each rank, best first; 0 for what is not relevant or not judged. */
  readonly grades: readonly number[];
  /** The grades of everything judged relevant to the question, retrieved or not, in any order. All are above 0. */
  readonly relevantGrades: readonly number[];
}

/**
 * Success at k: 1 if something relevant is in the first k ranks, else 0. Its mean is what open-domain question answering
 * calls R@k or top-k accuracy. trec_eval: `success_k`.
 *
 * @param k Last rank that counts, from 1. It may exceed the length of the ranking.
 */
export function successAt({ grades }: JudgedRanking, k: number): 0 | 1 {
  return grades.slice(0, k).some(isRelevant) ? 1 : 0;
}

/**
 * 1 / rank of the first relevant document, or 0 if there is none in the first k ranks. Its mean is MRR@k (Voorhees 1999).
 * trec_eval: `recip_rank` of a run cut at k (`-M k`).
 *
 * @param k Last rank that counts, from 1; `Infinity` for all.
 */
export function reciprocalRank({ grades }: JudgedRanking, k: number): number {
  const index = grades.slice(0, k).findIndex(isRelevant);
  return index === -1 ? 0 : 1 / (index + 1);
}

/**
 * Share of the relevant documents that are in the first k ranks, 0 to 1; 0 if nothing is relevant. It cannot reach 1 if more
 * than k documents are relevant. trec_eval: `recall_k`.
 *
 * @param k Last rank that counts, from 1.
 */
export function recall({ grades, relevantGrades }: JudgedRanking, k: number): number {
  if (relevantGrades.length === 0) return 0;
  return grades.slice(0, k).filter(isRelevant).length / relevantGrades.length;
}

/**
 * Mean precision at the ranks of the relevant documents: AP = 1/R * sum over relevant ranks r of (number relevant in the
 * first r) / r. R includes relevant documents that were not retrieved; their precision is 0. From 0 to 1; 0 if nothing is
 * relevant. Grades do not matter. Its mean is MAP. trec_eval: `map`.
 */
export function averagePrecision({ grades, relevantGrades }: JudgedRanking): number {
  let retrieved = 0;
  let sum = 0;
  for (const [index, grade] of grades.entries()) {
    if (!isRelevant(grade)) continue;
    retrieved++;
    sum += retrieved / (index + 1);
  }
  return retrieved === 0 ? 0 : sum / relevantGrades.length;
}

/**
 * Normalised discounted cumulative gain: DCG@k = sum over ranks r = 1..k of grade / log2(r + 1), divided by the DCG@k of
 * the ideal ranking, which has everything relevant, retrieved or not, by descending grade. From 0 to 1; 0 if nothing is
 * relevant. The gain is the grade itself (Järvelin & Kekäläinen 2002, with the discount of Burges et al. 2005), not
 * 2^grade - 1. trec_eval: `ndcg_cut_k`.
 *
 * @param k Last rank that counts, from 1.
 */
export function ndcg({ grades, relevantGrades }: JudgedRanking, k: number): number {
  if (relevantGrades.length === 0) return 0;
  return discountedGain(grades, k) / discountedGain(relevantGrades.toSorted(descending), k);
}

function discountedGain(grades: readonly number[], k: number): number {
  return grades.slice(0, k).reduce((sum, grade, index) => sum + Math.max(0, grade) / Math.log2(index + 2), 0);
}

function isRelevant(grade: number): boolean {
  return grade > 0;
}

function descending(a: number, b: number): number {
  return b - a;
}

/**
 * Sorts a run the way trec_eval does: by descending score, equal scores by descending id, ids compared byte by byte in UTF-8
 * (`comp_sim_docno` in form_res_rels.c: `strcmp(p2->docno, p1->docno)`). trec_eval ignores the rank column of the run file, so
 * with equal scores only this order gives its numbers.
 *
 * @param scored Documents with different ids and scores that are not NaN.
 * @returns A new array, rank 1 first.
 */
export function sortRun<Scored extends { readonly id: string; readonly score: number }>(
  scored: readonly Scored[],
): Scored[] {
  // Not `a.score - b.score`: the difference of two infinite scores is NaN.
  return scored.toSorted((a, b) =>
    a.score === b.score ? Buffer.compare(Buffer.from(b.id), Buffer.from(a.id)) : a.score > b.score ? -1 : 1,
  );
}

/** The confidence of an answer, and whether the answer is right. */
export interface JudgedConfidence {
  /** 0 to 1. */
  readonly confidence: number;
  readonly isRight: boolean;
}

/** The effect of answering from some confidence on and abstaining below it. */
export interface RiskCoveragePoint {
  /** The lowest confidence that is answered. */
  readonly confidence: number;
  /** Share of the questions that are answered; above 0, at most 1. */
  readonly coverage: number;
  /** Share of the answers that are wrong, 0 to 1. */
  readonly risk: number;
}

/**
 * The risk-coverage curve of selective answering (El-Yaniv & Wiener 2010). Equal confidences share a point because no
 * threshold can separate them.
 *
 * @param judged In any order; no confidence is NaN.
 * @returns A point for each distinct confidence, highest first, so coverage rises to 1. None for no answers.
 */
export function riskCoverage(judged: readonly JudgedConfidence[]): RiskCoveragePoint[] {
  let answered = 0;
  let wrong = 0;
  return tiesByConfidence(judged).map((tie) => {
    answered += tie.count;
    wrong += tie.wrong;
    return { confidence: tie.confidence, coverage: answered / judged.length, risk: wrong / answered };
  });
}

/**
 * Area under the risk-coverage curve, AURC = 1/n * sum over i = 1..n of the risk of the i most confident answers (Geifman &
 * El-Yaniv 2017; Geifman, Uziel & El-Yaniv 2019). From 0 (all right) to 1 (all wrong); lower is better. It depends both on
 * how many answers are wrong and on how well confidence sorts them to the end: with any wrong answer, even the best order is
 * above 0. NaN for no answers.
 *
 * Equal confidences have no order, so the area is the expected value over their random orders: i answers that reach j into a
 * tie of g answers, w of them wrong, include on average j * w / g of the wrong ones (the mean of the hypergeometric
 * distribution).
 *
 * @param judged In any order; no confidence is NaN.
 */
export function areaUnderRiskCoverage(judged: readonly JudgedConfidence[]): number {
  let answered = 0;
  let wrong = 0;
  let area = 0;
  for (const tie of tiesByConfidence(judged)) {
    for (let j = 1; j <= tie.count; j++) area += (wrong + (j * tie.wrong) / tie.count) / (answered + j);
    answered += tie.count;
    wrong += tie.wrong;
  }
  return area / judged.length;
}

/** Counts the answers for each distinct confidence, highest first. */
function tiesByConfidence(
  judged: readonly JudgedConfidence[],
): { readonly confidence: number; count: number; wrong: number }[] {
  const ties: { readonly confidence: number; count: number; wrong: number }[] = [];
  for (const { confidence, isRight } of judged.toSorted((a, b) => b.confidence - a.confidence)) {
    let tie = ties.at(-1);
    if (tie?.confidence !== confidence) {
      tie = { confidence, count: 0, wrong: 0 };
      ties.push(tie);
    }
    tie.count++;
    if (!isRight) tie.wrong++;
  }
  return ties;
}

/** The answers whose confidence is above `from` and at most `to`. The first bin also includes 0. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** NaN if the bin is empty. */
  readonly meanConfidence: number;
  /** Share of the answers that are right; NaN if the bin is empty. */
  readonly shareRight: number;
}

/**
 * The bins of a reliability diagram: equal parts of 0 to 1, each open below and closed above as in Guo et al. 2017, except
 * that the first bin includes 0, which theirs would drop.
 *
 * @param bins Number of bins, from 1.
 * @throws {RangeError} if a confidence is not between 0 and 1.
 */
export function reliabilityBins(judged: readonly JudgedConfidence[], bins = 10): ReliabilityBin[] {
  const members = Array.from({ length: bins }, (): JudgedConfidence[] => []);
  for (const one of judged) {
    if (!(one.confidence >= 0 && one.confidence <= 1))
      throw new RangeError(`A confidence must be between 0 and 1, not ${one.confidence}.`);
    members[binOf(one.confidence, bins)]?.push(one);
  }
  return members.map((inBin, index) => ({
    from: index / bins,
    to: (index + 1) / bins,
    count: inBin.length,
    meanConfidence: mean(inBin.map(({ confidence }) => confidence)),
    shareRight: mean(inBin.map(({ isRight }) => (isRight ? 1 : 0))),
  }));
}

function binOf(confidence: number, bins: number): number {
  const index = Math.max(0, Math.ceil(confidence * bins) - 1);
  // 0.07 * 100 is 7.000000000000001, which would put a confidence on an edge into the bin above it.
  return index > 0 && confidence <= index / bins ? index - 1 : index;
}

/**
 * Expected calibration error: sum over bins of count / n * |share right - mean confidence| (Naeini, Cooper & Hauskrecht
 * 2015; Guo et al. 2017). From 0 to 1; 0 if in every bin the share right equals the mean confidence. NaN for no answers. It
 * depends on the number of bins: only compare values computed with the same number.
 *
 * @param bins Number of bins of equal width, from 1.
 * @throws {RangeError} if a confidence is not between 0 and 1.
 */
export function expectedCalibrationError(judged: readonly JudgedConfidence[], bins = 10): number {
  const filled = reliabilityBins(judged, bins).filter(({ count }) => count > 0);
  const gaps = filled.map(({ count, meanConfidence, shareRight }) => count * Math.abs(shareRight - meanConfidence));
  return gaps.reduce((sum, gap) => sum + gap, 0) / judged.length;
}

/**
 * Area under the ROC curve: the probability that a random positive has a higher score than a random negative, ties counting
 * half (Mann & Whitney 1947). NaN without positives or negatives.
 *
 * @param positives Scores, none of them NaN.
 * @param negatives Scores, none of them NaN.
 */
export function areaUnderRoc(positives: readonly number[], negatives: readonly number[]): number {
  const ascending = Float64Array.from(negatives).toSorted();
  let below = 0;
  let notAbove = 0;
  let won = 0;
  for (const score of Float64Array.from(positives).toSorted()) {
    while (below < ascending.length && (ascending[below] as number) < score) below++;
    while (notAbove < ascending.length && (ascending[notAbove] as number) <= score) notAbove++;
    won += (below + notAbove) / 2;
  }
  return won / (positives.length * negatives.length);
}

/** Returns the arithmetic mean; NaN for no numbers. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
