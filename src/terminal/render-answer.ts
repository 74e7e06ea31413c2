import type { Answer } from '../answering/answer.js';
import { noteText } from '../answering/answer-notes.js';
import { percentOf } from '../answering/confidence/percent-of.js';
import { distinctionsOf } from '../corpus/article.js';
import type { Citation } from '../corpus/citation.js';
import type { ExcerptLocation } from '../corpus/excerpt.js';
import { oneLine } from '../text/visible-text.js';
import { renderQuote } from './render-excerpt.js';
import { indent, printable, printableLine, type Screen } from './screen.js';
import { type SourceFacts, sourceLine } from './source-line.js';

/** Renders an answer: the outcome, notes, then each quote with its source. */
export function renderAnswer(answer: Answer, screen: Screen): string {
  const lines = [headline(answer, screen), ...answer.notes.map((note) => indent(printable(noteText(note)), 0, screen))];
  const articles = answer.citations.map(({ article }) => article);
  const distinctions = distinctionsOf(articles);
  const saysUndated = articles.some(({ published }) => published !== null);
  answer.citations.forEach((citation, index) => {
    const facts = { distinction: distinctions[index] ?? null, saysUndated, location: citation.location };
    lines.push('', renderCitation(citation, index + 1, facts, screen));
  });
  return lines.join('\n');
}

function headline({ outcome, confidence }: Answer, screen: Screen): string {
  const { colors } = screen;
  switch (outcome) {
    case 'answered':
      return colors.green(indent(`Answered${confidenceSuffix(confidence)}.`, 0, screen));
    case 'partly':
      return colors.yellow(
        indent(
          `Partly answered${confidenceSuffix(confidence)}. Not all of your questions have an answer here.`,
          0,
          screen,
        ),
      );
    case 'closest':
      return colors.yellow(indent(`Perhaps${confidenceSuffix(confidence)}. These passages come closest.`, 0, screen));
    case 'not-found':
      return colors.red(indent('Not found. Nothing in the articles answers this.', 0, screen));
  }
}

/**
 * Formats a confidence as " (87% sure)"; empty if it is null.
 *
 * @internal Exported for tests.
 */
export function confidenceSuffix(confidence: number | null): string {
  return confidence === null ? '' : ` (${percentOf(confidence)}% sure)`;
}

function renderCitation(citation: Citation, number: number, facts: SourceFacts, screen: Screen): string {
  const { colors } = screen;
  const { article, excerpt, highlights } = citation;
  const quote = renderQuote(excerpt, highlights, article.url, screen);
  const label = `[${number}] `;
  const source = indent(sourceLine(article, facts), 4, screen, label.padEnd(4));
  const address = article.url === null ? null : sectionAddress(article.url, citation.location);
  const link = address === null ? '' : `\n    ${colors.dim(printable(address))}`;
  const asked =
    citation.question === null ? '' : `${indent(`For “${printableLine(oneLine(citation.question))}”:`, 0, screen)}\n`;
  return `${asked}${quote}\n${colors.cyan(source)}${link}`;
}

/** The address of the section that a quote is in, if the page has an id for it. */
function sectionAddress(url: string, { anchor }: ExcerptLocation): string {
  return anchor === null || url.includes('#') ? url : `${url}#${encodeURIComponent(anchor)}`;
}
