import type { RankingFeatures } from '../../src/answering/ranking/ranking.js';
import { type EvaluatedQuestion, judgedRanking, STAGES } from '../../src/evaluation/evaluate.js';
import type { JudgedQuestion, Judgement } from '../../src/evaluation/judged-set.js';

/** The properties of a candidate that matter to a test. */
export interface MadeUpCandidate {
  readonly features?: Partial<RankingFeatures>;
  readonly grade?: number;
  /** What was judged. Default: each candidate is a unit by itself. */
  readonly unit?: string;
}

const NO_FEATURES: RankingFeatures = {
  maxSimIdf: 0,
  maxSim: 0,
  sentenceMaxSim: 0,
  titleMaxSim: 0,
  termShare: 0,
  articleSimilarity: 0,
  sectionGain: 0,
  contextGain: 0,
};

/** An answerable question, unless overridden. */
export function judgedQuestion(overrides: Partial<JudgedQuestion> = {}): JudgedQuestion {
  return {
    id: 'q',
    text: 'Who?',
    isAnswerable: true,
    relevantGrades: [1],
    half: 0,
    judge: () => ({ unit: 'none', grade: 0 }),
    judgeSentence: null,
    ...overrides,
  };
}

/** A question for which these candidates were found, best first. It is answerable if one of them is right. */
export function evaluatedQuestion(
  candidates: readonly MadeUpCandidate[],
  overrides: Partial<EvaluatedQuestion> = {},
): EvaluatedQuestion {
  const judgements = candidates.map(
    ({ unit, grade = 0 }, index): Judgement => ({ unit: unit ?? `passage ${index + 1}`, grade }),
  );
  const relevantGrades = judgements.flatMap(({ grade }) => (grade > 0 ? grade : []));
  const question = overrides.question ?? judgedQuestion({ isAnswerable: relevantGrades.length > 0, relevantGrades });
  const run = judgedRanking(
    question,
    judgements.map((judgement, index) => ({ ...judgement, score: -index })),
  );
  return {
    question,
    runs: Object.fromEntries(STAGES.map((stage) => [stage, run])) as EvaluatedQuestion['runs'],
    candidates: candidates.map(({ features }, index) => ({
      features: { ...NO_FEATURES, ...features },
      judgement: judgements[index] ?? { unit: 'none', grade: 0 },
    })),
    isSingleQuestion: true,
    outcome: 'answered',
    confidence: 1,
    decision: null,
    isSentenceRight: null,
    // What is shown is the first passage.
    shown: judgements.slice(0, 1).map(({ grade }) => grade > 0),
    shownWords: [10],
    quotes: 1,
    wrongQuotes: 0,
    quote: 'A quote.',
    tookMs: 10,
    ...overrides,
  };
}
