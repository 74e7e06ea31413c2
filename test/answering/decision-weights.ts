import type { DecisionWeights } from '../../src/answering/confidence/decision.js';

/** Decision weights for a test that only cares about some of them. The others are 0. */
export function decisionWeights(known: Partial<DecisionWeights>): DecisionWeights {
  const none = { intercept: 0, similarity: 0, lead: 0, contentSimilarity: 0, titleMaxSim: 0, questionLength: 0 };
  return { ...none, ...known };
}
