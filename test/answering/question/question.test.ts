import { describe, expect, test } from 'vitest';
import { QuestionError, splitQuestions } from '../../../src/answering/question/question.js';
import { readMessage } from '../../../src/answering/question/read-message.js';
import { EXIT } from '../../../src/user-error.js';

describe('a question is refused with a reason', () => {
  test.each([
    ['', 'empty', 0, 'The question is empty. Ask about the articles'],
    [' \n\t ', 'empty', 0, 'The question is empty.'],
    [' ?! ', 'no-words', 2, 'The question has no words in it. Ask in a few words or a sentence.'],
    ['¿ 。', 'no-words', 3, 'The question has no words in it.'],
    ['🤷 。', 'reaction', 4, 'There is no question in that. Ask about the articles'],
    ['Thanks!', 'thanks', 7, 'My pleasure! Ask me about the articles'],
    ['x'.repeat(2_001), 'too-long', 2_001, 'The question has 2,001 characters; the limit is 2,000. Ask one thing'],
  ] as const)('%j', (input, problem, characters, words) => {
    const refusal = refusalOf(input);
    expect(refusal).toMatchObject({ problem, characters, exitCode: EXIT.usageError });
    expect(refusal.message).toContain(words);
  });

  test('but whitespace does not count, and half a surrogate pair is accepted', () => {
    expect(readMessage(`  ${'x '.repeat(999)}\n\n y  `).question).toBe(`${'x '.repeat(999)}y`);
    expect(readMessage('a\ud83d').question).toBe('a\ufffd');
  });
});

describe('a message is split if each part is a question that stands alone:', () => {
  test.each([
    ['Who met in Reykjavik? Where is the Harpa hall?', ['Who met in Reykjavik?', 'Where is the Harpa hall?']],
    [
      'Where did they meet in 2021 and who was fired in 2017?',
      ['Where did they meet in 2021', 'who was fired in 2017?'],
    ],
    [
      'Where did they meet in 2021, and who was fired in 2017?',
      ['Where did they meet in 2021', 'who was fired in 2017?'],
    ],
    ['Who paid the ferry; when does the boat sail?', ['Who paid the ferry', 'when does the boat sail?']],
    ['who paid the ferry and when does the boat sail', ['who paid the ferry', 'when does the boat sail']],
    ['WHO PAID THE FERRY AND WHEN DOES THE BOAT SAIL?', ['WHO PAID THE FERRY', 'WHEN DOES THE BOAT SAIL?']],
    ['Who sold bells?? Where was the sale?', ['Who sold bells??', 'Where was the sale?']],
    [
      'Who sold bells? Was the roof repaired? In which town is the hall?',
      ['Who sold bells?', 'Was the roof repaired?', 'In which town is the hall?'],
    ],
    // This "there" refers to nothing, and one content word is enough for a sentence.
    ['Is there a ferry? Are there bells in Oslo?', ['Is there a ferry?', 'Are there bells in Oslo?']],
    ['Who met? Who left?', ['Who met?', 'Who left?']],
    ['Who owns the ferry and what is there to see in Oslo?', ['Who owns the ferry', 'what is there to see in Oslo?']],
    // Split at both sentences and clauses.
    [
      'Who sold bells? Who paid the ferry and when does the boat sail?',
      ['Who sold bells?', 'Who paid the ferry', 'when does the boat sail?'],
    ],
    // Later questions may refer to the first one.
    ['Who met in Reykjavik? Where was it held?', ['Who met in Reykjavik?', 'Where was it held?']],
    ['Who met in Reykjavik? Who else was there?', ['Who met in Reykjavik?', 'Who else was there?']],
    ['Who paid the ferry and which other boats sank?', ['Who paid the ferry', 'which other boats sank?']],
    ['Who sold bells? Why?', ['Who sold bells?', 'Why?']],
    // Or be a part of one.
    ['How much is Plus? And Team?', ['How much is Plus?', 'And Team?']],
    ['How much is Plus? the Team plan?', ['How much is Plus?', 'the Team plan?']],
    ['How much is Plus? or for two years', ['How much is Plus?', 'or for two years']],
    // Or ask whether something is so.
    ['What does the ferry cost and does it have lamps?', ['What does the ferry cost', 'does it have lamps?']],
    ['When does the boat sail, and are there bells?', ['When does the boat sail', 'are there bells?']],
    // A statement stays with the question behind it.
    [
      'I like bells. Who sold the bells? Where was the sale?',
      ['I like bells. Who sold the bells?', 'Where was the sale?'],
    ],
    ['Who sold bells? I need one. Are they loud?', ['Who sold bells?', 'I need one. Are they loud?']],
    [
      'Who sold bells? Where is Oslo? What is rye bread? How old is the ferry?',
      ['Who sold bells?', 'Where is Oslo?', 'What is rye bread?', 'How old is the ferry?'],
    ],
    // The first part has nothing before it that it could refer to.
    ['Who paid him? Where is the ferry now?', ['Who paid him?', 'Where is the ferry now?']],
  ])('%s', (message, parts) => {
    expect(splitQuestions(message)).toEqual(parts);
  });
});

describe('a message is one question if', () => {
  test.each([
    ['it asks one thing', 'Where did Blinken and Lavrov meet?'],
    ['a clause has less than two content words', 'Who met in Reykjavik and what did they say?'],
    ['"and" joins verbs', 'What is made of bronze and is sold in Oslo?'],
    ['the second part has no content word', 'What does the ferry cost and is it so?'],
    ['"and" joins nouns', 'Who wrote the book and the play?'],
    ['"and" joins question words', 'Who met, when and where?'],
    ['"and" joins other words', 'What is the capital and largest city of Iceland?'],
    ['it ends in a statement', 'Who sold the bells? Where was the sale? Nobody knows it here.'],
    ['it begins with a fragment', 'Bells? Who sold the bells?'],
    ['a fragment has four words', 'Who sold the bells? the big bells there?'],
    ['a quote has question marks', 'Who said "why? because" and left?'],
    ['the first clause is a request', 'Tell me who met and where the summit was'],
    ['a sentence has no content word', 'What? Who sold the bells?'],
    ['a clause has only one content word', 'Who paid the ferry and who left?'],
    ['only a question mark follows', 'Who sold the bells? ?'],
    ['a part is empty', 'Who sold the bells? ? Where is the ferry now?'],
    ['a question is quoted', 'Who said "why?" and left?'],
    ['no question word follows the semicolon', 'Who paid the ferry; the boat is old'],
    ['"and" is part of another word', 'Who owns the land whose ferry sank?'],
  ])('%s: %s', (_, message) => {
    expect(splitQuestions(message)).toEqual([message]);
  });
});

function refusalOf(input: string): QuestionError {
  try {
    readMessage(input);
  } catch (error) {
    if (error instanceof QuestionError) return error;
    throw error;
  }
  throw new Error(`Not refused: ${input}`);
}
