import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { Community } from '../../../src/community/community.js';
import type { NewPin } from '../../../src/community/pins.js';
import { offerPinCard, pinnedCard, pinsCard } from '../../../src/discord/cards/pins-card.js';
import type { BotContext } from '../../../src/discord/context/bot-context.js';
import { createLog } from '../../../src/discord/gateway/log.js';
import { LANGUAGES, textsFor } from '../../../src/discord/locales/texts.js';
import { temporaryFolder } from '../../library/temporary-folder.js';
import { paragraphsOf } from '../bot/shown-answer.js';
import { readEscaped } from '../bot/shown-text.js';
import { componentsOf, expectAccepted } from './card-rules.js';
import { ANYWHERE, ASKER, articlesOf, type StoredArticle, served } from './fixtures.js';
import { library, quoteText, texts, typedQuestion } from './generators.js';

const SERVER = '900000000000000001';

let community: Community;

beforeEach(() => {
  community = Community.open(temporaryFolder());
  onTestFinished(() => community.close());
});

/** As much of a bot as the cards of pins need. */
function botWith(articles: readonly StoredArticle[]): BotContext {
  return { ...served(articles), community, log: createLog('silent') } as unknown as BotContext;
}

function pinAll(pins: readonly Pick<NewPin, 'question' | 'articleId' | 'text'>[]): void {
  for (const { id } of community.pins.list(SERVER)) community.pins.remove(SERVER, id);
  for (const pin of pins)
    community.pins.add({ ...pin, serverId: SERVER, start: 0, personId: ASKER, pinnedAt: 0 }, () => false);
}

describe('whatever was pinned to what,', () => {
  test('the list stays within the limits of Discord, pings nobody and formats nothing that people wrote', () => {
    const pinned = fc.array(fc.record({ question: typedQuestion, text: quoteText, isGone: fc.boolean() }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(library, texts, pinned, fc.nat({ max: 3 }), (articles, spoken, pins, page) => {
        const [{ article, passages } = { article: null, passages: [] }] = articles;
        const there = article?.text.slice(passages[0]?.start, passages[0]?.end) ?? '';
        pinAll(
          pins.map(({ isGone, text, ...pin }) => ({
            ...pin,
            articleId: article?.id ?? '',
            text: isGone ? text : there,
          })),
        );
        const viewing = { page, asker: ASKER, location: ANYWHERE, texts: spoken, bot: botWith(articles) };
        const card = pinsCard(SERVER, viewing);
        expectAccepted(card);
        const [, ...listed] = paragraphsOf(componentsOf(card));
        expect(listed.length).toBeGreaterThan(0);
        for (const { text } of listed) {
          const [question = '', opening = ''] = text.split('\n');
          readEscaped(question.replace(/^\*\*|\*\*$/g, ''));
          readEscaped(opening);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test.each(['x', '漢', '"', '\\', '*', '`', '\u0301', '\u0001', '😀', '\ud83d', 'א'])(
  'with texts of maximum length that consist of %j, every card of pins stays within the limits in every language',
  (unit) => {
    const endless = `a${unit.repeat(50_000 / unit.length)}a`;
    const question = `a${unit.repeat(Math.floor(290 / unit.length))}a`;
    const title = endless.slice(0, 2_000);
    const about = { title, url: null, publisher: title, published: '2021-05-19', collection: null };
    const paragraphs = Array.from({ length: 6 }, () => [endless, 'paragraph'] as const);
    const articles = articlesOf([{ ...about, id: '', file: '1', paragraphs }]);
    const [{ article, passages } = { article: null, passages: [] }] = articles;
    const pin = { question, articleId: article?.id ?? '', text: endless };
    pinAll([pin, pin, { ...pin, text: `${endless}gone` }, pin, pin, pin]);
    const passageIds = passages.map(({ id }) => id);
    for (const language of LANGUAGES) {
      const viewing = { page: 0, asker: ASKER, location: ANYWHERE, texts: textsFor(language), bot: botWith(articles) };
      const request = {
        question,
        passageId: passageIds[0] ?? '',
        serverId: SERVER,
        personId: ASKER,
        location: ANYWHERE,
      };
      const offer = offerPinCard(question, passageIds, { ...viewing, interaction: { user: { id: ASKER } } });
      if (offer === null) throw new Error('Nothing was offered');
      for (const card of [pinsCard(SERVER, viewing), offer, pinnedCard(request, viewing.texts, viewing.bot)])
        expectAccepted(card);
    }
  },
);
