import type { Answer, PassageTrace, QuestionTrace } from '../../answering/answer.js';
import { percentOf } from '../../answering/confidence/percent-of.js';
import { isPinned } from '../../answering/pinned-answer.js';
import { oneLine } from '../../text/visible-text.js';
import { ACCENTS } from '../cards/accents.js';
import { makeCard } from '../cards/card.js';
import { confidenceReasonText, passageReasonText } from '../cards/explanation-text.js';
import { passageText, toShownPassage } from '../cards/passage-card.js';
import { requirePassage } from '../context/location.js';
import { Refusal } from '../context/refusal.js';
import { decodeAnswerPassage } from '../format/custom-id.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { Control } from './control.js';
import { shownAnswer } from './shown-answer.js';

/** Characters of an earlier question. */
const MAX_QUESTION = 150;
/** Characters of the passage. */
const MAX_PASSAGE = 800;

/**
 * Explains in plain words why a passage was chosen. Anyone may use it, and only they see it.
 *
 * Values: an `AnswerPassage`.
 */
export const WHY: Control = {
  isQuestion: true,
  acknowledgement: () => 'private',
  async run(press) {
    const { values, location, texts, bot } = press;
    const { passageId, articleId } = decodeAnswerPassage(values);
    const { answer } = await shownAnswer(press, articleId);
    const passage = toShownPassage(requirePassage(passageId, location, bot));
    const trace = answer.trace.passages.find((one) => one.passageId === passageId);
    const pinned = isPinned(answer, passageId);
    if (trace === undefined && !pinned) throw new Refusal('why.nothing');
    const reasons = [
      ...(pinned ? [texts.say('why.pinned')] : []),
      ...(trace === undefined ? [] : reasonsFor(trace, answer, texts)),
    ];
    return makeCard({
      accent: ACCENTS.plain,
      write: (budget) => [
        budget.add(texts.say('why.heading')),
        ...budget.addAll(reasons.map((reason) => `- ${reason}`)),
        passageText(passage, texts, budget, { maxCharacters: MAX_PASSAGE }),
      ],
    });
  },
};

function reasonsFor(trace: PassageTrace, answer: Answer, texts: Texts): string[] {
  const { passageId, question } = trace;
  const asked = answer.trace.questions.find((one) => one.question === question);
  const isOfQuestion = (one: { readonly question: string | null }): boolean => one.question === question;
  const first = answer.citations.find(isOfQuestion) ?? answer.trace.passages.find(isOfQuestion);
  // The confidence is about all that is shown. It is explained once, with the first source; what a person pinned has none.
  const isFirst = first?.passageId === passageId;
  return [
    ...trace.reasons.map((reason) => passageReasonText(reason, texts)),
    ...(asked === undefined ? [] : readingReasons(asked, texts)),
    ...(asked !== undefined && isFirst ? confidenceLines(asked, texts) : []),
  ];
}

function readingReasons({ earlier, hasPaste }: QuestionTrace, texts: Texts): string[] {
  return [
    ...(earlier === null
      ? []
      : [texts.say('why.earlierQuestion', { earlier: escapeToFit(oneLine(earlier), MAX_QUESTION) })]),
    ...(hasPaste ? [texts.say('why.pasted')] : []),
  ];
}

function confidenceLines({ confidence, reasons }: QuestionTrace, texts: Texts): string[] {
  if (confidence === null) return [texts.say('why.noConfidence')];
  const lines = reasons.map(
    (reason) => `  - ${reason.effect === 'raises' ? '**+**' : '**−**'} ${confidenceReasonText(reason, texts)}`,
  );
  return [
    texts.say('why.confidence', { percent: percentOf(confidence) }),
    ...(lines.length === 0 ? [] : [[texts.say('why.comparison'), ...lines].join('\n')]),
  ];
}
