/** The model a worker loads, and the parameters of its sign codes. */
export interface WorkerSetup {
  /** Such as `Xenova/all-MiniLM-L6-v2`. */
  readonly modelId: string;
  /** The folder that contains the model's own folder, `<modelsFolder>/<modelId>`. */
  readonly modelsFolder: string;
  /** Path of the ONNX file. */
  readonly modelFile: string;
  /** Mean token vector, `dimensions` floats, subtracted before a token's signs are taken; null while it is being measured. */
  readonly centre: Float32Array | null;
  /** Seed of the random rotation of token vectors. */
  readonly rotationSeed: number;
}

/** The token ids of one text, without special tokens such as `[CLS]`. */
export type TokenIds = Uint32Array;

/** Something a worker can be asked to do. The result of each kind is in {@link TaskResults}. */
export type EmbeddingTask =
  | { readonly kind: 'tokenize'; readonly texts: readonly string[] }
  | { readonly kind: 'embed'; readonly passages: readonly TokenIds[] }
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'measure-centre'; readonly texts: readonly string[] }
  | { readonly kind: 'vocabulary' };

/** The embedding of one passage. */
export interface PassageEmbedding {
  /** The mean of the token vectors, scaled to length 1: `dimensions` floats. */
  readonly vector: Float32Array;
  /**
   * The sign codes of the tokens, one after another, `dimensions / 8` bytes each (48 for the bundled model). A bit is 1 where
   * a coordinate of the token's centred and rotated vector is positive; the first coordinate is the highest bit of the first
   * byte:
   *
   * ```
   *              | byte 0                  | byte 1                     |
   * bit          |  7   6   5  …   1   0   |  7   6   5  …   1    0     |
   * coordinate   |  0   1   2  …   6   7   |  8   9  10  …  14   15     | …
   * ```
   */
  readonly codes: Uint8Array;
}

/** The embedding of a question. */
export interface QuestionEmbedding {
  /** The mean of the token vectors, scaled to length 1: `dimensions` floats. */
  readonly vector: Float32Array;
  readonly tokens: TokenIds;
  /** The rotated vector of each token, in the order of `tokens`: `dimensions` floats of length 1. They are not centred. */
  readonly tokenVectors: readonly Float32Array[];
}

/** The result of each kind of task. */
export interface TaskResults {
  /** One list of token ids per text, in the same order. */
  readonly tokenize: readonly TokenIds[];
  /** One embedding per passage, in the same order. */
  readonly embed: readonly PassageEmbedding[];
  readonly question: QuestionEmbedding;
  /** The mean token vector: `dimensions` floats. */
  readonly 'measure-centre': Float32Array;
  /** The text of every token, by token id. */
  readonly vocabulary: readonly string[];
}

/** A message to a worker: the setup first, then one task at a time. */
export type ToWorker =
  | { readonly kind: 'setup'; readonly setup: WorkerSetup }
  | { readonly kind: 'task'; readonly task: EmbeddingTask };

/** A message from a worker: `ready` or `failed` after the setup, `result` or `failed` after each task. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly dimensions: number }
  | { readonly kind: 'result'; readonly result: TaskResults[keyof TaskResults] }
  | { readonly kind: 'failed'; readonly message: string };
