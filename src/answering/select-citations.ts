import { overlap } from '../text/span.js';
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
  return withoutRepetition(interleave(lists, MAX_QUOTES, identifyQuote));
}

/** What was quoted for another question already is not quoted again around the highlights. */
function withoutRepetition(quotes: readonly FoundQuote[]): FoundQuote[] {
  return quotes.map((one, index) => {
    const isRepeated = quotes.slice(0, index).some((earlier) => overlaps(earlier, one));
    const [highlight] = one.quote.highlights;
    return isRepeated && highlight !== undefined ? { ...one, quote: { ...one.quote, ...highlight } } : one;
  });
}

function overlaps(a: FoundQuote, b: FoundQuote): boolean {
  return a.ranked.passage.articleKey === b.ranked.passage.articleKey && overlap(a.quote, b.quote);
}

/** One passage can answer two questions, each with another part. */
function identifyQuote({ quote, ranked, result }: FoundQuote): string {
  return `${result.question} ${ranked.passage.articleKey} ${quote.start}`;
}
