import type { Database } from 'better-sqlite3';
import type { Scope } from '../answering/question/scope.js';
import type { HnswIndex } from './hnsw-index.js';
import type { Manifest } from './manifest.js';
import { toFloats } from './rows.js';
import { scopedArticles, scopeName } from './scoped-articles.js';
import { type KeyedVector, SignScan } from './sign-scan.js';
import type { NearPassage } from './vector-index.js';
import { syncPassages } from './vector-snapshot.js';

/**
 * Any single article can be a scope. The sign codes of this many recently used scopes stay in memory (48 bytes a
 * passage).
 */
const MAX_SCANS = 16;

/**
 * Searches passages by embedding: all of them with the graph, a part of them (or all, without hnswlib) with sign codes.
 */
export class VectorSearch {
  readonly #database: Database;
  readonly #manifest: Pick<Manifest, 'dimensions' | 'rotationSeed'>;
  readonly #graph: HnswIndex | null;
  /** By the name of their scope, the most recently used last. */
  readonly #scans = new Map<string, SignScan>();

  /** @param graph Null if hnswlib is not installed. */
  constructor(database: Database, manifest: Pick<Manifest, 'dimensions' | 'rotationSeed'>, graph: HnswIndex | null) {
    this.#database = database;
    this.#manifest = manifest;
    this.#graph = graph;
  }

  /** Catches up with passages that were added or removed. */
  refresh(): void {
    this.#scans.clear();
    if (this.#graph !== null) syncPassages(this.#graph, this.#database);
  }

  /** Returns the passages in scope that are most similar to a unit vector, most similar first. */
  search(vector: Float32Array, limit: number, scope: Scope): NearPassage[] {
    if (scope === null && this.#graph !== null) return this.#graph.search(vector, limit);
    return this.#scanFor(scope).search(vector, limit);
  }

  #scanFor(scope: Scope): SignScan {
    const name = scopeName(scope);
    const scan = this.#scans.get(name) ?? this.#createScan(scope);
    this.#scans.delete(name);
    this.#scans.set(name, scan);
    const [leastRecent] = this.#scans.keys();
    if (this.#scans.size > MAX_SCANS && leastRecent !== undefined) this.#scans.delete(leastRecent);
    return scan;
  }

  #createScan(scope: Scope): SignScan {
    const { dimensions, rotationSeed } = this.#manifest;
    const articles = scopedArticles(scope);
    const condition = articles === null ? '' : `WHERE article IN (${articles.keys})`;
    const bound = { scope: articles?.scope };
    const count = this.#database.prepare(`SELECT count(*) FROM passages ${condition}`).pluck().get(bound) as number;
    const rows = this.#database
      .prepare(`SELECT key, vector FROM passages ${condition} ORDER BY key`)
      .iterate(bound) as IterableIterator<VectorRow>;
    const select = this.#database.prepare('SELECT vector FROM passages WHERE key = ?').pluck();
    return new SignScan({
      dimensions,
      rotationSeed,
      count,
      vectors: toKeyedVectors(rows),
      vectorOf(key) {
        const vector = select.get(key) as Buffer | undefined;
        return vector === undefined ? null : toFloats(vector);
      },
    });
  }
}

interface VectorRow {
  readonly key: number;
  readonly vector: Buffer;
}

function* toKeyedVectors(rows: Iterable<VectorRow>): Generator<KeyedVector> {
  for (const { key, vector } of rows) yield { key, vector: toFloats(vector) };
}
