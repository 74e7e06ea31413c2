import type { ContextRole } from '../../corpus/block.js';

/** A part of an article, other than its running text, that is searched together with a passage. */
export type NamingPart = 'title' | ContextRole;

/**
 * A reason why a passage was found. Words are written as in the question or the passage.
 */
export type PassageReason =
  /** These words of the question are in the text of the passage. */
  | { readonly kind: 'same-words'; readonly words: readonly string[] }
  /** Words of the question, and the words of the passage that are close to them in meaning. */
  | {
      readonly kind: 'similar-words';
      readonly pairs: readonly { readonly question: string; readonly passage: string }[];
    }
  /** These words of the question, or words close to them, are in what names or introduces the passage. */
  | { readonly kind: 'named-words'; readonly part: NamingPart; readonly words: readonly string[] }
  /** These important words of the question are matched by nothing in the passage, and by nothing that names it. */
  | { readonly kind: 'missing-words'; readonly words: readonly string[] }
  /** Which of the two searches alone has it near the top. */
  | { readonly kind: 'found'; readonly by: 'words' | 'meaning' | 'both' | 'neither' }
  /** An earlier answer cites its article, which then counts more. */
  | { readonly kind: 'earlier-article' }
  /** What its collection has learned from its own questions counts for it. */
  | { readonly kind: 'learned' };

/** A reason for the confidence in an answer, compared with the questions that it was fitted on. */
export type ConfidenceReason =
  /** The passage as a whole is about what is asked. */
  | { readonly kind: 'same-subject'; readonly effect: 'raises' }
  | { readonly kind: 'other-subject'; readonly effect: 'lowers' }
  /** Every important word of the question is in the passage, or one close to it. */
  | { readonly kind: 'all-words'; readonly effect: 'raises' }
  /** The important words that are matched fit well; others are not matched. */
  | { readonly kind: 'most-words'; readonly effect: 'raises' }
  /** The words that are matched do not fit well. */
  | { readonly kind: 'loose-words'; readonly effect: 'lowers' }
  /** The passage has nothing that matches these important words of the question. */
  | { readonly kind: 'missing-words'; readonly effect: 'lowers'; readonly words: readonly string[] }
  /** No other article, or in a single article no other passage, comes close. */
  | { readonly kind: 'clear-lead'; readonly effect: 'raises'; readonly over: 'articles' | 'passages' }
  /** The name of another article that comes close; null if it is another passage of the only article there is. */
  | { readonly kind: 'rival'; readonly effect: 'lowers'; readonly article: string | null }
  /** Nothing was found, and the passage that comes closest is hardly closer than others. */
  | { readonly kind: 'no-lead'; readonly effect: 'lowers' }
  /** The match is in the text and not only in the title. */
  | { readonly kind: 'little-in-title'; readonly effect: 'raises' }
  /** Much of the question is in the title already, so the text may not answer it. */
  | { readonly kind: 'much-in-title'; readonly effect: 'lowers' }
  /** Many words have to match, or few do. */
  | { readonly kind: 'long-question'; readonly effect: 'raises' }
  | { readonly kind: 'short-question'; readonly effect: 'lowers' };
