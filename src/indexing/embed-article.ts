import type { Article } from '../corpus/article.js';
import { ContextIndex } from '../corpus/context.js';
import { headingPath } from '../corpus/heading-path.js';
import { buildPassages, type Passage } from '../corpus/passage.js';
import { sentencesOf } from '../corpus/sentence.js';
import type { PassageEmbedding, TokenIds } from '../embedding/protocol.js';
import type { EmbeddedArticle, StoredEmbedding } from '../library/stored-articles.js';
import { sha256 } from '../storage/sha256.js';
import { searchText } from '../text/search-text.js';
import { sliceOf } from '../text/span.js';

/** The part of the embedding model that indexing uses. */
export interface PassageEmbedder {
  /** Splits texts into the model's tokens. */
  tokenize(texts: readonly string[]): Promise<readonly TokenIds[]>;
  /** Embeds passages given as tokens. The order is kept. */
  embedPassages(passages: readonly TokenIds[]): Promise<PassageEmbedding[]>;
}

/**
 * Cuts an article into passages and embeds its title, its passages and what stands around them. Passages with the same tokens
 * as before are not embedded again.
 *
 * @param stored The embeddings of the article's earlier version.
 */
export async function embedArticle(
  { article, fingerprint }: Pick<EmbeddedArticle, 'article' | 'fingerprint'>,
  embedder: PassageEmbedder,
  stored: readonly StoredEmbedding[],
): Promise<EmbeddedArticle> {
  const { passages, tokensOf } = await cutIntoPassages(article, embedder);
  const title = titleText(article);
  const contexts = new ContextIndex(article.blocks);
  const surroundings = passages.map((passage) => surroundingsOf(passage, article.text, title, contexts));
  const texts = await tokenizeTexts(
    [title, ...surroundings.flatMap(({ section, context }) => [section, context])],
    embedder,
  );
  const embeddings = await embedMissing([...passages.map(tokensOf), ...texts.values()], embedder, stored);
  const embeddingOf = (tokens: TokenIds): StoredEmbedding => {
    const embedding = embeddings.get(keyOf(tokens));
    if (embedding === undefined) throw new Error(`A passage of ${article.file} was not embedded`);
    return embedding;
  };
  const codesOf = (text = ''): Uint8Array => {
    const tokens = texts.get(text);
    return tokens === undefined ? new Uint8Array() : embeddingOf(tokens).codes;
  };
  return {
    article,
    fingerprint,
    passages: passages.map((passage, index) => ({
      ...passage,
      ...embeddingOf(tokensOf(passage)),
      sectionCodes: codesOf(surroundings[index]?.section),
      contextCodes: codesOf(surroundings[index]?.context),
    })),
    titleCodes: codesOf(title),
  };
}

/** The tokens of each different text that is not empty. */
async function tokenizeTexts(
  texts: readonly string[],
  embedder: Pick<PassageEmbedder, 'tokenize'>,
): Promise<ReadonlyMap<string, TokenIds>> {
  const different = [...new Set(texts)].filter((text) => text !== '');
  const tokens = await embedder.tokenize(different);
  return new Map(different.map((text, index) => [text, tokens[index] ?? new Uint32Array()]));
}

/** Embeds what is not stored yet, and returns all embeddings by their key. */
async function embedMissing(
  all: readonly TokenIds[],
  embedder: Pick<PassageEmbedder, 'embedPassages'>,
  stored: readonly StoredEmbedding[],
): Promise<ReadonlyMap<string, StoredEmbedding>> {
  const known = new Map(stored.map((embedding) => [keyOf(embedding.tokenIds), embedding]));
  const missing = new Map<string, TokenIds>();
  for (const tokens of all) if (!known.has(keyOf(tokens))) missing.set(keyOf(tokens), tokens);
  const embeddings = await embedder.embedPassages([...missing.values()]);
  [...missing].forEach(([key, tokenIds], index) => {
    const embedding = embeddings[index];
    if (embedding !== undefined) known.set(key, { ...embedding, tokenIds });
  });
  return known;
}

/** Two passages with the same key have the same tokens in the same order. */
function keyOf(tokenIds: TokenIds): string {
  return tokenIds.join(' ');
}

interface CutArticle {
  readonly passages: readonly Passage[];
  /** The tokens of a passage: those of its sentences, in order. */
  readonly tokensOf: (passage: Passage) => TokenIds;
}

async function cutIntoPassages(article: Article, embedder: PassageEmbedder): Promise<CutArticle> {
  const sentences = sentencesOf(article);
  const tokens = await embedder.tokenize(sentences.map((sentence) => searchText(sliceOf(article.text, sentence))));
  const tokensAt = new Map(sentences.map(({ start }, index) => [start, tokens[index] ?? new Uint32Array()]));
  return {
    passages: buildPassages(
      article,
      sentences,
      tokens.map(({ length }) => length),
      sha256,
    ),
    tokensOf: (passage) => concatenate(passage.sentences.map(({ start }) => tokensAt.get(start) ?? new Uint32Array())),
  };
}

/** What stands around a passage, as texts to embed. Both are empty if there is nothing. */
interface Surroundings {
  /** The title and the headings above it. */
  readonly section: string;
  /** Its other context. */
  readonly context: string;
}

function surroundingsOf(passage: Passage, text: string, title: string, contexts: ContextIndex): Surroundings {
  const content = contexts.contentAfter(passage.start) ?? passage;
  const headings = contexts.headingsAbove(content).map((heading) => sliceOf(text, heading));
  const others = passage.context
    .filter(({ role }) => role !== 'heading')
    .map((part) => searchText(sliceOf(text, part)));
  return {
    section: headings.length === 0 ? '' : headingPath([title, ...headings]),
    context: others.join('\n'),
  };
}

function titleText({ title }: Article): string {
  // Encyclopedias and file names write "Super_Bowl_50".
  return (title ?? '').replaceAll('_', ' ');
}

function concatenate(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
