import type { Outcome } from './confidence/decision.js';
import { interleave } from './interleave.js';
import type { FoundPassage, QuestionResult } from './question-result.js';
import { type ChosenQuote, chooseQuotes, MAX_QUOTES, type QuoteSources } from './quoting/choose-quotes.js';

/** A quote and the question that it was chosen for. */
export interface FoundQuote extends FoundPassage {
  readonly quote: ChosenQuote;
}

/**
 * Selects what to cite: at most three quotes. Those of several questions alternate.
 *
 * @param outcomes One per result. Nothing is cited for a question that is `not-found`.
 */
export function selectCitations(
  results: readonly QuestionResult[],
  outcomes: readonly Outcome[],
  sources: QuoteSources,
): FoundQuote[] {
  const lists = results.map((result, index) =>
    outcomes[index] === 'not-found'
      ? []
      : chooseQuotes(result.ranking, result.prepared, sources).map((quote) => ({
          quote,
          ranked: quote.ranked,
          result,
        })),
  );
  return interleave(lists, MAX_QUOTES, identifyQuote);
}

/** One passage can answer two questions, each with another part. */
function identifyQuote({ quote, ranked, result }: FoundQuote): string {
  return `${result.question} ${ranked.passage.articleKey} ${quote.start}`;
}
