import { type Answer, type PassageTrace, percentOf } from '../../answering/answer.js';
import { ACCENTS } from '../cards/accents.js';
import { makeCard } from '../cards/card.js';
import { passageText, toShownPassage } from '../cards/passage-card.js';
import { requirePassage } from '../context/location.js';
import { Refusal } from '../context/refusal.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import { answerBehind, articleIdOf } from './answer-behind.js';
import type { Control } from './control.js';

const MAX_WORDS = 12;
const MAX_WORD = 40;
/** Of a passage that is explained. */
const SHOWN_CHARACTERS = 800;

/** Why a passage was chosen, in plain words: values are its id and the article that was asked. */
export const WHY: Control = {
  isQuestion: true,
  acknowledgement: () => 'private',
  async run(press) {
    const { values, location, texts, bot } = press;
    const passageId = values[0] ?? '';
    const { answer } = await answerBehind(press, articleIdOf(values[1]));
    const trace = answer.trace.passages.find((one) => one.passageId === passageId);
    const passage = toShownPassage(requirePassage(passageId, location, bot));
    if (trace === undefined) throw new Refusal('why.nothing');
    const isFirst = answer.citations[0]?.passageId === passageId;
    return makeCard({
      accent: ACCENTS.plain,
      write: (room) => [
        room.add(texts.say('why.heading')),
        ...room.addAll(
          [
            wordsOf(trace, texts),
            texts.say('why.place', { rank: trace.rank, count: answer.trace.candidates }),
            trace.termRank === null ? texts.say('why.notByWords') : texts.say('why.byWords', { rank: trace.termRank }),
            trace.vectorRank === null
              ? texts.say('why.notByMeaning')
              : texts.say('why.byMeaning', { rank: trace.vectorRank }),
            ...(isFirst ? [surenessOf(answer, texts)] : []),
          ].map((line) => `- ${line}`),
        ),
        passageText(passage, texts, room, { maxCharacters: SHOWN_CHARACTERS }),
      ],
    });
  },
};

function wordsOf({ words }: PassageTrace, texts: Texts): string {
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

function surenessOf({ confidence }: Answer, texts: Texts): string {
  return confidence === null
    ? texts.say('why.noConfidence')
    : texts.say('why.confidence', { percent: percentOf(confidence) });
}
