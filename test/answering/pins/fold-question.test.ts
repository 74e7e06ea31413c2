import { describe, expect, test } from 'vitest';
import { pinProblem } from '../../../src/answering/pin-problem.js';
import { foldQuestion } from '../../../src/answering/pins/fold-question.js';
import { pinKeys } from '../../../src/answering/pins/pin-keys.js';

describe('a question is folded to what decides what it asks:', () => {
  test.each([
    ['capitals and marks', '«WHERE is it?!»', 'where is it'],
    ['spaces and dashes', 'Where  is – well – it ?', 'where is well it'],
    ['articles', 'Is the end of an era a start?', 'is end of era start'],
    ['how something is done', 'How can we open the box?', 'how to open box'],
    ['contractions', "What's there, and why isn't it?", 'what is there and why is not it'],
    ['contractions without an apostrophe', 'whats there and why cant I', 'what is there and why can not i'],
    ['greetings', 'Good evening! Hey all, who is it?', 'who is it'],
    ['a greeting before a question without a mark', 'hi who paid for it', 'who paid for it'],
    ['thanks', 'Who is it? Many thanks!', 'who is it'],
    ['"please" at either end', 'Please tell me, please', 'tell me'],
    ['a phrase in front', 'On a Tuesday, who is it?', 'who is it on tuesday'],
    ['a phrase in front of a greeting’s question', 'Hello, in 2021, who was it?', 'who was it in 2021'],
  ])('%s', (_, question, folded) => {
    expect(foldQuestion(question)).toBe(folded);
  });

  test.each([
    ['numbers and versions', 'Is 1.10 = 1.1.0?', 'is 1.10 = 1.1.0'],
    ['signs', 'C++, C#, .NET, @all, 10%, €5, 👍, a-b and f(x', 'c++ c# .net @all 10% €5 👍 a-b and f(x'],
    ['the capitals of options', 'What is -V?', 'what is -V'],
    ['feet and inches', `Is it 5' or 5"?`, `is it 5' or 5"`],
    ['small words and tenses', 'Was he to be at or from it', 'was he to be at or from it'],
    ['a letter that is a name', 'Is plan A vitamin a?', 'is plan a vitamin a'],
    ['accents', 'Où est-il schön?', 'où est-il schön'],
    ['a greeting that is part of a name', 'Hello World is what?', 'hello world is what'],
    ['thanks that are part of the question', 'How does one say thanks', 'how does one say thanks'],
    ['a question that begins with a preposition', 'In which year was it?', 'in which year was it'],
    ['what somebody else does', 'How do you store it?', 'how do you store it'],
    ['other writing systems', 'Где находится гавань?', 'где находится гавань'],
  ])('%s are left as they are', (_, question, folded) => {
    expect(foldQuestion(question)).toBe(folded);
  });

  test('a question of nothing else is only like itself', () => {
    expect([foldQuestion('The?'), foldQuestion('A'), foldQuestion('Please')]).toEqual(['the?', 'a', 'please']);
  });

  test('in a moment, however hostile it is', () => {
    const startedAt = performance.now();
    for (const part of ['!', '"', 'hi ', 'please ', 'thanks, ', 'a ', 'in ', "'", '-'])
      foldQuestion(`${part.repeat(2000 / part.length)}x`);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe('a misspelt word', () => {
  const vocabulary = ['castle', 'bridge', 'typical', 'loaded', 'stones'];
  const keysOf = (question: string, typed: string, read: string): string[] =>
    pinKeys(question, { changes: [{ typed, read }], vocabulary });

  test.each([
    ['a wrong letter', 'cassle', 'castle'],
    ['a missing letter', 'brige', 'bridge'],
    ['an added letter', 'briddge', 'bridge'],
    ['two swapped letters', 'brigde', 'bridge'],
    ['two swapped letters at the end', 'castel', 'castle'],
  ])('with %s is read as the pinned one', (_, typed, read) => {
    expect(keysOf(`the ${typed} fell`, typed, read)).toEqual([`${typed} fell`, `${read} fell`]);
  });

  test.each([
    ['whose first letter differs', 'the atypical end', 'atypical', 'typical'],
    ['whose last letter differs', 'the loader is here', 'loader', 'loaded'],
    ['with two slips', 'the bradgge fell', 'bradgge', 'bridge'],
    ['with a capital inside the question', 'the mayor of Castel', 'castel', 'castle'],
    ['for one that is no everyday word', 'the tarvik fell', 'tarvik', 'tarvek'],
  ])('%s may be another word', (_, question, typed, read) => {
    expect(keysOf(question, typed, read)).toHaveLength(1);
  });

  test('is corrected in a question that is all in capitals', () => {
    expect(keysOf('THE CASTEL FELL', 'castel', 'castle')).toContain('castle fell');
  });
});

test.each([
  ['Where is the quay?', null],
  [`Where is the ${'very '.repeat(60)}long quay?`, 'too-long'],
  ['Where is the quay? Who built the pier?', 'several'],
  ['And in 2017?', 'follow-up'],
  ['What did he do?', 'follow-up'],
])('"%s" as a question to pin to: %s', (question, problem) => {
  expect(pinProblem(question)).toBe(problem);
});
