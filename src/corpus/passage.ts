import { splitSentences } from '../text/sentences.js';
import type { Span } from '../text/span.js';
import { countWords } from '../text/words.js';
import type { Article } from './article.js';
import { isContent } from './block.js';
import { type Digest, passageId } from './identifier.js';

/** A sentence of a passage, or a heading in it. A heading is searched with its passage and never quoted. */
export interface Sentence extends Span {
  readonly isHeading: boolean;
  /** Number of subword tokens without the model's special ones. A passage's tokens are those of its sentences, in order. */
  readonly tokens: number;
}

/** The unit of retrieval: one or more whole paragraphs of an article, or some sentences of a long paragraph. */
export interface Passage extends Span {
  /** Ten base32 letters, derived from the article's id and the passage's text. */
  readonly id: string;
  readonly articleId: string;
  /** Index among the article's passages, from 0. */
  readonly ordinal: number;
  readonly sentences: readonly Sentence[];
}

/** A passage with its article, for showing it in context. */
export interface PassageInArticle {
  readonly passage: Passage;
  readonly article: Article;
}

/** The beginning of a passage, for autocompletion. */
export interface PassageOpening {
  readonly passageId: string;
  readonly articleId: string;
  readonly title: string | null;
  readonly file: string;
  readonly collection: string | null;
  /** A slice of the article's text. Storing it keeps the whole text in memory; copy it to avoid that. */
  readonly opening: string;
}

/** A sentence or heading that is about to become part of a passage. */
export interface BlockSentence extends Span {
  /** Index of the block it belongs to. */
  readonly block: number;
  readonly isHeading: boolean;
}

/** When paragraphs are joined to a passage, and when they are split. */
export interface PassageLimits {
  /** A paragraph with fewer words is joined to a neighbour. */
  readonly joinBelowWords: number;
  /** Maximum words of a joined passage. */
  readonly joinUpToWords: number;
  /** A paragraph with more tokens is split between sentences. A single sentence may be longer: it is never cut. */
  readonly maxTokens: number;
}

/**
 * 25 and 120 words: a one-line paragraph ("It happened at all.") means little alone, and a passage should stay short enough
 * to read. 250 tokens: the bundled model was trained on texts of up to 256 tokens, two of them special.
 */
export const PASSAGE_LIMITS: PassageLimits = { joinBelowWords: 25, joinUpToWords: 120, maxTokens: 250 };

/** Returns the sentences and headings of an article that are searched, in text order. */
export function sentencesOf(article: Article): BlockSentence[] {
  return article.blocks.flatMap((block, index): BlockSentence[] => {
    if (block.kind === 'heading') return [{ start: block.start, end: block.end, block: index, isHeading: true }];
    if (!isContent(block)) return [];
    return splitSentences(article.text, block, article.language).map((sentence) => ({
      ...sentence,
      block: index,
      isHeading: false,
    }));
  });
}

/**
 * Builds the passages of an article, in order and without overlap. Between two passages there is only whitespace and
 * paragraphs that are not searched.
 *
 *     paragraphs                  drafts                      passages
 *
 *     # The talks             ┐
 *     They met in …           ┴   90 words and a heading  ┐
 *     It was late.                 3 words                ┴   1   joined: 93 words
 *     Then Lavrov …               60 words                    2   with it the first would have 153 words
 *     Share this page             (boilerplate)                   nothing joins across it
 *     He left.                     2 words                    3   cannot join a piece of a long paragraph
 *     In his speech …             400 tokens              ┬   4   240 tokens: as many sentences as fit
 *                                                         └   5   160 tokens
 *
 * @param sentences The result of `sentencesOf(article)`.
 * @param tokenCounts The number of tokens of each of these sentences.
 */
export function buildPassages(
  article: Article,
  sentences: readonly BlockSentence[],
  tokenCounts: readonly number[],
  digest: Digest,
  limits: PassageLimits = PASSAGE_LIMITS,
): Passage[] {
  const drafts = joinShortDrafts(splitLongDrafts(draftsOf(article, sentences, tokenCounts), limits.maxTokens), limits);
  const occurrences = new Map<string, number>();
  return drafts.map((draft, ordinal) => {
    const start = draft.sentences[0]?.start ?? 0;
    const end = draft.sentences.at(-1)?.end ?? 0;
    const text = article.text.slice(start, end);
    const occurrence = occurrences.get(text) ?? 0;
    occurrences.set(text, occurrence + 1);
    const id = passageId(article.id, text, occurrence, digest);
    return { id, articleId: article.id, ordinal, start, end, sentences: draft.sentences };
  });
}

/** A passage in the making: a paragraph with the headings above it, a piece of a long one, or several joined ones. */
interface Draft {
  readonly sentences: readonly Sentence[];
  /** Number of words outside headings. */
  readonly words: number;
  readonly tokens: number;
  /** Whether it starts with a heading or follows something that is not searched. Such a draft does not join the one before. */
  readonly opensSection: boolean;
}

function draftsOf(article: Article, sentences: readonly BlockSentence[], tokenCounts: readonly number[]): Draft[] {
  const sentencesByBlock = groupByBlock(sentences, tokenCounts);
  const drafts: Draft[] = [];
  let headings: Sentence[] = [];
  let opensSection = true;
  article.blocks.forEach((block, index) => {
    const own = sentencesByBlock.get(index) ?? [];
    if (block.kind === 'heading') {
      headings = [...headings, ...own];
      opensSection = true;
    } else if (isContent(block)) {
      drafts.push(draftOf([...headings, ...own], article.text, opensSection));
      headings = [];
      opensSection = false;
    } else {
      // A passage is one slice of the text, so a heading cannot skip boilerplate to reach its paragraph. It stands alone.
      if (headings.length > 0) drafts.push(draftOf(headings, article.text, true));
      headings = [];
      opensSection = true;
    }
  });
  if (headings.length > 0) drafts.push(draftOf(headings, article.text, true));
  return drafts;
}

function groupByBlock(sentences: readonly BlockSentence[], tokenCounts: readonly number[]): Map<number, Sentence[]> {
  const byBlock = new Map<number, Sentence[]>();
  sentences.forEach(({ start, end, block, isHeading }, index) => {
    const sentence: Sentence = { start, end, isHeading, tokens: tokenCounts[index] ?? 0 };
    const own = byBlock.get(block);
    if (own === undefined) byBlock.set(block, [sentence]);
    else own.push(sentence);
  });
  return byBlock;
}

function splitLongDrafts(drafts: readonly Draft[], maxTokens: number): Draft[] {
  return drafts.flatMap((draft) => {
    if (draft.tokens <= maxTokens) return [draft];
    return splitSentencesByTokens(draft.sentences, maxTokens).map((sentences, index) => ({
      sentences,
      // Too many words to be joined to anything, which would undo the split.
      words: Number.POSITIVE_INFINITY,
      tokens: sum(sentences.map((sentence) => sentence.tokens)),
      opensSection: index === 0 ? draft.opensSection : true,
    }));
  });
}

/** Fills one piece after another with as many sentences as fit. */
function splitSentencesByTokens(sentences: readonly Sentence[], maxTokens: number): Sentence[][] {
  const pieces: Sentence[][] = [];
  let tokens = 0;
  for (const sentence of sentences) {
    const piece = pieces.at(-1);
    // A heading stays with the first sentence below it, however long that sentence is.
    const belongsToPiece =
      piece !== undefined && (tokens + sentence.tokens <= maxTokens || piece.every((one) => one.isHeading));
    if (belongsToPiece) piece.push(sentence);
    else pieces.push([sentence]);
    tokens = (belongsToPiece ? tokens : 0) + sentence.tokens;
  }
  return pieces;
}

function joinShortDrafts(drafts: readonly Draft[], limits: PassageLimits): Draft[] {
  const joined: Draft[] = [];
  for (const draft of drafts) {
    const previous = joined.at(-1);
    if (previous !== undefined && canJoin(previous, draft, limits)) {
      joined[joined.length - 1] = {
        sentences: [...previous.sentences, ...draft.sentences],
        words: previous.words + draft.words,
        tokens: previous.tokens + draft.tokens,
        opensSection: previous.opensSection,
      };
    } else {
      joined.push(draft);
    }
  }
  return joined;
}

function canJoin(previous: Draft, draft: Draft, { joinBelowWords, joinUpToWords, maxTokens }: PassageLimits): boolean {
  return (
    !draft.opensSection &&
    Math.min(previous.words, draft.words) < joinBelowWords &&
    previous.words + draft.words <= joinUpToWords &&
    previous.tokens + draft.tokens <= maxTokens
  );
}

function draftOf(sentences: readonly Sentence[], text: string, opensSection: boolean): Draft {
  const words = sum(sentences.map(({ start, end, isHeading }) => (isHeading ? 0 : countWords(text.slice(start, end)))));
  return { sentences, words, tokens: sum(sentences.map((sentence) => sentence.tokens)), opensSection };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
