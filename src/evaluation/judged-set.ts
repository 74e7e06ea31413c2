/** A passage as a judgement sees it. */
export interface JudgedPassage {
  /** Where its article comes from: for an article of a bulk file its given id, else its path below the seeds folder. */
  readonly article: string;
  /** Its place in the article's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a judgement says of a passage. */
export interface Judgement {
  /** What was judged: a document, a stretch of one or a passage. Several passages of one count once, at the first's rank. */
  readonly unit: string;
  /** 0 for not relevant or not judged. */
  readonly grade: number;
}

export interface JudgedQuestion {
  readonly id: string;
  readonly text: string;
  readonly isAnswerable: boolean;
  /** The positive grades of all that is relevant. Empty when nothing is. */
  readonly relevantGrades: readonly number[];
  /** 0 or 1, by article where the judgements name one: fitting uses the questions of half 0, reports those of half 1. */
  readonly half: 0 | 1;
  judge(passage: JudgedPassage): Judgement;
  /** Whether a sentence of a relevant passage is one that answers; null where sentences are not judged. */
  readonly judgeSentence: ((sentence: JudgedPassage) => boolean) | null;
}

/** Articles and questions with relevance judgements. */
export interface JudgedSet {
  readonly name: string;
  /** The articles: one JSON object a line as bulk files have them, or null where they are those of the seeds folder. */
  readonly bulk: string | null;
  /** SHA-256 of the bulk; null without one. */
  readonly sha256: string | null;
  readonly questions: readonly JudgedQuestion[];
}

/** Which relevance judgements of a BEIR folder are used. */
export type BeirSplit = 'test' | 'dev' | 'train';
