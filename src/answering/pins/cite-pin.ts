import type { ArticleReference } from '../../corpus/article.js';
import type { Citation } from '../../corpus/citation.js';
import { excerptOf } from '../../corpus/excerpt.js';
import { contentWords } from '../../text/english.js';
import { sliceOf } from '../../text/span.js';
import { foldWord } from '../../text/words.js';
import { findWords } from '../quoting/matched-words.js';
import type { PinnedPassage } from './locate-pin.js';

/** Quotes pinned words in full, and highlights the words in them that are in the question too. */
export function citePin({ article, passage, start, end }: PinnedPassage, question: string): Citation {
  const quote = sliceOf(article.text, { start, end });
  const excerpt = excerptOf(article, { start, end });
  return {
    passageId: passage.id,
    article: referenceTo(article),
    question: null,
    quote,
    start,
    end,
    passage: sliceOf(article.text, passage),
    passageStart: passage.start,
    context: excerpt.context,
    location: excerpt.location,
    excerpt,
    highlights: findWords(quote, contentWords(question).map(foldWord)),
  };
}

function referenceTo({ id, title, url, publisher, published, file, collection }: ArticleReference): ArticleReference {
  return { id, title, url, publisher, published, file, collection };
}
