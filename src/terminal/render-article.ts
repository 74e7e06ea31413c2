import { type Article, type ListedArticle, nameOf } from '../corpus/article.js';
import { isContent, isSearched } from '../corpus/block.js';
import type { PassageInArticle } from '../corpus/passage.js';
import { pluralise } from '../text/pluralise.js';
import type { Span } from '../text/span.js';
import { sourceLine } from './render-answer.js';
import { indent, printable, type Screen } from './screen.js';

/** Renders the paragraphs of an article. @param all Shows the title and boilerplate too, marked as such. */
export function renderArticle(article: Article, all: boolean, screen: Screen): string {
  const { colors } = screen;
  const paragraphs = article.blocks
    .filter((block) => all || isSearched(block))
    .map((block) => {
      const { start, end, kind } = block;
      const text = printable(article.text.slice(start, end));
      if (isContent(block)) return indent(text, 2, screen);
      if (kind === 'heading') return colors.bold(indent(text, 2, screen));
      return colors.dim(indent(`[${kind}] ${text}`, 2, screen));
    });
  return [
    colors.cyan(indent(sourceLine(article), 0, screen)),
    ...(article.url === null ? [] : [colors.dim(printable(article.url))]),
    ...paragraphs,
  ].join('\n\n');
}

/** Renders a passage with the paragraphs before and after it. */
export function renderInContext({ article, passage }: PassageInArticle, screen: Screen): string {
  const { colors } = screen;
  const searched = article.blocks.filter(isSearched);
  const inside = (span: Span): boolean => span.start < passage.end && span.end > passage.start;
  const first = searched.findIndex(inside);
  const last = searched.findLastIndex(inside);
  // A heading after the passage belongs to a paragraph that is not shown.
  const end = searched[last + 1]?.kind === 'heading' ? last + 1 : last + 2;
  const shown = searched.slice(Math.max(0, first - 1), end).map((paragraph) => {
    const text = printable(article.text.slice(paragraph.start, paragraph.end));
    return inside(paragraph) ? indent(text, 2, screen, '> ') : colors.dim(indent(text, 2, screen));
  });
  return [colors.cyan(indent(sourceLine(article), 0, screen)), ...shown].join('\n\n');
}

/** Renders a list of articles, one per line, grouped by collection: id, title, publisher, date, passages. */
export function renderArticleList(articles: readonly ListedArticle[], screen: Screen): string {
  const lines: string[] = [];
  let collection: string | null | undefined;
  for (const article of articles) {
    if (article.collection !== collection) {
      collection = article.collection;
      lines.push(screen.colors.bold(collection === null ? '(no collection)' : printable(collection)));
    }
    const facts = [article.publisher, article.published ?? 'undated', pluralise(article.passages, 'passage')];
    const text = `${printable(nameOf(article))} ${screen.colors.dim(
      `· ${facts
        .filter((fact) => fact !== null)
        .map(printable)
        .join(' · ')}`,
    )}`;
    lines.push(indent(text, 13, screen, `  ${article.id} `));
  }
  return lines.join('\n');
}
