import { expect, test } from 'vitest';
import { QuestionError, splitQuestions } from '../../../src/answering/question/question.js';
import { readMessage } from '../../../src/answering/question/read-message.js';
import { MAX_SEARCHED_CHARACTERS, shortenQuestion } from '../../../src/answering/question/shorten-question.js';
import { readQuestions } from '../../../src/answering/read-questions.js';

const CHAT = [
  'I have been at this since Tuesday evening and my coffee went cold twice already.',
  'My flatmate says I should just give up and go outside for once, which is fair, because the weather is nice again.',
  'We had friends over on Saturday and somebody spilled juice all over the desk, so half of my notes are sticky now.',
];
const ASKED = 'How long does the ferry to Larch Island take?';

test('a question of up to 300 characters stays as it is', () => {
  const question = `${CHAT.join(' ').slice(0, MAX_SEARCHED_CHARACTERS - ASKED.length - 1)} ${ASKED}`;
  expect(question).toHaveLength(MAX_SEARCHED_CHARACTERS);
  expect(shortenQuestion(question)).toEqual({ text: question, isShortened: false });
});

test.each([
  ['at the beginning', [ASKED, ...CHAT]],
  ['in the middle', [...CHAT.slice(0, 2), ASKED, ...CHAT.slice(2)]],
  ['at the end', [...CHAT, ASKED]],
])('of a longer one, what asks is kept: %s', (_, sentences) => {
  expect(shortenQuestion(sentences.join(' '))).toEqual({ text: ASKED, isShortened: true });
});

test('without a question mark, a sentence counts that opens as a question', () => {
  const asked = 'How long does the ferry to Larch Island take.';
  expect(shortenQuestion([CHAT[0], asked, ...CHAT.slice(1)].join(' ')).text).toBe(asked);
});

test('of many questions the last ones are kept, in their order', () => {
  const questions = Array.from({ length: 20 }, (_, index) => `Which bell rings at ${index} o’clock in the morning?`);
  const kept = shortenQuestion(questions.join(' ')).text;
  expect(kept).toBe(questions.slice(-6).join(' '));
  expect(kept.length).toBeLessThanOrEqual(MAX_SEARCHED_CHARACTERS);
});

test('a question that says little alone keeps what stands before it, as much as fits', () => {
  const setting = 'The stove shows error E7 after every start.';
  const text = [...CHAT, setting, 'What does that mean?', 'Thanks to everybody who reads this.'].join(' ');
  const kept = shortenQuestion(text).text;
  expect(kept).toContain(`${setting} What does that mean?`);
  expect(kept).not.toContain('Thanks');
  expect(kept.length).toBeLessThanOrEqual(MAX_SEARCHED_CHARACTERS);
});

test('if nothing asks, the end is kept, from the beginning of a word', () => {
  const text = `${'stove error '.repeat(40)}code E7`;
  const kept = shortenQuestion(text).text;
  expect(text.endsWith(` ${kept}`)).toBe(true);
  expect(kept.length).toBeGreaterThan(MAX_SEARCHED_CHARACTERS - 10);
  expect(shortenQuestion('界'.repeat(1000)).text).toBe('界'.repeat(MAX_SEARCHED_CHARACTERS));
});

test.each([
  [`a${'?'.repeat(1999)}`, 'a?'],
  [`who rang ${'? '.repeat(900)}`, 'who rang?'],
  [`who ${'-'.repeat(500)} rang`, 'who rang'],
])('rows of punctuation are left out, and no word is', (question, text) => {
  expect(shortenQuestion(question)).toEqual({ text, isShortened: false });
});

/** What regular expressions go wrong on: openings without an end, and separators. */
const HOSTILE = [
  'a',
  'a ',
  '?',
  '? ',
  'who? ',
  '. ',
  ', and who ',
  '; who ',
  '<',
  '<@',
  '<a:',
  ':a: ',
  ':',
  '`',
  '``` ',
  '*a',
  '**a ',
  '_a',
  '~~a',
  '||',
  '[',
  '[a](',
  '](',
  '> ',
  '>>> ',
  '>\n',
  '> a\n',
  '\n',
  ' \n',
  '\r\n',
  '# ',
  'http://a ',
  'www.',
  '/a',
  'a/',
  '../a',
  'C:\\a',
  '1.',
  '1:',
  '0a',
  '0000-',
  '- ',
  '– ',
  '…',
  'hi ',
  'thanks, ',
  'sorry but ',
  'please ',
  '@a ',
  'could you please tell me ',
  'the on ',
  ' Aaa it',
  '’',
  'a’',
  '"(',
  '\u0301',
  '👍\u200d',
  '🇩',
  '#\ufe0f',
  '界',
  'aa',
  'AaBb',
  ' at ',
  '\tat a(b:1)\n',
  'File "a',
  'a.a.',
  'a:a:',
  '$ a\n',
  'a@b:',
  'x=1 ',
  '{}();\n',
  'INFO ',
  'a.b(',
  '2020 ',
  'on 2020 ',
  'x86-64 ',
  'and ',
  'also, ',
  'e.g. ',
  'U.S. ',
  'x:\n',
  '\u3000',
  '\ud800',
];

// Each takes a few milliseconds. The limit only tells them from what takes minutes.
test('no message takes long to read, whatever it repeats', { timeout: 30_000 }, () => {
  for (const unit of HOSTILE) {
    for (const [before, behind] of [
      ['', ''],
      ['who is ', ' x?'],
      ['', '\nwho is it?'],
      ['x\n', 'b!'],
    ] as const) {
      const room = 10_000 - before.length - behind.length;
      read(before + unit.repeat(room / unit.length) + behind);
      read(before + unit.repeat((room - 8000) / unit.length) + behind);
    }
  }
});

/** Reads a message as far as possible without a library. */
function read(message: string): void {
  try {
    const questions = splitQuestions(shortenQuestion(readMessage(message).question).text);
    readQuestions(questions.slice(0, 3), { question: message.slice(0, 2000), articleIds: [] });
  } catch (error) {
    expect(error).toBeInstanceOf(QuestionError);
  }
}
