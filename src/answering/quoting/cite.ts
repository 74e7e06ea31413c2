import type { Citation } from '../../corpus/citation.js';
import { excerptOf } from '../../corpus/excerpt.js';
import type { Sentence } from '../../corpus/sentence.js';
import { type Span, sliceOf } from '../../text/span.js';
import type { ArticleTexts, CitableArticle } from '../ports/passage-store.js';
import type { PreparedQuestion } from '../ranking/rank-question.js';
import type { RankedPassage } from '../ranking/ranking.js';
import { findWords, matchWords } from './matched-words.js';
import { chooseQuote } from './quote.js';
import { sentenceRoles } from './sentence-roles.js';

/** A passage to cite, with its article and the question it was found for. */
export interface CitationSource {
  readonly ranked: RankedPassage;
  readonly prepared: PreparedQuestion;
  /** The article of the passage. */
  readonly article: CitableArticle;
  /** The question, if the message asked several; otherwise null. */
  readonly question: string | null;
  /** Whether it was found for something that somebody says instead of asks. Default: false. */
  readonly isForClaim?: boolean;
}

/** Quotes the part of a passage that answers best, and marks the words in it that match the question. */
export function cite(
  { ranked, prepared, article, question, isForClaim = false }: CitationSource,
  store: Pick<ArticleTexts, 'passageBefore'>,
): Citation {
  const { passage } = ranked;
  const textOf = (span: Span): string => sliceOf(article.text, span);
  const before = sentencesBefore(passage, article.text, store);
  const { start, end, matches } = chooseQuote(ranked, prepared.weights.idf, textOf, {
    before,
    roleOf: sentenceRoles(article, isForClaim ? null : prepared.text),
  });
  const quote = textOf({ start, end });
  const excerpt = excerptOf(article, { start, end });
  const words = matchWords(prepared.encoded, matches, passage, prepared.vocabulary);
  return {
    passageId: passage.id,
    article: article.reference,
    question,
    quote,
    start,
    end,
    passage: textOf(passage),
    passageStart: passage.start,
    context: excerpt.context,
    location: excerpt.location,
    excerpt,
    matches: findWords(
      quote,
      words.map((match) => match.passage),
    ),
  };
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
