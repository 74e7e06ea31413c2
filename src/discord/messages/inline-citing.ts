import { ACCENTS } from '../cards/accents.js';
import { type Card, makeCard } from '../cards/card.js';
import { findPassage, passageText, type ShownPassage } from '../cards/passage-card.js';
import type { MessageContext } from './message-context.js';

/**
 * Cites the best passage for each of the `[[words]]` in a message. A passage found twice is cited once.
 *
 * @returns null if no passage is close enough to any of them.
 */
export async function citeInline(
  words: readonly string[],
  { authorId, location, texts, bot }: MessageContext,
): Promise<Card | null> {
  const found = new Map<string, ShownPassage>();
  const engine = bot.engineFor(authorId);
  for (const query of words) {
    const { outcome, ranking } = await engine.ask(query, { scope: location.scope, limit: 1, isSearch: true });
    const passageId = ranking[0]?.passageId;
    const passage = outcome === 'not-found' || passageId === undefined ? null : findPassage(passageId, bot);
    if (passage !== null && passageId !== undefined) found.set(passageId, passage);
  }
  if (found.size === 0) return null;
  const passages = [...found.values()];
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [
      // The mention shows the author's name; it notifies nobody.
      budget.add(`-# ${texts.say('cite.heading', { person: `<@${authorId}>` })}`),
      ...passages.map((passage, index) => passageText(passage, texts, budget, { remaining: passages.length - index })),
    ],
  });
}
