import type { Article } from '../corpus/article.js';
import { buildPassages, PASSAGE_LIMITS, type Passage, sentencesOf } from '../corpus/passage.js';
import type { PassageEmbedding, TokenIds } from '../embedding/protocol.js';
import type { EmbeddedPassage, KnownArticle, LibraryWriter } from '../library/library-writer.js';
import { readArticles } from '../reading/read-articles.js';
import type { ReadResult } from '../reading/source-article.js';
import type { SourceListing } from '../reading/source-files.js';
import { sha256, sha256Hex } from '../storage/sha256.js';
import { sliceOf } from '../text/span.js';

/** Raise it when articles are read or cut into passages in another way: every article is then indexed anew. */
const READING_VERSION = 2;

/** Articles whose passages are being embedded at the same time: enough to keep the workers busy between commits. */
const ARTICLES_IN_FLIGHT = 6;

/** What updating asks of the embedder. */
export interface PassageEmbedder {
  readonly dimensions: number;
  tokenize(texts: readonly string[]): Promise<readonly TokenIds[]>;
  embedPassages(passages: readonly TokenIds[]): Promise<PassageEmbedding[]>;
}

export interface UpdateProgress {
  readonly articles: number;
  readonly passages: number;
  /** Of the source files: how far reading has come. */
  readonly bytes: number;
  readonly totalBytes: number;
}

/** What an update did. The counts of changes are of articles. */
export interface UpdateReport {
  /** In the library now. */
  readonly articles: number;
  readonly passages: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly warnings: readonly { readonly file: string; readonly reason: string }[];
  /** Whether it was stopped before the end; what was done is kept. */
  readonly interrupted: boolean;
}

export interface UpdateOptions {
  readonly writer: LibraryWriter;
  readonly listing: SourceListing;
  /** Asked for when the first article needs it: nothing is loaded when nothing changed. */
  readonly embedder: () => Promise<PassageEmbedder>;
  readonly onProgress?: (progress: UpdateProgress) => void;
  /** Stops after the articles that are in work. */
  readonly signal?: AbortSignal;
}

/** Makes the library hold what the source files say: new and changed articles are embedded, those whose file is gone leave. */
export async function updateLibrary(options: UpdateOptions): Promise<UpdateReport> {
  const { writer, listing, signal } = options;
  const known = new Map(writer.knownArticles().map((article) => [article.id, article]));
  const seen = new Set<string>();
  const skipped = [...listing.skipped];
  const warnings: { file: string; reason: string }[] = [];
  const counts = { added: 0, changed: 0, removed: 0, unchanged: 0 };
  const totalBytes = listing.files.reduce((total, { bytes }) => total + bytes, 0);
  let bytes = 0;
  let passages = 0;
  const inFlight: Promise<{ article: Article; fingerprint: string; embedded: EmbeddedArticle }>[] = [];

  const report = (): void => {
    options.onProgress?.({ articles: counts.added + counts.changed + counts.unchanged, passages, bytes, totalBytes });
  };
  const storeFirst = async (): Promise<void> => {
    const first = await inFlight.shift();
    if (first === undefined) return;
    const { article, fingerprint, embedded } = first;
    writer.putArticle(article, fingerprint, embedded.passages, embedded.titleCodes);
    passages += embedded.passages.length;
    counts[known.has(article.id) ? 'changed' : 'added'] += 1;
    report();
  };
  const take = async (reading: ReadResult): Promise<void> => {
    if (reading.kind !== 'article') {
      (reading.kind === 'skipped' ? skipped : warnings).push({ file: reading.file, reason: reading.reason });
      return;
    }
    const { article } = reading;
    seen.add(article.id);
    const fingerprint = fingerprintOf(article);
    if (known.get(article.id)?.fingerprint === fingerprint) {
      counts.unchanged += 1;
      return;
    }
    const embedding = embedArticle(article, writer, await options.embedder()).then((embedded) => ({
      article,
      fingerprint,
      embedded,
    }));
    // Awaited in storeFirst; until then a failure must not count as unhandled.
    embedding.catch(() => {});
    inFlight.push(embedding);
    if (inFlight.length >= ARTICLES_IN_FLIGHT) await storeFirst();
  };

  for (const source of listing.files) {
    for await (const reading of readArticles(source)) {
      if (signal?.aborted) break;
      await take(reading);
    }
    if (signal?.aborted) break;
    bytes += source.bytes;
    report();
  }
  while (inFlight.length > 0) await storeFirst();
  if (!signal?.aborted) {
    for (const article of known.values()) {
      if (seen.has(article.id) || mayStillExist(article, listing, skipped)) continue;
      writer.removeArticle(article.id);
      counts.removed += 1;
    }
  }
  return { ...writer.counts(), ...counts, skipped, warnings, interrupted: signal?.aborted ?? false };
}

interface EmbeddedArticle {
  readonly passages: readonly EmbeddedPassage[];
  /** Of the tokens of the title; empty without one. */
  readonly titleCodes: Uint8Array;
}

async function embedArticle(
  article: Article,
  writer: LibraryWriter,
  embedder: PassageEmbedder,
): Promise<EmbeddedArticle> {
  const sentences = sentencesOf(article);
  const [titleTokens = new Uint32Array(), ...tokens] = await embedder.tokenize([
    // Encyclopedias and file names write "Super_Bowl_50".
    (article.title ?? '').replaceAll('_', ' '),
    ...sentences.map((sentence) => sliceOf(article.text, sentence)),
  ]);
  const passages = buildPassages(
    article,
    sentences,
    tokens.map(({ length }) => length),
    sha256,
  );
  const tokensAt = new Map(sentences.map((sentence, index) => [sentence.start, tokens[index] ?? new Uint32Array()]));
  const tokensOf = (passage: Passage): TokenIds =>
    concatenate(passage.sentences.map(({ start }) => tokensAt.get(start) ?? new Uint32Array()));
  const kept = writer.embeddingsOf(article.id);
  const fresh = passages.filter(({ id }) => !kept.has(id));
  const hasTitle = titleTokens.length > 0;
  const texts = fresh.map(tokensOf);
  const embeddings = await embedder.embedPassages(hasTitle ? [...texts, titleTokens] : texts);
  const embeddingOf = new Map(fresh.map((passage, index) => [passage.id, embeddings[index]]));
  const embedded = passages.map((passage) => {
    const stored = kept.get(passage.id);
    if (stored !== undefined) return { ...passage, ...stored };
    const embedding = embeddingOf.get(passage.id);
    if (embedding === undefined) throw new Error(`Passage ${passage.id} was not embedded`);
    return { ...passage, ...embedding, tokenIds: tokensOf(passage) };
  });
  return { passages: embedded, titleCodes: (hasTitle && embeddings.at(-1)?.codes) || new Uint8Array() };
}

/** SHA-256 over all that is stored of an article and over the way it is read. */
function fingerprintOf(article: Article): string {
  const { text: _text, ...rest } = article;
  return sha256Hex(JSON.stringify([READING_VERSION, PASSAGE_LIMITS, rest]));
}

/** A file that could not be read, or that lies below a folder that could not be listed, keeps its articles. */
function mayStillExist(
  article: KnownArticle,
  listing: SourceListing,
  skipped: readonly { readonly file: string }[],
): boolean {
  const file = fileOf(article.file);
  const below = (folder: string): boolean => folder === '' || file === folder || file.startsWith(`${folder}/`);
  return listing.unseen.some(below) || skipped.some((one) => fileOf(one.file) === file);
}

/** The file of an article that is one line of it. */
function fileOf(place: string): string {
  return /^.*?\.jsonl(?=#)/is.exec(place)?.[0] ?? place;
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
