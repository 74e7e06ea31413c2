import type { Span } from '../text/span.js';
import type { GoldText } from './gold-text.js';

/** A passage or sentence to be judged: its text and where that is in the article's text. */
export interface JudgedPassage extends Span {
  /**
   * The source of its article: its id if the set has its articles in `bulk`, else its path relative to the seeds folder, with `#id`
   * or `#line` for an article of a bulk file.
   */
  readonly article: string;
  readonly text: string;
}

/** How relevant a passage is, and the unit it counts for. */
export interface Judgement {
  /** What was judged: a document, or a part of it. Several passages of one unit count once, at the rank of the first. */
  readonly unit: string;
  /** How relevant it is; 0 if it is not relevant or was not judged. */
  readonly grade: number;
}

/** A question with its relevance judgements. */
export interface JudgedQuestion {
  readonly id: string;
  readonly text: string;
  /** Whether the articles answer it. */
  readonly isAnswerable: boolean;
  /** The grades of everything relevant, all above 0; empty if nothing is. */
  readonly relevantGrades: readonly number[];
  /**
   * Fitting uses the questions of half 0, reports those of half 1. Except in files of questions about the seeds folder, all
   * questions about an article are in the same half; a follow-up is in the half of the question before it.
   */
  readonly half: 0 | 1;
  /** Judges a passage that was found. */
  judge(passage: JudgedPassage): Judgement;
  /** Tells whether a sentence of a relevant passage answers the question; null if sentences are not judged. */
  readonly judgeSentence: ((sentence: JudgedPassage) => boolean) | null;
  /** Tells whether a text that is shown to people answers the question. Default: it is judged like a passage. */
  readonly judgeShown?: (shown: JudgedPassage) => boolean;
  /** The kind of question, if measures are reported for each kind. */
  readonly kind?: string;
  /** The id of the earlier question in the set that this one follows up on. Default: it is asked by itself. */
  readonly after?: string;
  /** Texts that must be in the indexed articles; otherwise the set is wrong. Default: none. */
  readonly goldTexts?: readonly GoldText[];
}

/** Articles and questions with relevance judgements. */
export interface JudgedSet {
  readonly name: string;
  /** The articles in the format of bulk files, one JSON object per line; null if they are in a seeds folder. */
  readonly bulk: string | null;
  /** SHA-256 of `bulk` in hexadecimal; null without one. */
  readonly sha256: string | null;
  /** The folder of the articles without `bulk`. They are read there, not copied. Default: the seeds folder of the settings. */
  readonly seedsFolder?: string;
  readonly questions: readonly JudgedQuestion[];
}

/** Which relevance judgements of a BEIR folder to use. */
export type BeirSplit = 'test' | 'dev' | 'train';
