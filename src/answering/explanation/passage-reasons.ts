import { sliceOf } from '../../text/span.js';
import type { CitableArticle } from '../ports/passage-store.js';
import { matchWords } from '../quoting/matched-words.js';
import { bestMatches } from '../ranking/late-interaction.js';
import type { RankingWeights } from '../ranking/ranking.js';
import { askedWords, foldedWords } from './asked-words.js';
import type { ExplainedPassage } from './explained-question.js';
import { type NamedWord, namedWords, type PartContributions } from './named-words.js';
import type { PassageReason } from './reasons.js';
import { writtenWords } from './written-words.js';

/** A search has a passage near the top if it is one of so many: what fits on the first page of most search engines. */
const NEAR_THE_TOP = 10;

/** In log-odds: what a collection has learned counts if it doubles the odds, as for the parts that name a passage. */
const MIN_PRIOR = Math.LN2;

/** What the reasons for a passage depend on besides the passage. */
export interface PassageReasonSources {
  readonly article: CitableArticle;
  /** Null for a model that was not fitted. */
  readonly weights: RankingWeights | null;
  /** Keys of the articles that count more because an earlier answer cites them. */
  readonly favoured: readonly number[];
}

/** Finds out why a passage was found: which words match where, which search found it, and what else counted for it. */
export function passageReasons(
  found: ExplainedPassage,
  { article, weights, favoured }: PassageReasonSources,
): PassageReason[] {
  const { passage, termRank, vectorRank, prior = 0 } = found.ranked;
  const words = wordReasons(found, article, namedWords(found, article, partContributions(found, weights)));
  // A search for words also finds a passage that has nothing but "the" from the question.
  const isFoundByWords = isNearTheTop(termRank) && !words.every(({ kind }) => kind === 'missing-words');
  const isFavoured = weights !== null && favoured.includes(passage.articleKey);
  return [
    ...words,
    { kind: 'found', by: foundBy(isFoundByWords, isNearTheTop(vectorRank)) },
    ...(isFavoured ? [{ kind: 'earlier-article' } as const] : []),
    ...(prior >= MIN_PRIOR ? [{ kind: 'learned' } as const] : []),
  ];
}

function isNearTheTop(rank: number | null): boolean {
  return rank !== null && rank <= NEAR_THE_TOP;
}

function foundBy(words: boolean, meaning: boolean): 'words' | 'meaning' | 'both' | 'neither' {
  if (words) return meaning ? 'both' : 'words';
  return meaning ? 'meaning' : 'neither';
}

/** Weight times the difference from the mean of all candidates: the score only ranks them. */
function partContributions({ ranked, result }: ExplainedPassage, weights: RankingWeights | null): PartContributions {
  const contributionOf = (name: keyof PartContributions): number => {
    const total = result.ranking.reduce((sum, { features }) => sum + features[name], 0);
    return (weights?.[name] ?? 0) * (ranked.features[name] - total / Math.max(1, result.ranking.length));
  };
  return {
    titleMaxSim: contributionOf('titleMaxSim'),
    sectionGain: contributionOf('sectionGain'),
    contextGain: contributionOf('contextGain'),
  };
}

function wordReasons(
  { ranked: { passage, sentenceMatches }, result: { prepared } }: ExplainedPassage,
  article: CitableArticle,
  named: readonly NamedWord[],
): PassageReason[] {
  const { encoded, vocabulary, text } = prepared;
  const body = sentenceMatches.flatMap((matches, index) => {
    const sentence = passage.sentences[index];
    return sentence === undefined ? [] : [{ sentence, matches }];
  });
  const sentences = body.filter(({ sentence }) => !sentence.isLabel);
  const bodyWords = foldedWords(sentences.map(({ sentence }) => sliceOf(article.text, sentence)).join('\n'));
  const matched = matchWords(encoded, bestMatches(sentences.map(({ matches }) => matches)), passage, vocabulary);
  const partners = new Map(matched.map((match) => [match.question, match.passage]));
  const asked = askedWords(prepared);
  // A word that stands there is the same word, even if it means something else there.
  const inBody = new Map(
    asked.flatMap((word) => {
      const partner = bodyWords.has(word) ? word : partners.get(word);
      return partner === undefined ? [] : [[word, partner] as const];
    }),
  );
  const written = writtenWords(text);
  const missing = asked.filter((word) => !inBody.has(word) && named.every((one) => one.word !== word));
  return [
    ...bodyReasons([...inBody], written, writtenWords(sliceOf(article.text, passage))),
    ...namedReasons(
      named.filter(({ word, isHelpful }) => isHelpful || !inBody.has(word)),
      written,
    ),
    ...(missing.length === 0 ? [] : [{ kind: 'missing-words', words: missing.map(written) } as const]),
  ];
}

function bodyReasons(
  matches: readonly (readonly [asked: string, found: string])[],
  writtenInQuestion: (word: string) => string,
  writtenInPassage: (word: string) => string,
): PassageReason[] {
  const same = matches.filter(([asked, found]) => asked === found).map(([asked]) => writtenInQuestion(asked));
  const pairs = matches
    .filter(([asked, found]) => asked !== found)
    .map(([asked, found]) => ({ question: writtenInQuestion(asked), passage: writtenInPassage(found) }));
  return [
    ...(same.length === 0 ? [] : [{ kind: 'same-words', words: same } as const]),
    ...(pairs.length === 0 ? [] : [{ kind: 'similar-words', pairs } as const]),
  ];
}

/** One reason for each part, in the order of the words found. */
function namedReasons(named: readonly NamedWord[], written: (word: string) => string): PassageReason[] {
  const parts = [...new Set(named.map(({ part }) => part))];
  return parts.map((part) => {
    const words = new Set(named.filter((one) => one.part === part).map(({ word }) => written(word)));
    return { kind: 'named-words', part, words: [...words] };
  });
}
