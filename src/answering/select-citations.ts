import type { Outcome } from './confidence/decision.js';
import { interleave } from './interleave.js';
import { type FoundPassage, identifyFound, type QuestionResult } from './question-result.js';
import type { RankedPassage } from './ranking/ranking.js';

/** The maximum number of passages that an answer cites. */
export const MAX_CITATIONS = 3;

/**
 * In log-odds. A further article is cited if its passage is at least e^-3 (one twentieth) times as likely to answer as
 * the first: two accounts of one event are rarely worded equally well for a question, and readers want both.
 */
const MAX_SCORE_GAP = 3;

/**
 * Selects the passages to cite: at most three, the best of each article. Several questions alternate.
 *
 * @param outcomes One per result. Nothing is cited for a question that is `not-found`.
 */
export function selectCitations(results: readonly QuestionResult[], outcomes: readonly Outcome[]): FoundPassage[] {
  const lists = results.map((result, index) =>
    outcomes[index] === 'not-found' ? [] : bestOfArticles(result.ranking).map((ranked) => ({ ranked, result })),
  );
  return interleave(lists, MAX_CITATIONS, identifyFound);
}

/**
 * The best passage of each of the best articles. Readers learn more from a second article than from a second passage of
 * the first, or from the same words again.
 */
function bestOfArticles(ranking: readonly RankedPassage[]): RankedPassage[] {
  const firstScore = ranking[0]?.score ?? 0;
  const byArticle = new Map<number, RankedPassage>();
  for (const ranked of ranking) {
    if (byArticle.size === MAX_CITATIONS) break;
    // Passages of an earlier answer's articles can rank above better ones, so a good one may follow a weak one.
    if (ranked.score < firstScore - MAX_SCORE_GAP || ranked.isNearDuplicate) continue;
    if (!byArticle.has(ranked.passage.articleKey)) byArticle.set(ranked.passage.articleKey, ranked);
  }
  return [...byArticle.values()];
}
