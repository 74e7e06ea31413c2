import { type AnswerView, NO_VOTES } from '../cards/answer-card.js';
import { articleCard } from '../cards/article-card.js';
import { foundCard } from '../cards/found-card.js';
import { queryIn } from '../cards/query.js';
import { sourcesCard } from '../cards/sources-card.js';
import { Refusal } from '../context/refusal.js';
import { type ComponentContext, type Control, editForAsker, pageOf } from './control.js';
import { answerPageCard, articleIdOf, componentsOf, shownQuestion } from './shown-answer.js';

/**
 * Turns the page of an answer. Anyone may use it; only the asker changes the message itself.
 *
 * Values: the page, and the id of the only article that was searched or `-`.
 */
export const ANSWER_PAGE: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  async run(press) {
    const { interaction, isByAsker, values, bot } = press;
    const changes = isByAsker ? {} : await copyFor(press);
    const { card, given } = await answerPageCard(press, pageOf(values[0]), articleIdOf(values[1]), changes);
    // The copy has buttons of its own, and they find the answer by the interaction that made the copy.
    if (!isByAsker) bot.recentAnswers.remember(interaction.id, given);
    return card;
  },
};

/**
 * What is different in a copy for someone who did not ask. It shows the question, because it is not posted below it.
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
    return foundCard(words, { ...press, page: pageOf(press.values[0]) });
  },
};

/** Turns the page of the list of articles. Anyone may use it. Values: the page. */
export const SOURCES_PAGE: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  run: (press) => sourcesCard(queryIn(componentsOf(press)), { ...press, page: pageOf(press.values[0]) }),
};

/** Turns the page of an article. Anyone may use it. Values: the article's id, and the page. */
export const ARTICLE_PAGE: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  run: (press) => articleCard(press.values[0] ?? '', { ...press, page: pageOf(press.values[1]) }),
};
