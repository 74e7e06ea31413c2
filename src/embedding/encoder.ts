import { createRotation, type Rotation } from '../vectors/rotation.js';
import { codeBytes, writeSignCode } from '../vectors/sign-codes.js';
import type { LoadedModel, SpecialTokens } from './loaded-model.js';
import type { PassageEmbedding, QuestionEmbedding, TokenIds, WorkerSetup } from './protocol.js';

/** Together with the two special tokens 256, the length the bundled model was trained on. */
const WINDOW_TOKENS = 254;

/** Called with each token's vector, which is only valid during the call, and the token's index in the text. */
type OnToken = (vector: Float32Array, index: number) => void;

/** Turns a model's hidden states into the vectors and sign codes that Footnote stores and compares. */
export class Encoder {
  readonly #model: LoadedModel;
  readonly #special: SpecialTokens;
  readonly #centre: Float32Array | null;
  readonly #rotate: Rotation;

  private constructor(
    model: LoadedModel,
    special: SpecialTokens,
    /** Numbers in a vector. */
    readonly dimensions: number,
    { centre, rotationSeed }: Pick<WorkerSetup, 'centre' | 'rotationSeed'>,
  ) {
    this.#model = model;
    this.#special = special;
    this.#centre = centre;
    this.#rotate = createRotation(dimensions, rotationSeed);
  }

  /**
   * Creates an encoder, and finds out how many dimensions the model's vectors have by running it once.
   *
   * @throws {Error} if the model does not return hidden states, as sentence embedding models do.
   */
  static async create(model: LoadedModel, setup: Pick<WorkerSetup, 'centre' | 'rotationSeed'>): Promise<Encoder> {
    const special = model.specialTokens();
    const ids = [...special.before, ...model.tokenize('a'), ...special.after];
    const states = await model.hiddenStates(ids);
    return new Encoder(model, special, states.length / (special.before.length + 1 + special.after.length), setup);
  }

  /** Embeds a passage: its vector and the sign codes of its tokens. */
  async embedPassage(tokens: TokenIds): Promise<PassageEmbedding> {
    const width = codeBytes(this.dimensions);
    const codes = new Uint8Array(tokens.length * width);
    const vector = await this.#encode(tokens, (state, index) => {
      normalise(state);
      if (this.#centre !== null) subtract(state, this.#centre);
      this.#rotate(state);
      writeSignCode(state, codes, index * width);
    });
    return { vector, codes };
  }

  /** Embeds a question: its vector and the rotated vectors of its tokens. */
  async embedQuestion(text: string): Promise<QuestionEmbedding> {
    const tokens = this.#model.tokenize(text);
    const tokenVectors: Float32Array[] = [];
    const vector = await this.#encode(tokens, (state) => {
      const tokenVector = state.slice();
      normalise(tokenVector);
      this.#rotate(tokenVector);
      tokenVectors.push(tokenVector);
    });
    return { vector, tokens, tokenVectors };
  }

  /** Returns the mean of the unit vectors of all tokens of the texts: `dimensions` floats, shorter than 1. */
  async measureCentre(texts: readonly string[]): Promise<Float32Array> {
    const sum = new Float32Array(this.dimensions);
    let count = 0;
    for (const text of texts) {
      await this.#encode(this.#model.tokenize(text), (state) => {
        normalise(state);
        add(sum, state);
        count += 1;
      });
    }
    return sum.map((total) => total / Math.max(1, count));
  }

  /**
   * Runs the model on any number of tokens, in windows of at most 254:
   *
   * ```
   * [CLS] token 0 … token 253 [SEP]   [CLS] token 254 … token 507 [SEP]   …
   * ```
   *
   * @returns The unit vector of the text: the mean over the states of all windows, special tokens included.
   */
  async #encode(tokens: TokenIds, onToken: OnToken): Promise<Float32Array> {
    const { dimensions } = this;
    const { before, after } = this.#special;
    const sum = new Float32Array(dimensions);
    for (let start = 0; start === 0 || start < tokens.length; start += WINDOW_TOKENS) {
      const window = tokens.subarray(start, start + WINDOW_TOKENS);
      const states = await this.#model.hiddenStates([...before, ...window, ...after]);
      for (let row = 0; row * dimensions < states.length; row++) {
        const state = states.subarray(row * dimensions, (row + 1) * dimensions);
        add(sum, state);
        const index = row - before.length;
        if (index >= 0 && index < window.length) onToken(state, start + index);
      }
    }
    // The mean is the sum divided by the number of tokens. Normalising would undo the division, so it is left out.
    normalise(sum);
    return sum;
  }
}

function add(target: Float32Array, vector: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + (vector[i] as number);
}

function subtract(target: Float32Array, vector: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) - (vector[i] as number);
}

/** Scales a vector to length 1 in place; a vector of zeros stays as it is. */
function normalise(vector: Float32Array): void {
  let squareSum = 0;
  for (const value of vector) squareSum += value * value;
  const length = Math.sqrt(squareSum) || 1;
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length;
}
