import type { Citation } from '../corpus/citation.js';
import { anyOf, MONTH_STEMS, ORDINAL_ENDING } from '../text/english.js';
import { sliceOf } from '../text/span.js';
import type { AnswerNote } from './answer-notes.js';

const MS_PER_YEAR = 365 * 24 * 3600 * 1000;

/** Quotes from passages at least this similar are about the same thing; two accounts of one talk have about 0.7. */
const MIN_SIMILARITY = 0.55;

/**
 * Compares the cited sources.
 *
 * @param question The question as it was searched for. Figures in it are not compared.
 * @param similarityOf Returns the similarity of two citations' passages, by their index from 0.
 * @returns A note if the sources were published a year or more apart, and one if they give different figures.
 */
export function compareCitations(
  citations: readonly Citation[],
  question: string,
  similarityOf: (a: number, b: number) => number,
): AnswerNote[] {
  return [...compareDates(citations), ...compareFigures(citations, question, similarityOf)];
}

function compareDates(citations: readonly Citation[]): AnswerNote[] {
  const published = citations.map(({ article }) => article.published);
  const times = published.flatMap((date) => (date === null ? [] : Date.parse(date)));
  const areYearsApart = times.length > 1 && Math.max(...times) - Math.min(...times) >= MS_PER_YEAR;
  return areYearsApart ? [{ kind: 'years-apart', published }] : [];
}

/** Compares the figures of the first citation with those of each other one. */
function compareFigures(
  citations: readonly Citation[],
  question: string,
  similarityOf: (a: number, b: number) => number,
): AnswerNote[] {
  const asked = new Set(figuresOf(question));
  const [first = [], ...others] = citations.map((citation) =>
    figuresOf(decisiveText(citation)).filter((figure) => !asked.has(figure)),
  );
  const differing = others.flatMap((figures, index) => {
    // Within one article, different figures are about different things.
    const isOtherArticle = citations[index + 1]?.article.id !== citations[0]?.article.id;
    const differs = first.length > 0 && figures.length > 0 && !figures.some((figure) => first.includes(figure));
    return isOtherArticle && differs && similarityOf(0, index + 1) >= MIN_SIMILARITY
      ? [{ citation: index + 2, figures }]
      : [];
  });
  return differing.length === 0
    ? []
    : [{ kind: 'figures-differ', figures: [{ citation: 1, figures: first }, ...differing] }];
}

/** What stands around the highlights is about more than was asked. */
function decisiveText({ quote, highlights }: Citation): string {
  return highlights.map((highlight) => sliceOf(quote, highlight)).join(' ');
}

const MONTH = `${anyOf(MONTH_STEMS)}[a-z]*\\.?`;

/** Days and years. Articles about different events differ in them without contradicting each other. */
const DATES = new RegExp(
  `\\b\\d{1,2}${ORDINAL_ENDING}?\\s+${MONTH}\\b|\\b${MONTH}\\s+\\d{1,2}\\b|\\b(?:1[89]|20)\\d{2}\\b`,
  'gi',
);

/** The numbers of a text, each once and as written, except dates and parts of names ("G20"). */
function figuresOf(text: string): string[] {
  return [...new Set(text.replace(DATES, ' ').match(/(?<![\p{L}\d.,])\d+(?:[.,]\d+)*(?![\p{L}\d])/gu) ?? [])];
}
