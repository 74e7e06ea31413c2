import { type Snowflake, TimestampStyles, time } from 'discord.js';
import { locatePin } from '../../answering/pins/locate-pin.js';
import { isInScope } from '../../answering/question/scope.js';
import type { StoredPin } from '../../community/pins.js';
import { nameOf } from '../../corpus/article.js';
import { oneLine } from '../../text/visible-text.js';
import type { BotContext } from '../context/bot-context.js';
import { requirePassage } from '../context/location.js';
import { canPinTo, type PinRequest, pinPassage } from '../context/pins.js';
import { pageRows, selectRow } from '../format/action-rows.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';
import { openingLine } from './opening.js';
import { pageOf } from './page-of.js';
import { pageSuffix } from './page-suffix.js';
import { findPassage, type PageContext, passageText, toShownPassage, type ViewContext } from './passage-card.js';
import { queryText } from './query.js';

const PINS_PER_PAGE = 5;

// Characters, with what escaping adds.
const MAX_QUESTION = 250;
const MAX_ARTICLE_NAME = 100;
const MAX_OPENING = 150;

type PinView<View> = View & { readonly bot: BotContext };

/** Shows a page of the pins of a server, the latest first. A pin whose passage is gone says what to do. */
export function pinsCard(serverId: Snowflake, context: PinView<PageContext>): Card {
  const { asker, texts, bot } = context;
  const pins = bot.community.pins.list(serverId).toReversed();
  const everywhere = bot.community.pins.list(null).length;
  const { items: shown, page, pages } = pageOf(pins, context.page, PINS_PER_PAGE);
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [
      budget.add(
        pins.length === 0
          ? texts.say('pins.empty')
          : `${texts.say('pins.heading', { count: pins.length })}${pageSuffix(page, pages, texts)}`,
      ),
      ...budget.addAll(
        shown.map((pin) => pinText(pin, context)),
        { hasDivider: true },
      ),
      everywhere === 0 ? null : budget.add(`-# ${texts.say('pins.everywhere', { count: everywhere })}`),
    ],
    rows: pageRows(page, pages, (target) => ({ action: 'pins', asker, values: [String(target)] })),
  });
}

function pinText(pin: StoredPin, { location, texts, bot }: PinView<ViewContext>): string {
  const pinned = locatePin(pin, bot.library());
  const when = time(new Date(pin.pinnedAt), TimestampStyles.RelativeTime);
  const by =
    pin.personId === null
      ? texts.say('pins.bySomebody', { when })
      : texts.say('pins.by', { person: `<@${pin.personId}>`, when });
  const isElsewhere = pinned !== null && !isInScope(pinned.article, location.scope);
  return [
    `**${texts.say('signs.quoted', { text: shownQuestion(pin.question) })}**`,
    escapeToFit(oneLine(pin.text), MAX_OPENING),
    `-# ${pinned === null ? '' : `${escapeToFit(oneLine(nameOf(pinned.article)), MAX_ARTICLE_NAME)} · `}${by}`,
    ...(pinned === null ? [texts.say('pins.gone')] : []),
    ...(isElsewhere ? [texts.say('pins.elsewhere')] : []),
  ].join('\n');
}

/**
 * Pins a passage to a question, and shows what people who ask it see now.
 *
 * @throws {QuestionError} if the question is empty, too long or has no words.
 * @throws {Refusal} if nothing can be pinned to it, the passage is gone or not available here, or there are too many pins.
 */
export function pinnedCard(request: PinRequest, texts: Texts, bot: BotContext): Card {
  const { question, isReplaced } = pinPassage(request, bot);
  const passage = toShownPassage(requirePassage(request.passageId, request.location, bot));
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [
      budget.add(texts.say(isReplaced ? 'pins.replaced' : 'pins.added', { question: shownQuestion(question) })),
      passageText(passage, texts, budget),
    ],
  });
}

/**
 * Offers passages to be pinned to a question.
 *
 * @param passageIds The best first. Those that are no longer in the index are left out.
 * @returns null if there are none, or nothing can be pinned to this question.
 */
export function offerPinCard(
  question: string,
  passageIds: readonly string[],
  {
    interaction,
    texts,
    bot,
  }: Pick<ViewContext, 'texts' | 'bot'> & { readonly interaction: { readonly user: { readonly id: Snowflake } } },
): Card | null {
  if (!canPinTo(question)) return null;
  const passages = passageIds.flatMap((passageId) => {
    const passage = findPassage(passageId, bot);
    return passage === null ? [] : [{ passageId, ...passage }];
  });
  if (passages.length === 0) return null;
  const choices = passages.map(({ passageId, article, excerpt }) => ({
    value: passageId,
    label: nameOf(article),
    description: openingLine(excerpt),
  }));
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [queryText(question, budget), budget.add(texts.say('pins.offer'))],
    rows: [
      selectRow({ action: 'pin', asker: interaction.user.id, values: [] }, choices, {
        placeholder: texts.say('pins.choose'),
      }),
    ],
  });
}

/** A pinned question as it stands in a sentence. */
export function shownQuestion(question: string): string {
  return escapeToFit(oneLine(question), MAX_QUESTION);
}
