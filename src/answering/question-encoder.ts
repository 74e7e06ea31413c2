/** A question as retrieval input. */
export interface EncodedQuestion {
  /** Unit vector of the whole question. */
  readonly vector: Float32Array;
  readonly tokens: Uint32Array;
  /** One unit vector a token, rotated as the tokens of the passages were before their signs were taken. */
  readonly tokenVectors: readonly Float32Array[];
}

/** What answering asks of the embedding model. */
export interface QuestionEncoder {
  embedQuestion(text: string): Promise<EncodedQuestion>;
  /** The text of each token, by token id. */
  vocabulary(): Promise<readonly string[]>;
}
