import type { PassagePlace } from '../ports/passage-store.js';

/**
 * What the articles of one collection have in common that the ranking of all of them cannot know: news leads with the answer,
 * manuals do not. Each is 0 to 1.
 */
export interface PriorFeatures {
  /** 1 for the first passage of an article, 1/2 for the second, 1/3 for the third, and so on. */
  readonly early: number;
  /** Share of the collection's dated articles that are older; 0.5 without a date. */
  readonly recent: number;
  /** MaxSim of the title alone, as in the ranking, where it has a weight that is the same for all collections. */
  readonly title: number;
}

/** The names of the prior features, in the order they are summed. */
export const PRIOR_FEATURES = ['early', 'recent', 'title'] as const satisfies readonly (keyof PriorFeatures)[];

/** One weight per feature, in log-odds like the scores of the ranking. */
export type PriorWeights = PriorFeatures;

/** The priors that collections have learned. The key null stands for the articles without a collection. */
export type LearnedPriors = ReadonlyMap<string | null, PriorWeights>;

/** A ranked passage, as far as priors look at it. */
export interface PlacedPassage {
  /** What it is sorted by, in log-odds. */
  readonly score: number;
  readonly titleMaxSim: number;
  /** Null if it is unknown: priors then leave the passage where it is. */
  readonly place: PassagePlace | null;
}

/** Returns the prior features of a passage. */
export function priorFeatures({ titleMaxSim }: Pick<PlacedPassage, 'titleMaxSim'>, place: PassagePlace): PriorFeatures {
  return { early: 1 / (1 + place.ordinal), recent: place.recency, title: titleMaxSim };
}

/** Returns what priors add to the score of a passage: the dot product of its features and the weights of its collection. */
export function priorOf(passage: PlacedPassage, priors: LearnedPriors): number {
  const weights = passage.place === null ? undefined : priors.get(passage.place.collection);
  if (passage.place === null || weights === undefined) return 0;
  const features = priorFeatures(passage, passage.place);
  return PRIOR_FEATURES.reduce((sum, name) => sum + weights[name] * features[name], 0);
}

/**
 * Reorders a ranking by priors. The passages of a collection change places only among themselves: what one collection has learned
 * says nothing about the others, so it must not put all of its passages above or below theirs.
 *
 * @param passages Best first.
 * @returns The indexes of the passages in their new order. Ties stay in the order that they have.
 */
export function orderByPriors(passages: readonly PlacedPassage[], priors: LearnedPriors): number[] {
  const order = passages.map((_, index) => index);
  const sortKeys = passages.map((passage) => passage.score + priorOf(passage, priors));
  for (const collection of priors.keys()) {
    const held = passages.flatMap(({ place }, index) => (place?.collection === collection ? [index] : []));
    const sorted = held.toSorted((a, b) => (sortKeys[b] ?? 0) - (sortKeys[a] ?? 0));
    held.forEach((index, position) => {
      order[index] = sorted[position] ?? index;
    });
  }
  return order;
}
