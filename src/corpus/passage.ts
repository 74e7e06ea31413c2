import type { Span } from '../text/span.js';
import { countWords } from '../text/words.js';
import type { Article } from './article.js';
import { type Block, type ContextSpan, isContent, isSearched } from './block.js';
import { ContextIndex } from './context.js';
import { type Digest, passageId } from './identifier.js';
import type { BlockSentence, Sentence } from './sentence.js';

/** The unit of retrieval: one or more whole blocks of a section, or some sentences of a long block. */
export interface Passage extends Span {
  /** Ten base32 letters, derived from the article's id and the passage's text. */
  readonly id: string;
  readonly articleId: string;
  /** Index among the article's passages, from 0. */
  readonly ordinal: number;
  readonly sentences: readonly Sentence[];
  /** The parts of the article that a reader needs beside it, in text order. */
  readonly context: readonly ContextSpan[];
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

/** When blocks are joined to a passage, and when they are split. */
export interface PassageLimits {
  /** A block with fewer words is joined to a neighbour. */
  readonly joinBelowWords: number;
  /** The same for definitions and notes, which make sense on their own. */
  readonly joinStandaloneBelowWords: number;
  /** Maximum words of a joined passage. */
  readonly joinUpToWords: number;
  /** The same for rows of a table, which say a lot in few words. */
  readonly joinRowsUpToWords: number;
  /** A block with more tokens is split between sentences. A single sentence may have more tokens: it isn't cut here. */
  readonly maxTokens: number;
}

/**
 * 80 and 160 words: a short paragraph means little alone, and a passage should stay short enough to read. With 25 and 120,
 * the right passage was first for 63% of questions about manuals, policies, recipes and RFCs instead of 70%, and
 * prose was no better. 250 tokens: the bundled model was trained on texts of up to 256 tokens, two of them special.
 */
export const PASSAGE_LIMITS: PassageLimits = {
  joinBelowWords: 80,
  joinStandaloneBelowWords: 15,
  joinUpToWords: 160,
  joinRowsUpToWords: 60,
  maxTokens: 250,
};

/**
 * Builds the passages of an article, in order and without overlap. Between two passages there is only whitespace and
 * blocks that are not searched.
 *
 *     blocks                      drafts                      passages
 *
 *     # The talks             ┐
 *     They met in …           ┴   90 words and a heading  ┐
 *     It was late.                 3 words                ┴   1   joined: 93 words
 *     Then Lavrov …               70 words                    2   with it the first would have 163 words
 *     Share this page             (boilerplate)                   nothing joins across it
 *     He left.                     2 words                    3   cannot join a piece of a long paragraph
 *     In his speech …             400 tokens              ┬   4   240 tokens: as many sentences as fit
 *                                                         └   5   160 tokens
 *     They brought:               70 words                ┐   6   joined: an introduction stays with what it introduces
 *     • a map of …                70 words                ┘
 *     • a list of …               70 words                    7   the introduction is its context
 *     Who came?               ┐
 *     Five ministers.         ┴    4 words and a question     8   a question opens a passage
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
  const contexts = new ContextIndex(article.blocks);
  return drafts.map((draft, ordinal) => {
    const start = draft.sentences[0]?.start ?? 0;
    const end = draft.sentences.at(-1)?.end ?? 0;
    const text = article.text.slice(start, end);
    const occurrence = occurrences.get(text) ?? 0;
    occurrences.set(text, occurrence + 1);
    const id = passageId(article.id, text, occurrence, digest);
    const context = contexts.contextOf({ start, end });
    return { id, articleId: article.id, ordinal, start, end, sentences: draft.sentences, context };
  });
}

/** A passage in the making: a block with the labels above it, a piece of a long one, or several joined ones. */
interface Draft {
  readonly sentences: readonly Sentence[];
  /** Number of words outside labels. */
  readonly words: number;
  readonly tokens: number;
  /** Whether it starts with a heading or question, or follows something that is not searched. It does not join the draft before. */
  readonly opensSection: boolean;
  /** Where the sentence that introduces it ends; null if there is none. */
  readonly introductionEnd: number | null;
  /** What it consists of, if its blocks are all of one kind. */
  readonly kind: Block['kind'] | null;
  /** What it ends with. */
  readonly lastKind: Block['kind'] | null;
}

function draftsOf(article: Article, sentences: readonly BlockSentence[], tokenCounts: readonly number[]): Draft[] {
  const builder = new DraftBuilder(article.text);
  const sentencesByBlock = groupByBlock(sentences, tokenCounts);
  article.blocks.forEach((block, index) => {
    builder.add(block, sentencesByBlock.get(index) ?? []);
  });
  return builder.finish();
}

/** A sentence whose role in the passage is not decided yet. */
type CountedSentence = Omit<Sentence, 'isLabel'>;

function groupByBlock(
  sentences: readonly BlockSentence[],
  tokenCounts: readonly number[],
): Map<number, CountedSentence[]> {
  const byBlock = new Map<number, CountedSentence[]>();
  sentences.forEach(({ start, end, block }, index) => {
    const sentence = { start, end, tokens: tokenCounts[index] ?? 0 };
    const own = byBlock.get(block);
    if (own === undefined) byBlock.set(block, [sentence]);
    else own.push(sentence);
  });
  return byBlock;
}

/** Whether a block names what follows: alone it says nothing. */
function isLabel({ kind, isHeader = false }: Block): boolean {
  return kind === 'heading' || kind === 'term' || kind === 'question' || (kind === 'row' && isHeader);
}

/** Makes a draft of each block, with the labels above it. */
class DraftBuilder {
  readonly #text: string;
  readonly #drafts: Draft[] = [];
  #labels: { readonly block: Block; readonly sentences: readonly CountedSentence[] }[] = [];
  #opensSection = true;

  constructor(text: string) {
    this.#text = text;
  }

  add(block: Block, sentences: readonly CountedSentence[]): void {
    if (!isSearched(block)) {
      // A passage is one slice of the text, so labels cannot skip boilerplate to reach their block. They stand alone.
      this.#addLabels();
      this.#opensSection = true;
    } else if (isLabel(block)) {
      // A heading cannot belong to the term or question before it.
      if (block.kind === 'heading' && (this.#labels.at(-1)?.block.kind ?? 'heading') !== 'heading') this.#addLabels();
      if (block.kind === 'heading' || block.kind === 'question') this.#opensSection = true;
      this.#labels.push({ block, sentences });
    } else {
      const leadIn = block.context?.findLast(({ role }) => role === 'lead-in');
      const labels = this.#labels.flatMap((label) => label.sentences.map((one) => ({ ...one, isLabel: true })));
      const own = sentences.map((one) => ({ ...one, isLabel: false }));
      this.#addDraft([...labels, ...own], leadIn?.end ?? null, block.kind);
      this.#labels = [];
    }
  }

  finish(): Draft[] {
    this.#addLabels();
    return this.#drafts;
  }

  /** Labels with nothing below them. A heading still names something, but a term or question is all there is to quote. */
  #addLabels(): void {
    if (this.#labels.length === 0) return;
    const sentences = this.#labels.flatMap(({ block, sentences: own }) =>
      own.map((one) => ({ ...one, isLabel: !isContent(block) })),
    );
    this.#labels = [];
    this.#addDraft(sentences, null, null);
  }

  #addDraft(sentences: readonly Sentence[], introductionEnd: number | null, kind: Draft['kind']): void {
    if (sentences.length === 0) return;
    const words = sum(
      sentences.map(({ start, end, isLabel: label }) => (label ? 0 : countWords(this.#text.slice(start, end)))),
    );
    const tokens = sum(sentences.map((sentence) => sentence.tokens));
    this.#drafts.push({
      sentences,
      words,
      tokens,
      opensSection: this.#opensSection,
      introductionEnd,
      kind,
      lastKind: kind,
    });
    this.#opensSection = false;
  }
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
      introductionEnd: null,
      kind: draft.kind,
      lastKind: draft.lastKind,
    }));
  });
}

/** Fills one piece after another with as many sentences as fit. */
function splitSentencesByTokens(sentences: readonly Sentence[], maxTokens: number): Sentence[][] {
  const pieces: Sentence[][] = [];
  let tokens = 0;
  let hasLabelsOnly = true;
  for (const sentence of sentences) {
    const piece = pieces.at(-1);
    // A label stays with the first sentence below it, however long that sentence is.
    if (piece !== undefined && (tokens + sentence.tokens <= maxTokens || hasLabelsOnly)) {
      piece.push(sentence);
      tokens += sentence.tokens;
      hasLabelsOnly &&= sentence.isLabel;
    } else {
      pieces.push([sentence]);
      ({ tokens, isLabel: hasLabelsOnly } = sentence);
    }
  }
  return pieces;
}

function joinShortDrafts(drafts: readonly Draft[], limits: PassageLimits): Draft[] {
  const joined: Draft[] = [];
  drafts.forEach((draft, index) => {
    const previous = joined.at(-1);
    if (previous !== undefined && canJoin(previous, draft, drafts[index + 1], limits)) {
      joined[joined.length - 1] = {
        sentences: [...previous.sentences, ...draft.sentences],
        words: previous.words + draft.words,
        tokens: previous.tokens + draft.tokens,
        opensSection: previous.opensSection,
        introductionEnd: draft.introductionEnd ?? previous.introductionEnd,
        kind: previous.kind === draft.kind ? draft.kind : null,
        lastKind: draft.lastKind,
      };
    } else {
      joined.push(draft);
    }
  });
  return joined;
}

function canJoin(previous: Draft, draft: Draft, next: Draft | undefined, limits: PassageLimits): boolean {
  const words = previous.words + draft.words;
  if (draft.opensSection || previous.tokens + draft.tokens > limits.maxTokens || words > limits.joinUpToWords)
    return false;
  if (isIntroducedBy(draft, previous)) return true;
  // What is introduced here must not be read as part of what was introduced before.
  if (previous.lastKind === 'item' && next?.lastKind === 'item' && isIntroducedBy(next, draft)) return false;
  if (previous.kind === 'row' && draft.kind === 'row') return words <= limits.joinRowsUpToWords;
  const isStandalone = [previous, draft].some(({ kind }) => kind === 'definition' || kind === 'note');
  const minWords = isStandalone ? limits.joinStandaloneBelowWords : limits.joinBelowWords;
  return Math.min(previous.words, draft.words) < minWords;
}

/** Whether the last sentence of a draft introduces another one. */
function isIntroducedBy({ introductionEnd }: Draft, before: Draft): boolean {
  return introductionEnd !== null && introductionEnd === before.sentences.at(-1)?.end;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
