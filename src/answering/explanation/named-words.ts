import type { Block } from '../../corpus/block.js';
import { contextOf } from '../../corpus/context.js';
import { sliceOf } from '../../text/span.js';
import type { TokenMatches } from '../../vectors/token-scorer.js';
import type { CandidatePassage, CitableArticle } from '../ports/passage-store.js';
import { matchedContentWords, matchWords } from '../quoting/matched-words.js';
import { bestMatches } from '../ranking/late-interaction.js';
import type { PreparedQuestion } from '../ranking/rank-question.js';
import { askedWords, foldedWords } from './asked-words.js';
import type { ExplainedPassage } from './explained-question.js';
import type { NamingPart } from './reasons.js';

/** In log-odds, as the score: the part makes the passage twice as likely to answer as the usual candidate. */
const MIN_CONTRIBUTION = Math.LN2;

/** A content word of the question that is matched in a part which names or introduces a passage. */
export interface NamedWord {
  /** Folded. */
  readonly word: string;
  readonly part: NamingPart;
  /** Whether the part puts the passage further up than it would otherwise be. */
  readonly isHelpful: boolean;
}

/** What the ranking features of the parts add to the score, against the mean of all candidates, in log-odds. */
export interface PartContributions {
  readonly titleMaxSim: number;
  readonly sectionGain: number;
  readonly contextGain: number;
}

/** Finds the words of the question in the title, the headings and labels, and the other context of a passage, in this order. */
export function namedWords(
  { ranked: { passage, sentenceMatches }, result: { prepared } }: ExplainedPassage,
  article: CitableArticle,
  contributions: PartContributions,
): NamedWord[] {
  const { encoded, scorer, vocabulary } = prepared;
  const asked = askedWords(prepared);
  const matchesIn = (codes: Uint8Array): TokenMatches => bestMatches(scorer.match(codes));
  const found = (matches: TokenMatches, parts: readonly TextPart[], contribution: number): NamedWord[] => {
    const matched = new Set(matchedContentWords(encoded, matches, vocabulary));
    const nearest = parts.at(-1)?.part;
    return asked.flatMap((word) => {
      // The part that has the word itself, or else the nearest, which usually says most.
      const part = parts.findLast(({ words }) => words.has(word))?.part ?? (matched.has(word) ? nearest : undefined);
      return part === undefined ? [] : [{ word, part, isHelpful: contribution >= MIN_CONTRIBUTION }];
    });
  };
  const title = matchesIn(passage.titleCodes);
  // The codes of a section have the title's too. Only what it matches better than the title is in the headings.
  const section = matchesIn(passage.sectionCodes);
  const headings = {
    ...section,
    similarities: section.similarities.map((one, token) => (one > (title.similarities[token] ?? 0) ? one : 0)),
  };
  return [
    ...found(title, titleParts(article), contributions.titleMaxSim),
    ...found(headings, contextParts(passage, article, true), contributions.sectionGain),
    ...labelWords(passage, sentenceMatches, prepared, article),
    ...found(matchesIn(passage.contextCodes), contextParts(passage, article, false), contributions.contextGain),
  ];
}

/** A part that names or introduces a passage, with its words, folded. */
interface TextPart {
  readonly part: NamingPart;
  readonly words: ReadonlySet<string>;
}

function titleParts({ reference: { title } }: CitableArticle): TextPart[] {
  return title === null ? [] : [{ part: 'title', words: foldedWords(title) }];
}

function contextParts(passage: CandidatePassage, { blocks, text }: CitableArticle, isHeading: boolean): TextPart[] {
  return contextOf(blocks, passage)
    .filter(({ role }) => (role === 'heading') === isHeading)
    .map((part) => ({ part: part.role, words: foldedWords(sliceOf(text, part)) }));
}

/** The words in the headings, terms, questions and header rows that are part of the passage. They count as its own words. */
function labelWords(
  passage: CandidatePassage,
  sentenceMatches: ExplainedPassage['ranked']['sentenceMatches'],
  prepared: PreparedQuestion,
  { blocks, text }: CitableArticle,
): NamedWord[] {
  const { encoded, vocabulary } = prepared;
  return passage.sentences.flatMap(({ isLabel, start, end }, index) => {
    if (!isLabel) return [];
    const part = partOf(blocks.find((block) => start >= block.start && start < block.end));
    const matched = matchWords(encoded, sentenceMatches[index] ?? bestMatches([]), passage, vocabulary).map(
      ({ question }) => question,
    );
    const words = foldedWords(sliceOf(text, { start, end }));
    return askedWords(prepared)
      .filter((word) => words.has(word) || matched.includes(word))
      .map((word) => ({ word, part, isHelpful: false }));
  });
}

function partOf(block: Block | undefined): NamingPart {
  if (block?.kind === 'term' || block?.kind === 'question') return block.kind;
  return block?.kind === 'row' ? 'header-row' : 'heading';
}
