import type { Sentence } from '../../corpus/sentence.js';
import { type Span, sliceOf } from '../../text/span.js';
import type { ArticleTexts, CitableArticle } from '../ports/passage-store.js';
import type { PreparedQuestion } from '../ranking/rank-question.js';
import type { RankedPassage } from '../ranking/ranking.js';
import { chooseHighlight, type Highlight } from './highlight.js';
import { sentenceRoles } from './sentence-roles.js';

/** Options of `highlightIn`. */
export interface HighlightOptions {
  /** The part of the article that the key sentence must be in. Default: the whole passage. */
  readonly within?: Span | null;
  /** Whether it is for something that somebody says instead of asks. Default: false. */
  readonly isForClaim?: boolean;
}

/** Chooses the sentences of a passage that answer best, and those right before the passage that they need. */
export function highlightIn(
  ranked: RankedPassage,
  prepared: PreparedQuestion,
  article: CitableArticle,
  store: Pick<ArticleTexts, 'passageBefore'>,
  { within = null, isForClaim = false }: HighlightOptions = {},
): Highlight {
  return chooseHighlight(ranked, prepared.weights.idf, (span) => sliceOf(article.text, span), {
    before: sentencesBefore(ranked.passage, article.text, store),
    roleOf: sentenceRoles(article, isForClaim ? null : prepared.text),
    within,
  });
}

/** The sentences of the passage before, if nothing but whitespace lies between the two. */
function sentencesBefore(
  { key, start }: { readonly key: number; readonly start: number },
  text: string,
  store: Pick<ArticleTexts, 'passageBefore'>,
): readonly Sentence[] {
  const before = store.passageBefore(key);
  return before !== null && text.slice(before.end, start).trim() === '' ? before.sentences : [];
}
