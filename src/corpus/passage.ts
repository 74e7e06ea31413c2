import { splitSentences } from '../text/sentences.js';
import type { Span } from '../text/span.js';
import { countWords } from '../text/words.js';
import type { Article } from './article.js';
import { type Digest, passageId } from './identifier.js';

/** A sentence of a passage, or a heading within it (which is searched with the passage and never quoted). */
export interface Sentence extends Span {
  readonly isHeading: boolean;
  /** Subword tokens of the embedding model, without the special ones. Sentence after sentence they are the passage's tokens. */
  readonly tokens: number;
}

/** The unit of retrieval: one or more whole paragraphs of one article, or a part between two sentences of a long one. */
export interface Passage extends Span {
  /** Ten base32 letters from the article's id and the passage's text. */
  readonly id: string;
  readonly articleId: string;
  /** Place among the article's passages, from 0. */
  readonly ordinal: number;
  readonly sentences: readonly Sentence[];
}

/** A passage with its article, for showing it in its surroundings. */
export interface PassageInArticle {
  readonly passage: Passage;
  readonly article: Article;
}

/** How a passage begins, for look-ups as one types. */
export interface PassageOpening {
  readonly passageId: string;
  readonly articleId: string;
  readonly title: string | null;
  readonly file: string;
  readonly collection: string | null;
  /** A slice of the article's text: whoever keeps it keeps the text, unless he copies it. */
  readonly opening: string;
}

/** A sentence or heading on its way into a passage: `paragraph` is the index of the article's paragraph that holds it. */
export interface ParagraphSentence extends Span {
  readonly paragraph: number;
  readonly isHeading: boolean;
}

export interface PassageLimits {
  /** A paragraph with fewer words joins its neighbour. */
  readonly joinBelowWords: number;
  /** Joining stops before a passage would have more words. */
  readonly joinUpToWords: number;
  /** A longer paragraph is split between sentences. One sentence alone may be longer: it is never cut. */
  readonly maxTokens: number;
}

/**
 * 25 and 120 words: a one-line paragraph ("It happened at all.") means little alone, and a passage should stay short enough
 * to read. 250 tokens: the bundled model was trained on texts of up to 256 with the two special ones.
 */
export const PASSAGE_LIMITS: PassageLimits = { joinBelowWords: 25, joinUpToWords: 120, maxTokens: 250 };

/** The sentences and headings of all that is searched in an article, in order of the text. */
export function sentencesOf(article: Article): ParagraphSentence[] {
  return article.paragraphs.flatMap((paragraph, index): ParagraphSentence[] => {
    if (paragraph.kind === 'heading') {
      return [{ start: paragraph.start, end: paragraph.end, paragraph: index, isHeading: true }];
    }
    if (paragraph.kind !== 'body') return [];
    return splitSentences(article.text, paragraph, article.language).map((sentence) => ({
      ...sentence,
      paragraph: index,
      isHeading: false,
    }));
  });
}

/**
 * Builds the passages of an article: in order, without overlap; all that lies between two of them is white space and
 * paragraphs that are not searched.
 *
 * @param sentences What `sentencesOf(article)` gave.
 * @param tokenCounts The number of tokens of each of these sentences.
 */
export function buildPassages(
  article: Article,
  sentences: readonly ParagraphSentence[],
  tokenCounts: readonly number[],
  digest: Digest,
  limits: PassageLimits = PASSAGE_LIMITS,
): Passage[] {
  const blocks = splitLongBlocks(blocksOf(article, sentences, tokenCounts), limits.maxTokens);
  const occurrences = new Map<string, number>();
  return joinShortBlocks(blocks, limits).map((block, ordinal) => {
    const start = block.sentences[0]?.start ?? 0;
    const end = block.sentences.at(-1)?.end ?? 0;
    const text = article.text.slice(start, end);
    const occurrence = occurrences.get(text) ?? 0;
    occurrences.set(text, occurrence + 1);
    const id = passageId(article.id, text, occurrence, digest);
    return { id, articleId: article.id, ordinal, start, end, sentences: block.sentences };
  });
}

/** A paragraph with the headings above it, or the joined neighbours that become one passage. */
interface Block {
  readonly sentences: readonly Sentence[];
  /** Words outside headings. */
  readonly words: number;
  readonly tokens: number;
  /** A heading or a paragraph that is not searched stands before it: it does not join what comes before. */
  readonly opensSection: boolean;
}

function blocksOf(article: Article, sentences: readonly ParagraphSentence[], tokenCounts: readonly number[]): Block[] {
  const byParagraph = new Map<number, Sentence[]>();
  sentences.forEach(({ start, end, paragraph, isHeading }, index) => {
    const sentence: Sentence = { start, end, isHeading, tokens: tokenCounts[index] ?? 0 };
    const own = byParagraph.get(paragraph);
    if (own === undefined) byParagraph.set(paragraph, [sentence]);
    else own.push(sentence);
  });
  const blocks: Block[] = [];
  let headings: Sentence[] = [];
  let opensSection = true;
  article.paragraphs.forEach((paragraph, index) => {
    const own = byParagraph.get(index) ?? [];
    if (paragraph.kind === 'heading') {
      headings = [...headings, ...own];
      opensSection = true;
    } else if (paragraph.kind === 'body') {
      blocks.push(blockOf([...headings, ...own], article.text, opensSection));
      headings = [];
      opensSection = false;
    } else {
      // A passage is one slice: a heading cannot reach over boilerplate to the paragraph it names, so it stands alone.
      if (headings.length > 0) blocks.push(blockOf(headings, article.text, true));
      headings = [];
      opensSection = true;
    }
  });
  if (headings.length > 0) blocks.push(blockOf(headings, article.text, true));
  return blocks;
}

function splitLongBlocks(blocks: readonly Block[], maxTokens: number): Block[] {
  return blocks.flatMap((block) => {
    if (block.tokens <= maxTokens) return [block];
    const parts: Sentence[][] = [];
    let tokens = 0;
    for (const sentence of block.sentences) {
      const last = parts.at(-1);
      // A heading stays with the first sentence below it, however long that is.
      const follows =
        last !== undefined && (tokens + sentence.tokens <= maxTokens || last.every((one) => one.isHeading));
      if (follows) last.push(sentence);
      else parts.push([sentence]);
      tokens = (follows ? tokens : 0) + sentence.tokens;
    }
    return parts.map((part, index) => ({
      sentences: part,
      // Parts of a long paragraph are long enough: joining them again would undo the split.
      words: Number.POSITIVE_INFINITY,
      tokens: sum(part.map((sentence) => sentence.tokens)),
      opensSection: index === 0 ? block.opensSection : true,
    }));
  });
}

function joinShortBlocks(blocks: readonly Block[], limits: PassageLimits): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    const fits =
      last !== undefined &&
      !block.opensSection &&
      Math.min(last.words, block.words) < limits.joinBelowWords &&
      last.words + block.words <= limits.joinUpToWords &&
      last.tokens + block.tokens <= limits.maxTokens;
    if (fits) {
      joined[joined.length - 1] = {
        sentences: [...last.sentences, ...block.sentences],
        words: last.words + block.words,
        tokens: last.tokens + block.tokens,
        opensSection: last.opensSection,
      };
    } else {
      joined.push(block);
    }
  }
  return joined;
}

function blockOf(sentences: readonly Sentence[], text: string, opensSection: boolean): Block {
  const words = sum(sentences.map(({ start, end, isHeading }) => (isHeading ? 0 : countWords(text.slice(start, end)))));
  return { sentences, words, tokens: sum(sentences.map((sentence) => sentence.tokens)), opensSection };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
