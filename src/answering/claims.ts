import type { Citation } from '../corpus/citation.js';
import { splitSentences } from '../text/sentences.js';
import { type Span, sliceOf } from '../text/span.js';
import { wordsOf } from '../text/words.js';
import { EXIT, UserError } from '../user-error.js';
import { hasAnaphor } from './anaphora.js';
import { type AnsweringDeps, cite, LANGUAGE_PASSAGES, languageNotes } from './answer-question.js';
import { type Difference, differenceOf } from './claim-differences.js';
import { decide } from './decision.js';
import { bestMatches, maxSim } from './late-interaction.js';
import type { ArticleTexts } from './ports.js';
import { LEANS_BACK } from './quote.js';
import { type PreparedQuestion, prepareQuestion, rankQuestion } from './rank-question.js';
import type { RankedPassage } from './ranking.js';
import type { Scope } from './scope.js';

/** What an article says of a claim: the same in other words; something near it; nothing. Never whether it is true. */
export type ClaimVerdict = 'same' | 'related' | 'nothing';

/**
 * Why a passage near a claim does not say the same: another number, date or name, the roles or the denial differ; `words`,
 * where too little of the claim is matched; `asks`, where the sentence asks and claims nothing; `language`, where it is in
 * another language than the articles; `unmeasured` with a model that nothing was measured for.
 */
export type ClaimDifference = Difference | 'words' | 'asks' | 'language' | 'unmeasured';

/** A sentence of a message with the passage nearest to it. */
export interface ClaimSource {
  /** The sentence, a slice of the message as it was written. */
  readonly claim: string;
  readonly verdict: ClaimVerdict;
  /** Null if and only if nothing was found. */
  readonly citation: Citation | null;
  /** Null but for `related`. */
  readonly difference: ClaimDifference | null;
}

export interface FoundSources {
  /** In the order of the message, 1 to `MAX_CLAIMS`. */
  readonly sources: readonly ClaimSource[];
  /** Sentences of three or more words behind those, which were not looked for. */
  readonly leftOut: number;
}

/** A message in Discord has at most 4,000 characters, for those who pay. */
export const MAX_MESSAGE_CHARACTERS = 4000;

/** More would not be read in one reply, and each is a search. */
export const MAX_CLAIMS = 5;

/** "Thank you." and "Not again!" claim nothing that can be looked up. */
const MIN_WORDS = 3;

/**
 * Of a longer sentence the beginning is looked for, and it is never said to say the same. The longest judged claim has some 150;
 * ranking takes time in proportion, and all else waits for it.
 */
const MAX_SEARCHED_CHARACTERS = 400;

/** Two articles may tell of one event, and the one that says the same need not be ranked first. Further down nothing did, on the tuning half of test/evaluation/claims.json. */
const COMPARED_PASSAGES = 3;

/**
 * MaxSim by idf of claim and quote, about 0 to 1, from which on they say the same if numbers, names and the rest agree. On the
 * tuning half of test/evaluation/claims.json, where these agree: near misses and other passages up to .51, paraphrases from .52,
 * most above .57. Nearer to the former a few more would be found, and more would be wrong.
 */
const MIN_SAME_MAX_SIM = 0.54;

/**
 * Finds for each sentence of a message the passage nearest to it. A sentence that refers back ("He was freed in 2024") is looked
 * for, and compared, together with the one before it.
 *
 * On the reporting half of test/evaluation/claims.json 9 of 10 `same` are right, 9 of 23 paraphrases are `same` and 22 have the
 * right article; of 21 near misses one is `same`, and for 10 claims about something else there is `nothing`.
 *
 * @param text Up to `MAX_MESSAGE_CHARACTERS` UTF-16 code units as they come from Discord: links, mentions, emoji, code blocks and
 * marks of formatting are not searched.
 * @param options.scope Looks in these articles only.
 * @throws {UserError} when there is no sentence of three or more words, or the text is too long.
 */
export async function findSources(
  text: string,
  deps: AnsweringDeps,
  { scope = null }: { readonly scope?: Scope } = {},
): Promise<FoundSources> {
  const claims = claimsOf(text);
  const prepared = await Promise.all(
    claims
      .slice(0, MAX_CLAIMS)
      .map(async (claim) => ({ claim, prepared: await prepareQuestion(claim.searched, deps) })),
  );
  // One state of the library, as for an answer.
  const sources = deps.store.readConsistently(() => prepared.map((one) => sourceOf(one, deps, scope)));
  return { sources, leftOut: Math.max(0, claims.length - MAX_CLAIMS) };
}

/** A sentence to look for. */
interface Claim {
  /** As it was written. */
  readonly shown: string;
  readonly searched: string;
  /** Whether all of it is in `searched`. */
  readonly isWhole: boolean;
  readonly asks: boolean;
}

function claimsOf(text: string): Claim[] {
  if (text.length > MAX_MESSAGE_CHARACTERS)
    throw new UserError(
      `The message has ${text.length.toLocaleString('en')} characters, at most ${MAX_MESSAGE_CHARACTERS.toLocaleString('en')} are read.`,
      { exitCode: EXIT.wrongUse },
    );
  const readable = blankOut(text);
  const sentences = linesOf(readable).flatMap((line) => splitSentences(readable, line));
  const claims = sentences.flatMap((span, index): Claim[] => {
    const own = oneSpaced(sliceOf(readable, span));
    if (wordsOf(own).length < MIN_WORDS) return [];
    const before = sentences[index - 1];
    const whole = before !== undefined && LEANS_BACK.test(own) ? `${oneSpaced(sliceOf(readable, before))} ${own}` : own;
    const isWhole = whole.length <= MAX_SEARCHED_CHARACTERS;
    return [
      {
        shown: sliceOf(text, withMarks(text, span)),
        searched: isWhole ? whole : own.slice(0, MAX_SEARCHED_CHARACTERS).toWellFormed(),
        isWhole,
        asks: /\?["”’')\]]*$/.test(own),
      },
    ];
  });
  if (claims.length === 0)
    throw new UserError('There is no sentence of three or more words in this message: nothing to look for.', {
      exitCode: EXIT.wrongUse,
    });
  return claims;
}

/** What Discord shows in another way than it is written, or what nobody looks for. */
const NOT_SEARCHED = [
  /```[\s\S]*?(?:```|$)/g,
  // Custom emoji, mentions of people, roles and channels, commands, times.
  /<(?:a?:\w{1,40}:\d{1,25}|@[!&]?\d{1,25}|#\d{1,25}|\/[^<>\n]{1,120}:\d{1,25}|t:-?\d{1,20}(?::[a-zA-Z])?|id:\w{1,20})>/g,
  // The address of a Markdown link, whose text stays.
  /\]\([^()\s]*\)/g,
  /\b(?:https?:\/\/|www\.)[^\s<>]+/gi,
  /(?<![\p{L}\p{N}])@(?:everyone|here)\b/gu,
  // Quotation, list and heading marks at the beginning of a line; marks of emphasis.
  /^[ \t]*(?:>{1,3}|#{1,3}|[-*+]|\d{1,2}\.)[ \t]+/gm,
  /[*`~|\\[\]]+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu,
];

/** The message with spaces in place of what is not searched, so that offsets stay. */
function blankOut(text: string): string {
  return NOT_SEARCHED.reduce(
    (kept, pattern) => kept.replace(pattern, (found) => found.replace(/[^\n]/g, ' ')),
    text.toWellFormed(),
  );
}

/** Lines of a chat end sentences without a full stop; one that goes on in lower case is wrapped. */
function linesOf(text: string): Span[] {
  const starts = [0, ...[...text.matchAll(/\n(?!\s*\p{Ll})/gu)].map(({ index }) => index + 1)];
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/** The span with the marks of formatting that touch it: half of a pair would change how it is shown. */
function withMarks(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from > 0 && /[*_`~|]/.test(text[from - 1] ?? '')) from -= 1;
  while (to < text.length && /[*_`~|]/.test(text[to] ?? '')) to += 1;
  return { start: from, end: to };
}

function oneSpaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

interface PreparedClaim {
  readonly claim: Claim;
  readonly prepared: PreparedQuestion;
}

function sourceOf({ claim, prepared }: PreparedClaim, deps: AnsweringDeps, scope: Scope): ClaimSource {
  const { store, coefficients, compareLanguages = () => null } = deps;
  const ranking = rankQuestion(prepared, store, { coefficients, scope, earlierArticles: [] });
  const [first] = ranking;
  // The least confidence of the decision was fitted on questions, and it tells claims as well: on the tuning half of
  // test/evaluation/claims.json claims on a subject of the articles have .25 and more, those on another .03 and less.
  if (first === undefined || decide(ranking, coefficients).outcome === 'not-found')
    return { claim: claim.shown, verdict: 'nothing', citation: null, difference: null };
  const sample = ranking
    .slice(0, LANGUAGE_PASSAGES)
    .map(({ passage }) => sliceOf(store.article(passage.articleKey).text, passage));
  const common: ClaimDifference | null =
    coefficients === null
      ? 'unmeasured'
      : claim.asks
        ? 'asks'
        : !claim.isWhole
          ? 'words'
          : languageNotes(claim.searched, sample, compareLanguages).length > 0
            ? 'language'
            : null;
  const compared = ranking.slice(0, COMPARED_PASSAGES).map((ranked) => compare(claim, prepared, ranked, store));
  const same = common === null ? compared.find(({ difference }) => difference === null) : undefined;
  if (same !== undefined) return { claim: claim.shown, verdict: 'same', citation: same.citation, difference: null };
  const { citation = null, difference = null } = compared[0] ?? {};
  return { claim: claim.shown, verdict: 'related', citation, difference: common ?? difference };
}

/** Quotes of a passage what is nearest to a claim, and tells what keeps it from saying the same. */
function compare(
  claim: Claim,
  prepared: PreparedQuestion,
  ranked: RankedPassage,
  store: ArticleTexts,
): { readonly citation: Citation; readonly difference: ClaimDifference | null } {
  const article = store.article(ranked.passage.articleKey);
  const citation = cite(ranked, article, { question: claim.searched, prepared }, store, false);
  const { sentences } = ranked.passage;
  const isQuoted = ({ start, end }: Span): boolean => start >= citation.start && end <= citation.end;
  const matches = bestMatches(
    ranked.sentenceMatches.filter((_, index) => isQuoted(sentences[index] ?? ranked.passage)),
  );
  const quoted = sentences.filter((sentence) => isQuoted(sentence) && !sentence.isHeading);
  const differences = quoted.map((sentence) => {
    // What stands beside it tells of others: "Griner and Bout were swapped. Whelan was left behind."
    const own = sliceOf(article.text, sentence);
    const start = LEANS_BACK.test(own) || hasAnaphor(own) ? citation.start : sentence.start;
    return differenceOf(claim.searched, article.text.slice(start, sentence.end), citation.quote, article.text);
  });
  const isNear = maxSim(matches, prepared.weights.idf) >= MIN_SAME_MAX_SIM;
  const agrees = differences.includes(null);
  const difference = agrees ? (isNear ? null : 'words') : (differences[0] ?? 'words');
  return { citation, difference };
}
