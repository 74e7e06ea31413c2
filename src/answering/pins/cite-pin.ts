import type { ArticleReference } from '../../corpus/article.js';
import type { Citation } from '../../corpus/citation.js';
import { contentWords } from '../../text/english.js';
import { shiftSpan, sliceOf } from '../../text/span.js';
import { foldWord } from '../../text/words.js';
import { cite } from '../quoting/cite.js';
import { findWords } from '../quoting/matched-words.js';
import type { PinnedPassage } from './locate-pin.js';

/** Quotes pinned words in full, and highlights the words in them that are in the question too. */
export function citePin({ article, passage, start, end }: PinnedPassage, question: string): Citation {
  const shared = findWords(sliceOf(article.text, { start, end }), contentWords(question).map(foldWord));
  const highlights = shared.map((word) => shiftSpan(word, start));
  return cite({ passage, start, end, highlights }, { ...article, reference: referenceTo(article) }, null);
}

function referenceTo({ id, title, url, publisher, published, file, collection }: ArticleReference): ArticleReference {
  return { id, title, url, publisher, published, file, collection };
}
