/** A passage found by its vector. */
export interface NearPassage {
  /** Row of the passage in the library. */
  readonly key: number;
  /** Cosine similarity of question and passage, -1 to 1. */
  readonly similarity: number;
}

/** Finds the passages whose vectors are most similar to a question's; vectors have length 1. */
export interface VectorIndex {
  /** The `limit` most similar passages, best first; fewer where there are fewer. */
  search(vector: Float32Array, limit: number): NearPassage[];
}
