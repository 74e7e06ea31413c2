import { expect, test } from 'vitest';
import { type AnswerNote, noteText } from '../../src/answering/answer-notes.js';

const NOTES: readonly (readonly [AnswerNote, string])[] = [
  [
    { kind: 'script', asked: 'Cyrillic', written: 'Latin' },
    'The question is in Cyrillic script, but the articles are in Latin script. Try asking in the language of the articles.',
  ],
  [
    { kind: 'language', asked: 'de', written: 'en' },
    'The question seems to be in German, but the articles are in English. Ask in English for a better answer.',
  ],
  [{ kind: 'spelling', typed: 'rekjavik', read: 'reykjavik' }, 'Searched for “reykjavik” instead of “rekjavik”.'],
  [{ kind: 'follow-up', earlier: 'Who met in 2021?' }, 'Treated as a follow-up to “Who met in 2021?”.'],
  [
    {
      kind: 'parts',
      parts: [
        { question: 'Who met?', outcome: 'answered', confidence: 0.876 },
        { question: 'Who left?', outcome: 'closest', confidence: null },
        { question: 'Who flew?', outcome: 'not-found', confidence: 0.1 },
      ],
      skipped: 0,
    },
    'You asked several questions at once: “Who met?” was answered (88% sure); “Who left?” has only close matches; “Who flew?” has no answer in the articles.',
  ],
  [
    { kind: 'parts', parts: [{ question: 'Who met?', outcome: 'closest', confidence: 0.3 }], skipped: 1 },
    'You asked several questions at once: “Who met?” has only close matches (30% sure). The last one was not looked up: ask up to 3 questions at once.',
  ],
  [
    { kind: 'parts', parts: [{ question: 'Who met?', outcome: 'answered', confidence: null }], skipped: 12 },
    'You asked several questions at once: “Who met?” was answered. The last 12 were not looked up: ask up to 3 questions at once.',
  ],
  [
    { kind: 'years-apart', published: ['2021-05-19', null, '2017-05-09'] },
    'The sources are a year or more apart ([1] 2021-05-19, [2] undated, [3] 2017-05-09). They are sorted by how well they match the question, not by date.',
  ],
  [
    {
      kind: 'figures-differ',
      figures: [
        { citation: 1, figures: ['1,550', '7'] },
        { citation: 3, figures: ['2.5'] },
      ],
    },
    'The sources give different figures ([1] 1,550 and 7; [3] 2.5). Compare them: the order shows how well each source matches the question, not which figure is right.',
  ],
  [
    { kind: 'uncalibrated' },
    'This model’s accuracy has not been measured, so there is no percentage. The best matches come first; judge for yourself whether they answer the question.',
  ],
];

test.each(NOTES)('a note is written as a sentence: %j', (note, text) => {
  expect(noteText(note)).toBe(text);
});

test.each([
  ['no', 'Norwegian'],
  ['pt', 'Portuguese'],
  ['ro', 'Romanian'],
])('the language code %s is shown as %s', (asked, name) => {
  expect(noteText({ kind: 'language', asked, written: 'en' })).toContain(`seems to be in ${name}, but`);
});
