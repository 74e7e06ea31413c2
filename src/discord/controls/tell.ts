import { textCard } from '../cards/card.js';
import { askedInOf } from '../context/recent-answers.js';
import { Refusal } from '../context/refusal.js';
import { decodeAnswerPassage } from '../format/custom-id.js';
import { jumpLink } from '../format/jump-link.js';
import type { Control } from './control.js';
import { isOriginalAnswer, shownQuestion } from './shown-answer.js';

/** How many days a question is stored in a server that stores none by itself: pressing the button is a choice of its own. */
const TOLD_DAYS = 30;

/**
 * Puts the question of an answer into `/gaps`, for the people who write the articles. Anyone may use it, and only they see that it
 * worked. The question stays the asker's: it is deleted with whatever else is stored about them.
 *
 * Values: an `AnswerPassage`.
 */
export const TELL: Control = {
  isQuestion: true,
  acknowledgement(press) {
    if (press.location.serverId === null) throw new Refusal('failure.needsServer');
    if (!isOriginalAnswer(press)) throw new Refusal('menu.tellOriginal');
    return 'private';
  },
  async run(press) {
    const { interaction, asker, values, location, texts, bot } = press;
    const { message } = interaction;
    const { serverId, settings } = location;
    if (serverId === null) throw new Refusal('failure.needsServer');
    const { passageId } = decodeAnswerPassage(values);
    const days = Math.max(settings.keptDays, TOLD_DAYS);
    bot.community.questions.add(
      {
        askedIn: askedInOf(message) ?? message.id,
        personId: asker,
        serverId,
        link: jumpLink(serverId, interaction.channelId, message.id),
        text: await shownQuestion(press),
        reason: 'told',
        passageId: passageId === '' ? null : passageId,
        askedAt: Date.now(),
      },
      days,
    );
    return textCard(texts.say('menu.told', { days }));
  },
};
