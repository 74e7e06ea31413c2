import type { Citation } from '../corpus/citation.js';
import type { AnswerNote } from './answer-notes.js';

const MS_PER_YEAR = 365 * 24 * 3600 * 1000;

/** Quotes whose passages are at least this similar are about the same thing; two accounts of one talk have .7 or so. */
const MIN_SIMILARITY = 0.55;

/**
 * What to know when several sources are cited: that they are a year or more apart, or that they give different figures.
 *
 * @param similarityOf Similarity of the passages of two citations, by their places from 0.
 */
export function compareCitations(
  citations: readonly Citation[],
  question: string,
  similarityOf: (a: number, b: number) => number,
): AnswerNote[] {
  const notes: AnswerNote[] = [];
  const published = citations.map(({ article }) => article.published);
  const times = published.flatMap((date) => (date === null ? [] : Date.parse(date)));
  if (times.length > 1 && Math.max(...times) - Math.min(...times) >= MS_PER_YEAR)
    notes.push({ kind: 'years-apart', published });
  const asked = new Set(figuresOf(question));
  const figures = citations.map(({ quote }) => figuresOf(quote).filter((figure) => !asked.has(figure)));
  const [first = []] = figures;
  const differing = figures.flatMap((other, index) => {
    const differs =
      index > 0 && first.length > 0 && other.length > 0 && !other.some((figure) => first.includes(figure));
    return differs && similarityOf(0, index) >= MIN_SIMILARITY ? [{ citation: index + 1, figures: other }] : [];
  });
  if (differing.length > 0)
    notes.push({ kind: 'figures-differ', figures: [{ citation: 1, figures: first }, ...differing] });
  return notes;
}

const MONTH = '(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.?';
/** Days and years: articles on different events differ in them without disagreeing. */
const DATES = new RegExp(
  `\\b\\d{1,2}(?:st|nd|rd|th)?\\s+${MONTH}\\b|\\b${MONTH}\\s+\\d{1,2}\\b|\\b(?:1[89]|20)\\d{2}\\b`,
  'gi',
);

/** The numbers of a text that are no dates and no part of a name ("G20"), each once: "1,550" and "2,5" as they are written. */
function figuresOf(text: string): string[] {
  return [...new Set(text.replace(DATES, ' ').match(/(?<![\p{L}\d.,])\d+(?:[.,]\d+)*(?![\p{L}\d])/gu) ?? [])];
}
