import type { Article } from '../../corpus/article.js';
import { type Block, isSearched } from '../../corpus/block.js';
import { excerptOf } from '../../corpus/excerpt.js';
import type { Span } from '../../text/span.js';
import { ACCENTS } from '../cards/accents.js';
import { type CardText, makeCard, type TextBudget } from '../cards/card.js';
import { plainText, quotation } from '../cards/quotation.js';
import { sourceLine } from '../cards/source-line.js';
import { requirePassage } from '../context/location.js';
import { decodeAnswerPassage } from '../format/custom-id.js';
import type { Control } from './control.js';

/** How many paragraphs are shown before the passage, and how many after it. */
const PARAGRAPHS_PER_SIDE = 2;

/**
 * Shows the paragraphs before and after a passage. Anyone may use it, and only they see it.
 *
 * Values: an `AnswerPassage`.
 */
export const SHOW_CONTEXT: Control = {
  isQuestion: true,
  acknowledgement: () => 'private',
  run({ values, location, texts, bot }) {
    const { article, passage } = requirePassage(decodeAnswerPassage(values).passageId, location, bot);
    const { before, after } = paragraphsAround(article, passage);
    const excerpt = excerptOf(article, passage);
    return makeCard({
      accent: ACCENTS.plain,
      write: (budget) => {
        const heading = budget.add(`**${texts.say('context.heading')}**`);
        const source = budget.add(sourceLine(article, excerpt, texts));
        // The passage is written first, so that it gets half the room. The paragraphs around it share the rest.
        const quote = quotation(excerpt, [], budget.share(2));
        const middle = quote === null ? null : budget.add(quote, { hasDivider: true });
        const paragraphs = [...before, ...after];
        const around = paragraphs.map((paragraph, index) =>
          paragraphText(article, paragraph, budget, paragraphs.length - index),
        );
        return [heading, source, ...around.slice(0, before.length), middle, ...around.slice(before.length)];
      },
    });
  },
};

function paragraphsAround(article: Article, passage: Span): { before: Block[]; after: Block[] } {
  const readable = article.blocks.filter(isSearched);
  const after = readable.filter(({ start }) => start >= passage.end);
  return {
    before: readable.filter(({ end }) => end <= passage.start).slice(-PARAGRAPHS_PER_SIDE),
    after: withoutHeadingAtEnd(after.slice(0, endWithText(after, PARAGRAPHS_PER_SIDE))),
  };
}

/** How many blocks to take so that the last one is no heading, which says nothing without what follows. */
function endWithText(blocks: readonly Block[], count: number): number {
  const next = blocks.findIndex(({ kind }, index) => index >= count - 1 && kind !== 'heading');
  return next === -1 ? count : next + 1;
}

/** At the end of an article nothing follows a heading. */
function withoutHeadingAtEnd(blocks: readonly Block[]): Block[] {
  return blocks.slice(0, blocks.findLastIndex(({ kind }) => kind !== 'heading') + 1);
}

/** Shows a block as it stands in the article, shortened if there is not enough room. It takes an equal share of the room. */
function paragraphText(article: Article, block: Block, budget: TextBudget, remaining: number): CardText | null {
  const excerpt = { ...excerptOf(article, block), introduction: [] };
  const { characters, bytes } = budget.share(remaining);
  const shown = plainText(excerpt, { characters: characters - 1, bytes: bytes - 1 });
  return shown === null ? null : budget.add(shown, { hasDivider: true });
}
