import type { ArticleReference } from '../corpus/article.js';
import type { Citation } from '../corpus/citation.js';
import type { Sentence } from '../corpus/passage.js';
import { mainScript } from '../text/scripts.js';
import { type Span, sliceOf } from '../text/span.js';
import { dotProduct } from '../vectors/dot-product.js';
import type { Answer, AnswerRank, PassageTrace } from './answer.js';
import type { AnswerNote } from './answer-notes.js';
import type { Coefficients } from './coefficients.js';
import { compareCitations } from './comparison.js';
import { type Decision, decide, type Outcome } from './decision.js';
import { changesYear, completeFollowUp, type EarlierAnswer, isFollowUp } from './follow-up.js';
import { findWords, matchWords } from './matched-words.js';
import type { ArticleTexts, PassageStore } from './ports.js';
import { readQuestion, splitQuestions } from './question.js';
import type { QuestionEncoder } from './question-encoder.js';
import { chooseQuote } from './quote.js';
import { type PreparedQuestion, prepareQuestion, rankQuestion } from './rank-question.js';
import type { RankedPassage } from './ranking.js';
import { isInScope, type Scope } from './scope.js';

const MAX_CITATIONS = 3;

/** The language of the articles is told from so many of the passages found. */
export const LANGUAGE_PASSAGES = 3;

/**
 * A further article is cited while the odds that its passage answers are at least e^-3 (1 to 20) of the first one's: two
 * accounts of one event are seldom equally well worded for a question, and a reader wants both.
 */
const MAX_SCORE_BEHIND = 3;

/** What a question is answered from and with. */
export interface AnsweringDeps {
  readonly store: PassageStore;
  readonly encoder: QuestionEncoder;
  /** Milliseconds from any fixed moment, for `tookMs`. */
  readonly clock: () => number;
  /** Null for a model that none were fitted for: it ranks by places only, and says that it cannot tell how sure it is. */
  readonly coefficients: Coefficients | null;
  readonly compareLanguages?: CompareLanguages;
}

/** The languages of a question and of passages as ISO 639-1 codes; null where they are the same or it cannot be told. */
export type CompareLanguages = (
  question: string,
  passages: string,
) => { readonly asked: string; readonly written: string } | null;

export interface AnswerOptions {
  /** Passages listed in `ranking` and `trace`; 5 by default. */
  readonly limit?: number;
  /** What is asked; everything by default. */
  readonly scope?: Scope;
  /** The answer that this question may go on from; its articles then weigh more. */
  readonly earlier?: EarlierAnswer | null;
}

/**
 * Answers a question from the articles: candidates, ranking, decision, quote. A message with several questions has each
 * answered, and the best passage of each is cited.
 *
 * @throws {UserError} when the question is empty, too long or has no words.
 */
export async function answerQuestion(input: string, deps: AnsweringDeps, options: AnswerOptions = {}): Promise<Answer> {
  return (await answerInDetail(input, deps, options)).answer;
}

/** What was found for one of the questions of a message. */
export interface QuestionResult {
  /** As it was asked. */
  readonly question: string;
  readonly prepared: PreparedQuestion;
  /** All candidates, best first. */
  readonly ranking: readonly RankedPassage[];
  readonly decision: Decision;
}

/** As `answerQuestion`, with what was found for each part of the message. */
export async function answerInDetail(
  input: string,
  deps: AnsweringDeps,
  { limit = 5, scope = null, earlier = null }: AnswerOptions = {},
): Promise<{ answer: Answer; found: readonly QuestionResult[] }> {
  const { store, clock, coefficients } = deps;
  const startedAt = clock();
  const question = readQuestion(input);
  const goesOn = earlier !== null && isFollowUp(question);
  const asked = goesOn ? [completeFollowUp(question, earlier.question)] : splitQuestions(question);
  const prepared = await Promise.all(asked.map((one) => prepareQuestion(one, deps)));
  // One state of the library: an article that is replaced meanwhile would be ranked, and gone when it is quoted.
  return store.readConsistently(() => {
    const isOfAnotherYear = earlier !== null && changesYear(question, earlier.question);
    const favoured = earlier === null || isOfAnotherYear ? [] : earlier.articleIds;
    const earlierArticles = favoured
      .flatMap((id) => store.articleKey(id) ?? [])
      .filter((key) => isInScope(store.article(key).reference, scope));
    const found = prepared.map((one, index): QuestionResult => {
      const ranking = rankQuestion(one, store, { coefficients, scope, earlierArticles });
      return { question: asked[index] ?? question, prepared: one, ranking, decision: decide(ranking, coefficients) };
    });
    const isJoined = goesOn && asked[0] !== question;
    const notes: AnswerNote[] = isJoined ? [{ kind: 'follow-up', earlier: earlier.question }] : [];
    const answer = answerFrom(question, found, notes, deps, limit);
    return { answer: { ...answer, tookMs: clock() - startedAt }, found };
  });
}

/** All passages that were found, best first; of several questions in turn. */
export function fullRanking(found: readonly QuestionResult[]): RankedPassage[] {
  const lists = found.map((part) => part.ranking.map((ranked) => ({ ranked, part })));
  return inTurn(lists, Number.POSITIVE_INFINITY).map(({ ranked }) => ranked);
}

/** A passage that is to be shown, with the part of the message that it was found for. */
interface PlacedPassage {
  readonly ranked: RankedPassage;
  readonly part: QuestionResult;
}

function answerFrom(
  question: string,
  found: readonly QuestionResult[],
  notesBefore: readonly AnswerNote[],
  { store, coefficients, compareLanguages = () => null }: AnsweringDeps,
  limit: number,
): Omit<Answer, 'tookMs'> {
  const articles = new Map<number, { reference: ArticleReference; text: string }>();
  const articleOf = ({ passage }: RankedPassage): { reference: ArticleReference; text: string } => {
    const article = articles.get(passage.articleKey) ?? store.article(passage.articleKey);
    articles.set(passage.articleKey, article);
    return article;
  };
  const textOf = ({ ranked }: PlacedPassage): string => sliceOf(articleOf(ranked).text, ranked.passage);
  const best = inTurn(
    found.map((part) => part.ranking.slice(0, limit).map((ranked) => ({ ranked, part }))),
    limit,
  );
  const sample = found.flatMap((part) =>
    part.ranking.slice(0, LANGUAGE_PASSAGES).map((ranked) => textOf({ ranked, part })),
  );
  const language = languageNotes(question, sample, compareLanguages);
  // The words of another language match by names only, and nothing was measured for it.
  const outcomes = found.map(({ decision: { outcome } }): Outcome => {
    return outcome === 'answered' && language.length > 0 ? 'closest' : outcome;
  });
  const cited = inTurn(
    found.map((part, index) =>
      outcomes[index] === 'not-found' ? [] : foldByArticle(part.ranking).map((ranked) => ({ ranked, part })),
    ),
    MAX_CITATIONS,
    identifyInPart,
  );
  const citations = cited.map(({ ranked, part }) => cite(ranked, articleOf(ranked), part, store, found.length > 1));
  const searched = found.map(({ prepared }) => prepared.text).join(' ');
  const outcome = outcomeOfAll(outcomes);
  // What is cited can be asked about, however far down it stands.
  const explained = inTurn([[...best, ...cited]], Number.POSITIVE_INFINITY, identifyInPart);
  const passages = explained.map(({ ranked, part }) => traceOf(ranked, part, found.length > 1));
  const vectors = cited.map(({ ranked }) => ranked.passage.vector);
  const similarityOf = (a: number, b: number): number => {
    const [first, second] = [vectors[a], vectors[b]];
    return first === undefined || second === undefined ? 0 : dotProduct(first, second);
  };
  const notes: AnswerNote[] = [
    ...notesBefore,
    ...new Map(
      found.flatMap(({ prepared }) =>
        prepared.changes.map((one) => [one.typed, { kind: 'spelling', ...one } as const]),
      ),
    ).values(),
    ...(found.length > 1
      ? [
          {
            kind: 'parts',
            parts: found.map((part, index) => ({ question: part.question, outcome: outcomes[index] ?? 'not-found' })),
          } as const,
        ]
      : []),
    ...language,
    ...(found.length > 1 ? [] : compareCitations(citations, searched, similarityOf)),
    ...(coefficients === null && citations.length > 0 ? [{ kind: 'uncalibrated' } as const] : []),
  ];
  return {
    question,
    searched,
    outcome,
    // What was fitted in one language says nothing of another.
    confidence: language.length > 0 ? null : confidenceOfAll(found),
    notes,
    citations,
    ranking: best.map(
      (placed): AnswerRank => ({
        passageId: placed.ranked.passage.id,
        articleId: articleOf(placed.ranked).reference.id,
        text: textOf(placed),
        score: placed.ranked.score,
      }),
    ),
    trace: {
      candidates: found.reduce((sum, { ranking }) => sum + ranking.length, 0),
      passages,
      decision: found[0]?.decision.features ?? null,
    },
  };
}

/** One passage may answer two questions, each with another sentence. */
function identifyInPart({ part, ranked }: PlacedPassage): string {
  return `${part.question} ${ranked.passage.id}`;
}

/** The first of each list, then the second of each, and so on. @param identify What has the same name is taken once. */
function inTurn(
  lists: readonly (readonly PlacedPassage[])[],
  limit: number,
  identify: (placed: PlacedPassage) => string = ({ ranked }) => ranked.passage.id,
): PlacedPassage[] {
  const taken = new Map<string, PlacedPassage>();
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  for (let place = 0; place < longest; place++) {
    for (const list of lists) {
      const placed = list[place];
      if (placed === undefined || taken.size >= limit || taken.has(identify(placed))) continue;
      taken.set(identify(placed), placed);
    }
  }
  return [...taken.values()];
}

/** `answered` when every question of a message is, `not-found` when none has anything near. */
function outcomeOfAll(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.every((outcome) => outcome === 'answered')) return 'answered';
  return outcomes.every((outcome) => outcome === 'not-found') ? 'not-found' : 'closest';
}

/** Of the questions that something is cited for the least sure; of none the surest. */
function confidenceOfAll(found: readonly QuestionResult[]): number | null {
  const cited = found.filter(({ decision: { outcome } }) => outcome !== 'not-found');
  const confidences = (cited.length > 0 ? cited : found).flatMap(({ decision: { confidence } }) => confidence ?? []);
  if (confidences.length === 0) return null;
  return cited.length > 0 ? Math.min(...confidences) : Math.max(...confidences);
}

/** Words in letters or in a language that the articles do not use cannot match theirs. */
export function languageNotes(
  question: string,
  passages: readonly string[],
  compareLanguages: CompareLanguages,
): AnswerNote[] {
  const text = passages.join(' ');
  const script = { asked: mainScript(question), written: mainScript(text) };
  if (script.asked !== null && script.written !== null && script.asked !== script.written)
    return [{ kind: 'script', asked: script.asked, written: script.written }];
  const languages = compareLanguages(question, text);
  return languages === null ? [] : [{ kind: 'language', ...languages }];
}

/** The best passage of each of the best articles: a second article is worth more to a reader than a second passage of the first, or the same words again. */
function foldByArticle(ranking: readonly RankedPassage[]): RankedPassage[] {
  const bestScore = ranking[0]?.score ?? 0;
  const folded = new Map<number, RankedPassage>();
  for (const ranked of ranking) {
    if (folded.size === MAX_CITATIONS) break;
    // An earlier answer's articles may stand before better ones: what follows a weak passage can still be near the first.
    if (ranked.score < bestScore - MAX_SCORE_BEHIND || ranked.isNearDuplicate) continue;
    if (!folded.has(ranked.passage.articleKey)) folded.set(ranked.passage.articleKey, ranked);
  }
  return [...folded.values()];
}

/** Quotes of a passage what answers best. */
export function cite(
  ranked: RankedPassage,
  article: { readonly reference: ArticleReference; readonly text: string },
  { question, prepared: { encoded, weights, vocabulary } }: Pick<QuestionResult, 'question' | 'prepared'>,
  store: Pick<ArticleTexts, 'passageBefore'>,
  isOneOfSeveral: boolean,
): Citation {
  const { passage } = ranked;
  const textOf = (span: Span): string => sliceOf(article.text, span);
  const { start, end, matches } = chooseQuote(
    ranked,
    weights.idf,
    textOf,
    sentencesBefore(passage, article.text, store),
  );
  const quote = textOf({ start, end });
  const words = matchWords(encoded, matches, passage, vocabulary).map((match) => match.passage);
  return {
    passageId: passage.id,
    article: article.reference,
    question: isOneOfSeveral ? question : null,
    quote,
    start,
    end,
    passage: textOf(passage),
    passageStart: passage.start,
    matches: findWords(quote, words),
  };
}

/** The sentences of the passage before, where nothing but white space lies between the two. */
function sentencesBefore(
  { key, start }: { readonly key: number; readonly start: number },
  text: string,
  store: Pick<ArticleTexts, 'passageBefore'>,
): readonly Sentence[] {
  const before = store.passageBefore(key);
  return before !== null && text.slice(before.end, start).trim() === '' ? before.sentences : [];
}

function traceOf(ranked: RankedPassage, { question, prepared }: QuestionResult, isOneOfSeveral: boolean): PassageTrace {
  const { passage, rank: place, score, termRank, vectorRank, features, matches } = ranked;
  const words = matchWords(prepared.encoded, matches, passage, prepared.vocabulary);
  const asked = isOneOfSeveral ? question : null;
  return { passageId: passage.id, question: asked, rank: place, score, termRank, vectorRank, features, words };
}
