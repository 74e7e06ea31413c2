import type { Answer } from '../../src/answering/answer.js';
import type { ArticleReference } from '../../src/corpus/article.js';
import type { Citation } from '../../src/corpus/citation.js';
import { createColors, type Screen } from '../../src/terminal/screen.js';
import { plainExcerpt } from '../corpus/plain-excerpt.js';

export function plainScreen(columns = 80): Screen {
  return { columns, colors: createColors(false) };
}

export function colouredScreen(columns = 80): Screen {
  return { columns, colors: createColors(true) };
}

export function reference(stated: Partial<ArticleReference> = {}): ArticleReference {
  return {
    id: 'aaaaaaaaaa',
    title: 'Blinken and Lavrov in Reykjavik',
    url: 'https://example.com/reykjavik',
    publisher: 'Example',
    published: '2021-05-19',
    file: 'diplomacy/reykjavik.md',
    collection: 'diplomacy',
    ...stated,
  };
}

/** A citation of this quote, in which the given words are highlighted. */
export function citation(quote: string, words: readonly string[] = [], article = reference()): Citation {
  const highlights = words.map((word) => {
    const start = quote.indexOf(word);
    if (start === -1) throw new Error(`"${word}" is not in the quote`);
    return { start, end: start + word.length };
  });
  return {
    passageId: 'bbbbbbbbbb',
    article,
    question: null,
    quote,
    start: 0,
    end: quote.length,
    passage: quote,
    passageStart: 0,
    highlights,
    context: [],
    location: { anchor: null, page: null, time: null },
    excerpt: plainExcerpt(quote),
  };
}

export function answer(stated: Partial<Answer> = {}): Answer {
  return {
    question: 'Where did they meet?',
    searched: 'Where did they meet?',
    topic: 'Where did they meet?',
    outcome: 'answered',
    confidence: 0.873,
    notes: [],
    citations: [citation('They met in Reykjavik on Wednesday.', ['met', 'Reykjavik'])],
    ranking: [],
    trace: { candidates: 0, passages: [], decision: null, questions: [] },
    tookMs: 12.4,
    ...stated,
  };
}
