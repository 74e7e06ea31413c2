/** What the process that runs the model is started with. */
export interface WorkerSetup {
  readonly modelId: string;
  /** Folder below which the model's folder lies. */
  readonly modelsFolder: string;
  readonly modelFile: string;
  /** Mean token vector, subtracted before a token's signs are taken; null while it is being measured. */
  readonly centre: Float32Array | null;
  readonly rotationSeed: number;
}

/** Token ids of one text, without the special tokens. */
export type TokenIds = Uint32Array;

export type EmbeddingTask =
  | { readonly kind: 'tokenize'; readonly texts: readonly string[] }
  | { readonly kind: 'embed'; readonly passages: readonly TokenIds[] }
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'measure-centre'; readonly texts: readonly string[] }
  | { readonly kind: 'vocabulary' };

/** The embedding of one passage. */
export interface PassageEmbedding {
  /** `dimensions` floats of length 1: the mean of the token vectors. */
  readonly vector: Float32Array;
  /** `dimensions / 8` bytes a token: bit 7 - i % 8 of byte i / 8 is set where coordinate i of the rotated token vector is positive. */
  readonly codes: Uint8Array;
}

/** The embedding of a question. */
export interface QuestionEmbedding {
  readonly vector: Float32Array;
  readonly tokens: TokenIds;
  /** One rotated token vector of length 1 a token, in the order of `tokens`. */
  readonly tokenVectors: readonly Float32Array[];
}

/** What each kind of task gives back. */
export interface TaskResults {
  readonly tokenize: readonly TokenIds[];
  readonly embed: readonly PassageEmbedding[];
  readonly question: QuestionEmbedding;
  readonly 'measure-centre': Float32Array;
  readonly vocabulary: readonly string[];
}

export type ToWorker =
  | { readonly kind: 'setup'; readonly setup: WorkerSetup }
  | { readonly kind: 'task'; readonly task: EmbeddingTask };

export type FromWorker =
  | { readonly kind: 'ready'; readonly dimensions: number }
  | { readonly kind: 'result'; readonly result: TaskResults[keyof TaskResults] }
  | { readonly kind: 'failed'; readonly message: string };
