import type { Article } from '../../corpus/article.js';
import { type Block, isSearched } from '../../corpus/block.js';
import { excerptOf } from '../../corpus/excerpt.js';
import { type Span, sliceOf } from '../../text/span.js';
import { ACCENTS } from '../cards/accents.js';
import { type CardText, fits, makeCard, type TextBudget } from '../cards/card.js';
import { quotation } from '../cards/quotation.js';
import { sourceLine } from '../cards/source-line.js';
import { requirePassage } from '../context/location.js';
import { decodeAnswerPassage } from '../format/custom-id.js';
import { escapeMarkdown, escapeToFit } from '../format/markdown.js';
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
  return {
    before: readable.filter(({ end }) => end <= passage.start).slice(-PARAGRAPHS_PER_SIDE),
    after: readable.filter(({ start }) => start >= passage.end).slice(0, PARAGRAPHS_PER_SIDE),
  };
}

/** Shows a paragraph, shortened if there is not enough room for all of it. It takes an equal share of the room. */
function paragraphText(article: Article, paragraph: Block, budget: TextBudget, remaining: number): CardText | null {
  const share = budget.share(remaining);
  const text = sliceOf(article.text, paragraph);
  const whole = text.length < share.characters ? escapeMarkdown(text) : '';
  // One is left for the line feed between two paragraphs.
  const room = { characters: share.characters - 1, bytes: share.bytes - 1 };
  if (whole.trim() !== '' && fits(styled(whole, paragraph), room))
    return budget.add(styled(whole, paragraph), { hasDivider: true });
  // A UTF-16 unit takes up to three bytes. Eight characters are left for asterisks and quotation marks.
  const maxCharacters = Math.max(0, Math.min(share.characters, Math.floor(share.bytes / 3)) - 8);
  const escaped = escapeToFit(text, maxCharacters);
  const shown = styled(escaped, paragraph);
  return escaped.length < 2 || !fits(shown, share) ? null : budget.add(shown, { hasDivider: true });
}

function styled(escaped: string, { kind }: Block): string {
  return kind === 'heading' ? `**${escaped.replaceAll('\n', ' ')}**` : escaped;
}
