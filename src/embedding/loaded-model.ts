import { AutoTokenizer, env, type PreTrainedTokenizer } from '@xenova/transformers';
import onnxruntime from 'onnxruntime-node';
import type { TokenIds, WorkerSetup } from './protocol.js';

// A CommonJS package whose named exports Node.js cannot see.
const { InferenceSession, Tensor } = onnxruntime;

/** The tokens that a model expects around every text, such as `[CLS]` and `[SEP]`. */
export interface SpecialTokens {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** A model and its tokenizer in memory: the only code that talks to onnxruntime and Transformers.js. */
export class LoadedModel {
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #session: onnxruntime.InferenceSession;

  private constructor(tokenizer: PreTrainedTokenizer, session: onnxruntime.InferenceSession) {
    this.#tokenizer = tokenizer;
    this.#session = session;
  }

  /**
   * Loads a model from its files. Nothing is downloaded.
   *
   * @throws {Error} if a file is missing, damaged or in another format.
   */
  static async load({
    modelId,
    modelsFolder,
    modelFile,
  }: Pick<WorkerSetup, 'modelId' | 'modelsFolder' | 'modelFile'>): Promise<LoadedModel> {
    env.allowRemoteModels = false;
    env.localModelPath = modelsFolder;
    // The default is inside node_modules, which may be read-only.
    env.cacheDir = modelsFolder;
    const tokenizer = await AutoTokenizer.from_pretrained(modelId);
    // Two workers with one thread each embed more passages per second than one worker with two threads.
    const session = await InferenceSession.create(modelFile, { intraOpNumThreads: 1, interOpNumThreads: 1 });
    return new LoadedModel(tokenizer, session);
  }

  /** Returns the token ids of a text, without special tokens. */
  tokenize(text: string): TokenIds {
    return Uint32Array.from(this.#tokenizer.encode(text, null, { add_special_tokens: false }));
  }

  /** Returns the tokens that the tokenizer puts before and after every text. */
  specialTokens(): SpecialTokens {
    const [probe] = this.tokenize('a');
    const withSpecial = this.#tokenizer.encode('a');
    const index = withSpecial.indexOf(probe ?? -1);
    return { before: withSpecial.slice(0, index), after: withSpecial.slice(index + 1) };
  }

  /** Returns the text of every token, by token id. */
  vocabulary(): string[] {
    const { vocab } = this.#tokenizer.model as { vocab: string[] };
    return Array.from(vocab, String);
  }

  /**
   * Runs the model.
   *
   * @param ids Token ids, special tokens included.
   * @returns The last hidden states: one row of floats per token, row after row.
   */
  async hiddenStates(ids: readonly number[]): Promise<Float32Array> {
    const shape = [1, ids.length];
    const feeds: Record<string, onnxruntime.Tensor> = {
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    };
    if (this.#session.inputNames.includes('token_type_ids')) {
      feeds.token_type_ids = new Tensor('int64', new BigInt64Array(ids.length), shape);
    }
    const output = await this.#session.run(feeds, ['last_hidden_state']);
    return output.last_hidden_state?.data as Float32Array;
  }
}
