import type { Snowflake } from 'discord.js';
import { ACCENTS } from '../cards/accents.js';
import { type Card, makeCard } from '../cards/card.js';
import { passageOf, passageText, type ShownPassage } from '../cards/passage-card.js';
import type { BotContext } from '../context/bot-context.js';
import { type Location, scopeAt } from '../context/location.js';
import type { Texts } from '../locales/texts.js';

/** The passages that [[words]] of a message mean, each once; null when none is near enough. */
export async function citeInline(
  words: readonly string[],
  author: Snowflake,
  location: Location,
  texts: Texts,
  bot: BotContext,
): Promise<Card | null> {
  const found = new Map<string, ShownPassage>();
  for (const one of words) {
    const { outcome, ranking } = await bot.engine().ask(one, { scope: scopeAt(location), limit: 1 });
    const passageId = ranking[0]?.passageId;
    const passage = outcome === 'not-found' || passageId === undefined ? null : passageOf(passageId, bot);
    if (passage !== null && passageId !== undefined) found.set(passageId, passage);
  }
  if (found.size === 0) return null;
  const passages = [...found.values()];
  return makeCard({
    accent: ACCENTS.plain,
    write: (room) => [
      // A mention shows the name; nobody is told.
      room.add(`-# ${texts.say('cite.inline', { person: `<@${author}>` })}`),
      ...passages.map((passage, index) => passageText(passage, texts, room, { remaining: passages.length - index })),
    ],
  });
}
