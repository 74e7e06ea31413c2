/** The bot and the terminal each word their messages. In English the words are the same, apart from Markdown. */

import { expect, test } from 'vitest';
import { type AnswerNote, noteText as terminalText } from '../../../src/answering/answer-notes.js';
import {
  MAX_QUESTION_CHARACTERS,
  QuestionError,
  type QuestionProblem,
} from '../../../src/answering/question/question.js';
import { noteText } from '../../../src/discord/cards/note-text.js';
import { unescapeMarkdown } from '../../../src/discord/format/markdown.js';
import { createLog } from '../../../src/discord/gateway/log.js';
import { textsFor } from '../../../src/discord/locales/texts.js';
import { cardOrFailure } from '../../../src/discord/sending/failures.js';
import { shownDates } from '../bot/shown-text.js';

const ENGLISH = textsFor('en-GB');

/** At least one note of each kind. */
const NOTES: { readonly [Kind in AnswerNote['kind']]: Extract<AnswerNote, { readonly kind: Kind }> } = {
  pinned: { kind: 'pinned', question: 'Who met?', passageId: 'aaaaaaaaaa' },
  script: { kind: 'script', asked: 'Cyrillic', written: 'Latin' },
  language: { kind: 'language', asked: 'de', written: 'en' },
  spelling: { kind: 'spelling', typed: 'rekjavik', read: 'reykjavik' },
  'follow-up': { kind: 'follow-up', earlier: 'Who met in 2021?' },
  parts: {
    kind: 'parts',
    parts: [
      { question: 'Who met?', outcome: 'answered', confidence: 0.9 },
      { question: 'Who left?', outcome: 'closest', confidence: null },
      { question: 'Who flew?', outcome: 'not-found', confidence: 0.1 },
    ],
    skipped: 2,
  },
  'years-apart': { kind: 'years-apart', published: ['2021-05-19', null, '2017-05-09'] },
  'figures-differ': {
    kind: 'figures-differ',
    figures: [
      { citation: 1, figures: ['1,550', '7'] },
      { citation: 3, figures: ['2.5'] },
    ],
  },
  shortened: { kind: 'shortened' },
  withheld: { kind: 'withheld' },
  uncalibrated: { kind: 'uncalibrated' },
};

test.each(Object.values(NOTES))('a note reads the same in Discord as in the terminal: $kind', (note) => {
  expect(shownDates(unescapeMarkdown(noteText(note, ENGLISH)))).toBe(terminalText(note));
});

/** All but the one that only messages have, which are not looked up in the terminal. */
const PROBLEMS: Readonly<Record<Exclude<QuestionProblem, 'no-claims'>, number>> = {
  empty: 0,
  'no-words': 3,
  'too-long': MAX_QUESTION_CHARACTERS + 1,
  greeting: 2,
  thanks: 6,
  praise: 8,
  help: 4,
  link: 20,
  reaction: 1,
};

test.each(Object.entries(PROBLEMS))(
  'a refused question is explained the same in Discord as in the terminal: %s',
  async (problem, characters) => {
    const error = new QuestionError(problem as QuestionProblem, characters);
    const { card } = await cardOrFailure(() => Promise.reject(error), { texts: ENGLISH, log: createLog('silent') });
    expect(card.plain).toBe(error.message);
  },
);
