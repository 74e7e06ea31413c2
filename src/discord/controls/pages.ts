import { NO_VOTES } from '../cards/answer-card.js';
import { articleCard } from '../cards/article-card.js';
import { foundCard } from '../cards/found-card.js';
import { queryIn } from '../cards/query.js';
import { sourcesCard } from '../cards/sources-card.js';
import { Refusal } from '../context/refusal.js';
import { answerPage, articleIdOf, componentsOf, questionBehind } from './answer-behind.js';
import { type ComponentContext, type Control, editForAsker, numberOf } from './control.js';

/** The previous or next passage of an answer: values are the page and the article that was asked. */
export const PAGE: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  async run(press) {
    const { interaction, isByAsker, values, bot } = press;
    const articleId = articleIdOf(values[1]);
    const own = isByAsker ? {} : await copyFor(press);
    const { card, given } = await answerPage(press, numberOf(values[0]), articleId, own);
    // The copy has buttons of its own, which find the answer by what made it.
    if (!isByAsker) bot.recentAnswers.remember(interaction.id, given);
    return card;
  },
};

/** What is different in a copy for somebody who did not ask. It shows the question: the one it answers stands elsewhere. */
async function copyFor(press: ComponentContext): Promise<{
  asker: string;
  isPrivate: boolean;
  votes: typeof NO_VOTES;
  query: string | null;
}> {
  // An answer that is remembered is shown without a question that cannot be read.
  const query = await questionBehind(press).catch(() => null);
  return { asker: press.interaction.user.id, isPrivate: true, votes: NO_VOTES, query };
}

/** A page of what was found for the words in the message. */
export const FOUND: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  run(press) {
    const words = queryIn(componentsOf(press));
    if (words === null) throw new Refusal('outdated.question');
    return foundCard(words, { ...press, page: numberOf(press.values[0]) });
  },
};

/** A page of the list of articles. */
export const SOURCES_PAGE: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  run: (press) => sourcesCard(queryIn(componentsOf(press)), { ...press, page: numberOf(press.values[0]) }),
};

/** A page of an article: values are its id and the page. */
export const ARTICLE_PAGE: Control = {
  isQuestion: true,
  acknowledgement: editForAsker,
  run: (press) => articleCard(press.values[0] ?? '', { ...press, page: numberOf(press.values[1]) }),
};
