import type { Article } from '../../corpus/article.js';
import type { Passage } from '../../corpus/passage.js';
import type { Span } from '../../text/span.js';
import type { Pin } from './pin.js';

/** The part of a library that pins are found in. */
export interface PinnedLibrary {
  articleById(id: string): Article | null;
  /** The passages of an article, in order. */
  passagesOf(articleId: string): readonly Passage[];
}

/** Pinned words as they stand in an article now. */
export interface PinnedPassage extends Span {
  /** The passage that they are in; where they are in several, the one that has most of them. */
  readonly passage: Passage;
  readonly article: Article;
  /** The question that they are pinned to. */
  readonly question: string;
}

/**
 * Finds the words of a pin in the article as it is now. They are followed to another place in it; if they are there more than once,
 * the nearest to the old place counts.
 *
 * @returns null if the article is gone, or no longer has these words, or no question finds them any more because they are
 *   boilerplate now.
 */
export function locatePin({ question, articleId, text, start }: Pin, library: PinnedLibrary): PinnedPassage | null {
  const article = library.articleById(articleId);
  if (article === null || text === '') return null;
  const found = nearestOccurrence(article.text, text, start);
  if (found === null) return null;
  const span = { start: found, end: found + text.length };
  const passage = passageWithMost(library.passagesOf(articleId), span);
  return passage === null ? null : { ...span, passage, article, question };
}

function nearestOccurrence(text: string, words: string, place: number): number | null {
  const before = text.lastIndexOf(words, place);
  const after = text.indexOf(words, place);
  if (before === -1 || after === -1) return before === -1 && after === -1 ? null : Math.max(before, after);
  return place - before <= after - place ? before : after;
}

function passageWithMost(passages: readonly Passage[], { start, end }: Span): Passage | null {
  const sharedBy = (passage: Passage): number => Math.min(passage.end, end) - Math.max(passage.start, start);
  return passages.reduce<Passage | null>((most, passage) => {
    const shared = sharedBy(passage);
    return shared > 0 && (most === null || shared > sharedBy(most)) ? passage : most;
  }, null);
}
