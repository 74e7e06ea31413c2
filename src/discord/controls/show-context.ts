import type { Article, Paragraph } from '../../corpus/article.js';
import { ACCENTS } from '../cards/accents.js';
import { type CardText, fits, makeCard, type TextRoom } from '../cards/card.js';
import { quotation } from '../cards/quotation.js';
import { sourceLine } from '../cards/source-line.js';
import { requirePassage } from '../context/location.js';
import { escapeToFit } from '../format/markdown.js';
import type { Control } from './control.js';

/** Paragraphs of each side. */
const AROUND = 2;

/** The paragraphs before and after a passage, for the person who wants to read on: values are its id and the article that was asked. */
export const CONTEXT: Control = {
  isQuestion: true,
  acknowledgement: () => 'private',
  run({ values, location, texts, bot }) {
    const { article, passage } = requirePassage(values[0] ?? '', location, bot);
    const read = article.paragraphs.filter(({ kind }) => kind === 'body' || kind === 'heading');
    const before = read.filter(({ end }) => end <= passage.start).slice(-AROUND);
    const after = read.filter(({ start }) => start >= passage.end).slice(0, AROUND);
    const text = article.text.slice(passage.start, passage.end);
    return makeCard({
      accent: ACCENTS.plain,
      write: (room) => {
        const heading = room.add(`**${texts.say('context.heading')}**`);
        const line = room.add(sourceLine(article, text, texts));
        // The passage itself comes first to the room; what is around it shares the rest.
        const own = quotation(text, [], room.part(2));
        const middle = own === null ? null : room.add(own, { hasDivider: true });
        const beside = before.length + after.length;
        const around = [...before, ...after].map((paragraph, index) =>
          paragraphText(article, paragraph, room, beside - index),
        );
        return [heading, line, ...around.slice(0, before.length), middle, ...around.slice(before.length)];
      },
    });
  },
};

/** A paragraph as it is written, or how it begins where there is no room for all of it. */
function paragraphText(
  article: Article,
  { start, end, kind }: Paragraph,
  room: TextRoom,
  still: number,
): CardText | null {
  const text = article.text.slice(start, end);
  const part = room.part(still);
  const limit = Math.max(0, Math.min(part.characters, Math.floor(part.bytes / 3)) - 8);
  const escaped = escapeToFit(text, limit);
  const shown = kind === 'heading' ? `**${escaped.replaceAll('\n', ' ')}**` : escaped;
  return escaped.length < 2 || !fits(shown, part) ? null : room.add(shown, { hasDivider: true });
}
