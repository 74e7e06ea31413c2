/**
 * Measures late interaction alone: the tokens of a question against those of the passages that are compared with it, with and without
 * WebAssembly. The vectors are random; the time does not depend on them, except for the few tokens that are compared twice.
 */
import { mulberry32 } from '../../dist/vectors/random.js';
import { codeBytes, writeSignCode } from '../../dist/vectors/sign-codes.js';
import { createTokenScorer, ReferenceScorer } from '../../dist/vectors/token-scorer.js';

const DIMENSIONS = 384;
const PASSAGES = 104;
/** Tokens of the sentences of a passage, 155 in all. */
const SENTENCES = [20, 25, 30, 20, 30, 20, 10];
/** A usual question, and the most tokens that are scored. */
const QUESTION_TOKENS = [13, 64];
const ROUNDS = 5;

/** @returns For each length of a question the CPU milliseconds with and without WebAssembly. */
export function measureScoring(questionTokens = QUESTION_TOKENS) {
  const random = mulberry32(1);
  const vector = () => unit(Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5));
  const passages = Array.from({ length: PASSAGES }, () => {
    const codes = new Uint8Array(sumOf(SENTENCES) * codeBytes(DIMENSIONS));
    for (let at = 0; at < codes.length; at += codeBytes(DIMENSIONS)) writeSignCode(vector(), codes, at);
    return codes;
  });
  return questionTokens.map((tokens) => {
    const question = Array.from({ length: tokens }, vector);
    // Each round measures both, so that other load on the machine affects both.
    const rounds = Array.from({ length: ROUNDS }, () => ({
      referenceMs: cpuMs(() => score(new ReferenceScorer(question), passages)),
      kernelMs: cpuMs(() => score(createTokenScorer(question), passages)),
    }));
    const fastest = (name) => Math.min(...rounds.map((round) => round[name]));
    const [referenceMs, kernelMs] = [fastest('referenceMs'), fastest('kernelMs')];
    return { tokens, referenceMs, kernelMs, ratio: referenceMs / kernelMs };
  });
}

export function describeScoring(sizes) {
  const shown = sizes.map(
    ({ tokens, referenceMs, kernelMs, ratio }) =>
      `${tokens} tokens ${kernelMs.toFixed(1)} ms of CPU time (${referenceMs.toFixed(0)} without WebAssembly, ratio ${ratio.toFixed(1)})`,
  );
  return `scoring       ${PASSAGES} passages of ${sumOf(SENTENCES)} tokens: ${shown.join('; ')}`;
}

function score(scorer, passages) {
  for (const codes of passages) scorer.match(codes, SENTENCES);
}

function cpuMs(run) {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function unit(vector) {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function sumOf(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0);
}
