import type { Citation } from '../../corpus/citation.js';
import { contains, type Span, shiftSpan, sliceOf } from '../../text/span.js';
import type { AnsweringDeps } from '../answer-question.js';
import { decide } from '../confidence/decision.js';
import { checkLanguage, LANGUAGE_PASSAGES } from '../language-check.js';
import type { ArticleTexts, CitableArticle } from '../ports/passage-store.js';
import { dependsOnPrevious, hasAnaphor } from '../question/anaphora.js';
import type { Scope } from '../question/scope.js';
import { cite } from '../quoting/cite.js';
import { highlightIn } from '../quoting/highlight-in.js';
import { findWords, matchWords } from '../quoting/matched-words.js';
import { bestMatches, maxSim } from '../ranking/late-interaction.js';
import { type PreparedQuestion, prepareQuestion, rankQuestion } from '../ranking/rank-question.js';
import type { RankedPassage } from '../ranking/ranking.js';
import { type Difference, differenceOf } from './claim-differences.js';
import { type MessageClaim, readClaims } from './message-claims.js';
import { isAboutSameDay } from './relative-dates.js';

/**
 * What an article says about a claim: the same in other words, something similar, or nothing. Never whether it is true.
 */
export type ClaimVerdict = 'same' | 'related' | 'nothing';

/**
 * Why a passage close to a claim does not say the same. Besides a `Difference` between the two:
 *
 * - `words`: too little of the claim is matched.
 * - `asks`: the sentence is a question.
 * - `language`: the sentence is in another language than the articles.
 * - `unmeasured`: the model in use was not fitted.
 */
export type ClaimDifference = Difference | 'words' | 'asks' | 'language' | 'unmeasured';

/** A sentence of a message and the passage closest to it. */
export interface ClaimSource {
  /** The sentence, a slice of the message as it was written. */
  readonly claim: string;
  readonly verdict: ClaimVerdict;
  /** Null if and only if the verdict is `nothing`. */
  readonly citation: Citation | null;
  /** Null unless the verdict is `related`. */
  readonly difference: ClaimDifference | null;
}

/** The sources of the claims in a message. */
export interface FoundSources {
  /** In the order of the message; at least one and at most `MAX_CLAIMS`. */
  readonly sources: readonly ClaimSource[];
  /** Number of further sentences that were not searched for. */
  readonly leftOut: number;
}

/** Number of claims that are searched for. More would not be read in one reply, and each is a search. */
export const MAX_CLAIMS = 5;

/**
 * Number of passages that are compared with a claim. Two articles may report one event, and the one that says the same
 * need not rank first. On the tuning half of test/evaluation/claims.json no passage further down said the same.
 */
const COMPARED_PASSAGES = 3;

/**
 * The idf-weighted MaxSim of claim and quote, about 0 to 1, at which they count as saying the same if nothing else
 * differs. On the tuning half of test/evaluation/claims.json, where nothing else differs, near misses and other
 * passages reach up to 0.51; paraphrases start at 0.52 and most are above 0.57. A lower threshold would find a few
 * more, and more of them would be wrong.
 */
const MIN_SAME_MAX_SIM = 0.54;

/** Options of `findSources`. */
export interface FindSourcesOptions {
  /** The articles to search. Default: all. */
  readonly scope?: Scope;
  /**
   * When the message was written, in milliseconds since 1970: it may say "yesterday". Default: null, and then no article is about such
   * a day.
   */
  readonly writtenAt?: number | null;
}

/**
 * Finds the passage closest to each sentence of a message. A sentence that refers back ("He was freed in 2024") is
 * searched for, and compared, together with the one before it.
 *
 * On the reporting half of test/evaluation/claims.json: of 10 verdicts `same`, 9 are right. Of 23 paraphrases, 9 get
 * `same` and 22 the right article. Of 21 near misses, 1 gets `same`. All 10 unrelated claims get `nothing`.
 *
 * @param text A message as it comes from Discord, up to `MAX_MESSAGE_CHARACTERS` UTF-16 code units. Links, mentions,
 *   emoji, code blocks and formatting are not searched for.
 * @throws {UserError} if no sentence has three or more words, or the message is too long.
 */
export async function findSources(
  text: string,
  deps: AnsweringDeps,
  { scope = null, writtenAt = null }: FindSourcesOptions = {},
): Promise<FoundSources> {
  const claims = readClaims(text);
  const prepared = await Promise.all(
    claims
      .slice(0, MAX_CLAIMS)
      .map(async (claim) => ({ claim, prepared: await prepareQuestion(claim.searched, deps, scope) })),
  );
  // One state of the library from ranking to quoting, as for an answer.
  const sources = deps.store.readConsistently(() => prepared.map((one) => sourceOf(one, deps, { scope, writtenAt })));
  return { sources, leftOut: Math.max(0, claims.length - MAX_CLAIMS) };
}

interface PreparedClaim {
  readonly claim: MessageClaim;
  readonly prepared: PreparedQuestion;
}

function sourceOf(
  { claim, prepared }: PreparedClaim,
  deps: AnsweringDeps,
  { scope, writtenAt }: Required<FindSourcesOptions>,
): ClaimSource {
  const { store, coefficients } = deps;
  const ranking = rankQuestion(prepared, store, { weights: coefficients?.ranking ?? null, scope, earlierArticles: [] });
  // The threshold was fitted on questions but works for claims: on the tuning half of test/evaluation/claims.json,
  // claims about a subject of the articles have a confidence of 0.49 or more, those about another 0.07 or less.
  if (decide(ranking, prepared.contentTokens.length, coefficients).outcome === 'not-found')
    return { claim: claim.shown, verdict: 'nothing', citation: null, difference: null };
  const compared = ranking
    .slice(0, COMPARED_PASSAGES)
    .map((ranked) => compare({ claim, prepared }, ranked, store, writtenAt));
  const obstacle = obstacleOf(claim, ranking, deps);
  const same = obstacle === null ? compared.find(({ difference }) => difference === null) : undefined;
  if (same !== undefined) return { claim: claim.shown, verdict: 'same', citation: same.citation, difference: null };
  const { citation = null, difference = null } = compared[0] ?? {};
  return { claim: claim.shown, verdict: 'related', citation, difference: obstacle ?? difference };
}

/** Why no passage at all counts as the same as a claim, or null if there is no such reason. */
function obstacleOf(
  claim: MessageClaim,
  ranking: readonly RankedPassage[],
  { store, coefficients, compareLanguages }: AnsweringDeps,
): ClaimDifference | null {
  if (coefficients === null) return 'unmeasured';
  if (claim.isQuestion) return 'asks';
  if (!claim.isWhole) return 'words';
  const sample = ranking
    .slice(0, LANGUAGE_PASSAGES)
    .map(({ passage }) => sliceOf(store.article(passage.articleKey).text, passage));
  return checkLanguage(claim.searched, sample, compareLanguages) === null ? null : 'language';
}

/** Quotes the part of a passage closest to a claim, and tells what keeps it from saying the same. */
function compare(
  { claim, prepared }: PreparedClaim,
  ranked: RankedPassage,
  store: ArticleTexts,
  writtenAt: number | null,
): { readonly citation: Citation; readonly difference: ClaimDifference | null } {
  const article = store.article(ranked.passage.articleKey);
  const citation = citeClosest(ranked, { claim, prepared }, article, store);
  const differences = quotedSentences(ranked, citation).map((sentence) => {
    // The sentences around it may be about others: "Griner and Bout were swapped. Whelan was left behind."
    const own = sliceOf(article.text, sentence);
    const start = dependsOnPrevious(own) || hasAnaphor(own) ? citation.start : sentence.start;
    return differenceOf(claim.searched, article.text.slice(start, sentence.end), citation.quote, article.text);
  });
  if (!differences.includes(null)) return { citation, difference: differences[0] ?? 'words' };
  if (!isAboutSameDay(claim.searched, article.reference.published, writtenAt)) return { citation, difference: 'dates' };
  const isClose = maxSim(quotedMatches(ranked, citation), prepared.weights.idf) >= MIN_SAME_MAX_SIM;
  return { citation, difference: isClose ? null : 'words' };
}

/** Cites the sentences of a passage closest to a claim, with the words highlighted that they share. */
function citeClosest(
  ranked: RankedPassage,
  { claim, prepared }: PreparedClaim,
  article: CitableArticle,
  store: ArticleTexts,
): Citation {
  const closest = highlightIn(ranked, prepared, article, store, { isForClaim: !claim.isQuestion });
  const words = matchWords(prepared.encoded, closest.matches, ranked.passage, prepared.vocabulary);
  const highlights = findWords(
    sliceOf(article.text, closest),
    words.map((match) => match.passage),
  ).map((word) => shiftSpan(word, closest.start));
  return cite({ passage: ranked.passage, start: closest.start, end: closest.end, highlights }, article, null);
}

/** The sentences of the passage that are quoted, without headings. */
function quotedSentences({ passage }: RankedPassage, quote: Span): Span[] {
  return passage.sentences.filter((sentence) => !sentence.isLabel && contains(quote, sentence));
}

/** The best partner of each token of the claim in the quoted part of the passage. */
function quotedMatches({ passage, sentenceMatches }: RankedPassage, quote: Span): ReturnType<typeof bestMatches> {
  return bestMatches(sentenceMatches.filter((_, index) => contains(quote, passage.sentences[index] ?? passage)));
}
