import { type Article, type ListedArticle, nameOf } from '../corpus/article.js';
import { isSearched } from '../corpus/block.js';
import { excerptOf } from '../corpus/excerpt.js';
import type { PassageInArticle } from '../corpus/passage.js';
import { type ShownBlock, shownBlocks } from '../corpus/shown-block.js';
import { pluralise } from '../text/pluralise.js';
import { overlap, type Span } from '../text/span.js';
import { renderBlock } from './render-excerpt.js';
import { indent, printable, printableLine, type Screen } from './screen.js';
import { sourceLine } from './source-line.js';

/** Renders an article as it reads. @param all Shows the title and boilerplate too, marked as such. */
export function renderArticle(article: Article, all: boolean, screen: Screen): string {
  const { colors } = screen;
  const searched = shownInArticle(article, { start: 0, end: article.text.length });
  const hidden = article.blocks.filter((block) => all && !isSearched(block));
  const parts = [
    ...searched.map(({ start, shown }) => ({ start, isTight: shown.isTight, text: renderBlock(shown, 2, screen) })),
    ...hidden.map(({ start, end, kind, rule = kind }) => {
      const text = printable(article.text.slice(start, end));
      return { start, isTight: false, text: colors.dim(indent(`[${rule}] ${text}`, 2, screen)) };
    }),
  ].toSorted((a, b) => a.start - b.start);
  const heading = [
    colors.cyan(indent(sourceLine(article), 0, screen)),
    ...(article.url === null ? [] : [colors.dim(printable(article.url))]),
  ];
  return [...heading.map((text) => ({ text, isTight: false })), ...parts]
    .map(({ text, isTight }, index) => `${index === 0 ? '' : isTight ? '\n' : '\n\n'}${text}`)
    .join('');
}

interface PlacedBlock {
  /** Offset in the article's text. */
  readonly start: number;
  readonly end: number;
  readonly shown: ShownBlock;
}

/** The searched blocks of a part of an article, as they are shown. */
function shownInArticle(article: Article, span: Span): PlacedBlock[] {
  const excerpt = excerptOf(article, span);
  return shownBlocks(excerpt, [], { namesCells: false }).map((shown, index) => {
    const { start, end } = excerpt.blocks[index] ?? { start: 0, end: 0 };
    return { start: span.start + start, end: span.start + end, shown };
  });
}

/** Renders a passage with the blocks before and after it. */
export function renderInContext({ article, passage }: PassageInArticle, screen: Screen): string {
  const { colors } = screen;
  const blocks = shownInArticle(article, { start: 0, end: article.text.length });
  const inside = (span: Span): boolean => overlap(span, passage);
  const first = blocks.findIndex(inside);
  const last = blocks.findLastIndex(inside);
  const next = blocks[last + 1]?.shown;
  // A heading after the passage belongs to a block that is not shown.
  const end = next?.form === 'text' && next.isHeading ? last + 1 : last + 2;
  const shown = blocks.slice(Math.max(0, first - 1), end).map((block, index) => {
    const text = renderBlock(block.shown, 2, screen);
    const space = index > 0 && block.shown.isTight ? '\n' : '\n\n';
    return `${space}${inside(block) ? `> ${text.slice(2)}` : colors.dim(text)}`;
  });
  return [colors.cyan(indent(sourceLine(article), 0, screen)), ...shown].join('');
}

/** Renders a list of articles, one per line, grouped by collection: id, title, publisher, date, passages. */
export function renderArticleList(articles: readonly ListedArticle[], screen: Screen): string {
  const lines: string[] = [];
  const saysUndated = articles.some(({ published }) => published !== null);
  let collection: string | null | undefined;
  for (const article of articles) {
    if (article.collection !== collection) {
      collection = article.collection;
      lines.push(screen.colors.bold(collection === null ? '(no collection)' : printableLine(collection)));
    }
    const facts = [
      article.publisher,
      article.published ?? (saysUndated ? 'undated' : null),
      pluralise(article.passages, 'passage'),
    ];
    const text = `${printableLine(nameOf(article))} ${screen.colors.dim(
      `· ${facts
        .filter((fact) => fact !== null)
        .map(printableLine)
        .join(' · ')}`,
    )}`;
    lines.push(indent(text, 13, screen, `  ${article.id} `));
  }
  return lines.join('\n');
}
