import type { Article } from '../corpus/article.js';
import { type BlockSentence, buildPassages, type Passage, sentencesOf } from '../corpus/passage.js';
import type { PassageEmbedding, TokenIds } from '../embedding/protocol.js';
import type { EmbeddedArticle, EmbeddedPassage, StoredEmbedding } from '../library/stored-articles.js';
import { sha256 } from '../storage/sha256.js';
import { sliceOf } from '../text/span.js';

/** The part of the embedding model that indexing uses. */
export interface PassageEmbedder {
  /** Splits texts into the model's tokens. */
  tokenize(texts: readonly string[]): Promise<readonly TokenIds[]>;
  /** Embeds passages given as tokens. The order is kept. */
  embedPassages(passages: readonly TokenIds[]): Promise<PassageEmbedding[]>;
}

/**
 * Cuts an article into passages and embeds its title and those passages that are not embedded yet.
 *
 * @param stored The embeddings of the article's earlier version, by passage id.
 */
export async function embedArticle(
  { article, fingerprint }: Pick<EmbeddedArticle, 'article' | 'fingerprint'>,
  embedder: PassageEmbedder,
  stored: ReadonlyMap<string, StoredEmbedding>,
): Promise<EmbeddedArticle> {
  const sentences = sentencesOf(article);
  const { titleTokens, sentenceTokens } = await tokenizeArticle(article, sentences, embedder);
  const tokenCounts = sentenceTokens.map(({ length }) => length);
  const passages = buildPassages(article, sentences, tokenCounts, sha256);
  const tokensAt = new Map(sentences.map(({ start }, index) => [start, sentenceTokens[index] ?? new Uint32Array()]));
  const tokensOf = (passage: Passage): TokenIds =>
    concatenate(passage.sentences.map(({ start }) => tokensAt.get(start) ?? new Uint32Array()));

  const newPassages = passages.filter(({ id }) => !stored.has(id));
  const hasTitle = titleTokens.length > 0;
  const texts = newPassages.map(tokensOf);
  const embeddings = await embedder.embedPassages(hasTitle ? [...texts, titleTokens] : texts);
  const embeddingOf = new Map(newPassages.map((passage, index) => [passage.id, embeddings[index]]));
  const withEmbedding = (passage: Passage): EmbeddedPassage => {
    const known = stored.get(passage.id);
    if (known !== undefined) return { ...passage, ...known };
    const embedding = embeddingOf.get(passage.id);
    if (embedding === undefined) throw new Error(`Passage ${passage.id} was not embedded`);
    return { ...passage, ...embedding, tokenIds: tokensOf(passage) };
  };
  return {
    article,
    fingerprint,
    passages: passages.map(withEmbedding),
    titleCodes: (hasTitle && embeddings.at(-1)?.codes) || new Uint8Array(),
  };
}

async function tokenizeArticle(
  article: Article,
  sentences: readonly BlockSentence[],
  embedder: PassageEmbedder,
): Promise<{ readonly titleTokens: TokenIds; readonly sentenceTokens: readonly TokenIds[] }> {
  // Encyclopedias and file names write "Super_Bowl_50".
  const title = (article.title ?? '').replaceAll('_', ' ');
  const texts = sentences.map((sentence) => sliceOf(article.text, sentence));
  const [titleTokens = new Uint32Array(), ...sentenceTokens] = await embedder.tokenize([title, ...texts]);
  return { titleTokens, sentenceTokens };
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
