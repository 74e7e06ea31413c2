import type { Answer, PassageTrace } from '../../answering/answer.js';
import { percentOf } from '../../answering/confidence/percent-of.js';
import { isPinned } from '../../answering/pinned-answer.js';
import { ACCENTS } from '../cards/accents.js';
import { makeCard } from '../cards/card.js';
import { passageText, toShownPassage } from '../cards/passage-card.js';
import { requirePassage } from '../context/location.js';
import { Refusal } from '../context/refusal.js';
import { decodeAnswerPassage } from '../format/custom-id.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { Control } from './control.js';
import { shownAnswer } from './shown-answer.js';

/** How many matched words are listed. */
const MAX_WORDS = 12;
/** Characters of a matched word. */
const MAX_WORD = 40;
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
  const { passageId, rank, termRank, vectorRank } = trace;
  const isFirst = answer.citations[0]?.passageId === passageId;
  return [
    matchedWords(trace, texts),
    texts.say('why.rank', { rank, count: answer.trace.candidates }),
    termRank === null ? texts.say('why.notByWords') : texts.say('why.byWords', { rank: termRank }),
    vectorRank === null ? texts.say('why.notByMeaning') : texts.say('why.byMeaning', { rank: vectorRank }),
    // The confidence is about the first citation only, and there is none for what a person pinned.
    ...(isFirst && !isPinned(answer, passageId) ? [confidenceReason(answer, texts)] : []),
  ];
}

function matchedWords({ words }: PassageTrace, texts: Texts): string {
  if (words.length === 0) return texts.say('why.noWords');
  const shown = (word: string): string => escapeToFit(word, MAX_WORD);
  const pairs = words
    .slice(0, MAX_WORDS)
    .map(({ question, passage }) =>
      question === passage
        ? texts.say('signs.quoted', { text: shown(question) })
        : texts.say('why.wordPair', { question: shown(question), passage: shown(passage) }),
    );
  return texts.say('why.words', { words: new Intl.ListFormat(texts.language).format(pairs) });
}

/** With several questions, the first citation has the confidence of the question that it is for. */
function confidenceReason({ confidence: overall, citations, notes }: Answer, texts: Texts): string {
  const parts = notes.flatMap((note) => (note.kind === 'parts' ? note.parts : []));
  const confidence = parts.find(({ question }) => question === citations[0]?.question)?.confidence ?? overall;
  return confidence === null
    ? texts.say('why.noConfidence')
    : texts.say('why.confidence', { percent: percentOf(confidence) });
}
