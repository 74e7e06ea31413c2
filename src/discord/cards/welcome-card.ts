import type { BotContext } from '../context/bot-context.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';

const MAX_SERVER_NAME = 100;

/** Tells a server that has just added the bot what it knows, how to ask, and where its settings are. */
export function welcomeCard(serverName: string, texts: Texts, bot: Pick<BotContext, 'library' | 'version'>): Card {
  const { articleCount, passageCount } = bot.library();
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [
      budget.add(`**${texts.say('welcome.heading', { server: escapeToFit(serverName, MAX_SERVER_NAME) })}**`),
      budget.add(
        texts.say('about.what', {
          version: bot.version,
          count: articleCount,
          passages: texts.say('sources.passages', { count: passageCount }),
        }),
      ),
      budget.add(texts.say('howTo.ask')),
      budget.add(texts.say('welcome.settings')),
    ],
  });
}
