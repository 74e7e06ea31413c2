/** A question as retrieval input. */
export interface EncodedQuestion {
  /** Unit vector of the whole question. */
  readonly vector: Float32Array;
  /** Token ids, without the model's special tokens. In a question that was prepared for ranking, only those that are scored. */
  readonly tokens: Uint32Array;
  /** One unit vector per token, with the same rotation as the passage tokens got before their signs were stored. */
  readonly tokenVectors: readonly Float32Array[];
}

/** The part of the embedding model that answering uses. */
export interface QuestionEncoder {
  /** Embeds a question, as a whole and token by token. */
  embedQuestion(text: string): Promise<EncodedQuestion>;
  /** The text of each token, by token id. */
  vocabulary(): Promise<readonly string[]>;
}
