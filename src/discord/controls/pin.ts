import { textCard } from '../cards/card.js';
import { offerPinCard, pinnedCard } from '../cards/pins-card.js';
import { queryIn } from '../cards/query.js';
import { requirePinnable, requirePinningServer } from '../context/pins.js';
import { Refusal } from '../context/refusal.js';
import { decodeAnswerPassage } from '../format/custom-id.js';
import type { Control } from './control.js';
import { componentsOf, shownAnswer, shownQuestion } from './shown-answer.js';

/** How many passages are offered for a question that was not answered. */
const OFFERED_PASSAGES = 10;

/** Pins the passage that was selected to the question that the message shows. Only moderators may use it. No values. */
export const PIN: Control = {
  isQuestion: false,
  acknowledgement(press) {
    requirePinningServer(press);
    if (!press.isByAsker) throw new Refusal('private.notYours');
    return 'edit';
  },
  run(press) {
    const { interaction, selected, location, texts, bot } = press;
    const question = queryIn(componentsOf(press));
    if (question === null) throw new Refusal('outdated.question');
    const [passageId = ''] = selected;
    const serverId = requirePinningServer(press);
    return pinnedCard({ question, passageId, serverId, personId: interaction.user.id, location }, texts, bot);
  },
};

/**
 * Offers the passages of an answer, to be pinned to its question. Only moderators may use it, and only they see it.
 *
 * Values: an `AnswerPassage`.
 */
export const PIN_TO_ANSWER: Control = {
  isQuestion: false,
  acknowledgement(press) {
    requirePinningServer(press);
    return 'private';
  },
  async run(press) {
    const { values, texts } = press;
    const question = requirePinnable(await shownQuestion(press));
    const { answer } = await shownAnswer(press, decodeAnswerPassage(values).articleId);
    const passageIds = answer.ranking.map(({ passageId }) => passageId);
    return offerPinCard(question, passageIds, press) ?? textCard(texts.say('pins.noPassages'));
  },
};

/**
 * Offers passages for the unanswered question that was selected in `/gaps`. Only moderators may use it, and only they see it. No
 * values; what is selected is the id of the message or interaction that asked the question.
 */
export const PIN_FOR_GAP: Control = {
  isQuestion: false,
  acknowledgement(press) {
    requirePinningServer(press);
    return 'private';
  },
  async run(press) {
    const { selected, location, texts, bot } = press;
    const [askedIn = ''] = selected;
    const question = bot.community.questions.find(requirePinningServer(press), askedIn);
    if (question === null) throw new Refusal('outdated.question');
    const text = requirePinnable(question.text);
    const { ranking } = await bot
      .engineFor(press.interaction.user.id)
      .ask(text, { scope: location.scope, limit: OFFERED_PASSAGES });
    const passageIds = ranking.map(({ passageId }) => passageId);
    return offerPinCard(text, passageIds, press) ?? textCard(texts.say('pins.noPassages'));
  },
};
