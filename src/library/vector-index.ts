/** A passage found by its embedding. */
export interface NearPassage {
  /** The passage's key in the library. */
  readonly key: number;
  /** Cosine similarity to the question, from -1 to 1. */
  readonly similarity: number;
}

/** Finds the passages whose embeddings are most similar to a question's. All vectors are unit vectors. */
export interface VectorIndex {
  /** Returns the `limit` most similar passages, most similar first, or all of them if there are fewer. */
  search(vector: Float32Array, limit: number): NearPassage[];
}
