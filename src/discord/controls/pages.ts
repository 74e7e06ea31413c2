import { type AnswerView, NO_VOTES } from '../cards/answer-card.js';
import { articleCard } from '../cards/article-card.js';
import { pinsCard } from '../cards/pins-card.js';
import { queryIn } from '../cards/query.js';
import { searchResultsCard } from '../cards/search-results-card.js';
import { sourcesCard } from '../cards/sources-card.js';
import { requirePinningServer } from '../context/pins.js';
import { Refusal } from '../context/refusal.js';
import { decodeAnswerPage, decodePage } from '../format/custom-id.js';
import { type ComponentContext, type Control, editForAsker } from './control.js';
import { answerPageCard, componentsOf, shownQuestion } from './shown-answer.js';

/**
 * Turns the page of an answer. Anyone may use it; only the asker changes the message itself.
 *
 * Values: an `AnswerPage`.
 */
export const ANSWER_PAGE: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  async run(press) {
    const { interaction, isByAsker, values, bot } = press;
    const changes = isByAsker ? {} : await copyFor(press);
    const { page, articleId } = decodeAnswerPage(values);
    const { card, given } = await answerPageCard(press, page, articleId, changes);
    // The copy has buttons of its own, and they find the answer by the interaction that made the copy.
    if (!isByAsker) bot.recentAnswers.remember(interaction.id, given);
    return card;
  },
};

/**
 * Overrides for a copy for someone who did not ask. The copy shows the question, because it does not appear below it.
 */
async function copyFor(press: ComponentContext): Promise<Pick<AnswerView, 'asker' | 'isPrivate' | 'votes' | 'query'>> {
  // A remembered answer can be shown even if its question can no longer be read.
  const query = await shownQuestion(press).catch(() => null);
  return { asker: press.interaction.user.id, isPrivate: true, votes: NO_VOTES, query };
}

/** Turns the page of the passages found for some words. Anyone may use it. Values: the page. */
export const FOUND_PAGE: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  run(press) {
    const words = queryIn(componentsOf(press));
    if (words === null) throw new Refusal('outdated.question');
    return searchResultsCard(words, { ...press, page: decodePage(press.values[0]) });
  },
};

/** Turns the page of the list of articles. Anyone may use it. Values: the page. */
export const SOURCES_PAGE: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  run: (press) => sourcesCard(queryIn(componentsOf(press)), { ...press, page: decodePage(press.values[0]) }),
};

/** Turns the page of an article. Anyone may use it. Values: the article's id, and the page. */
export const ARTICLE_PAGE: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  run: (press) => articleCard(press.values[0] ?? '', { ...press, page: decodePage(press.values[1]) }),
};

/** Turns the page of the list of pins. Only moderators may use it. Values: the page. */
export const PINS_PAGE: Control = {
  isQuestion: false,
  acknowledgement(press) {
    requirePinningServer(press);
    return editForAsker(press);
  },
  run: (press) => pinsCard(requirePinningServer(press), { ...press, page: decodePage(press.values[0]) }),
};
