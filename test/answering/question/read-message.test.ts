import { describe, expect, test } from 'vitest';
import {
  MAX_MESSAGE_CHARACTERS,
  MAX_QUESTION_CHARACTERS,
  QuestionError,
  type QuestionProblem,
} from '../../../src/answering/question/question.js';
import { readMessage, readWords } from '../../../src/answering/question/read-message.js';

const QUESTION = 'Who repaired the weather vane?';

describe('a question is found without the marks of a chat around it:', () => {
  test.each([
    ['a mention', `<@204060801020304050> ${QUESTION}`],
    ['a mention by nickname', `<@!204060801020304050> ${QUESTION}`],
    ['a role and a channel', `<@&204060801020304050> ${QUESTION} <#10203040506070809>`],
    ['a command and a time', `</find:10203040506070809> ${QUESTION} <t:1700000000:R>`],
    ['everyone', `@everyone ${QUESTION} @here`],
    ['emoji', `🐓 ${QUESTION} 👩🏽‍🔧🇮🇸1️⃣`],
    ['emoji of a server', `<:rooster:10203040506070809> ${QUESTION} <a:spin:10203040506070809>`],
    ['emoji in letters', `:rooster: ${QUESTION} :pray::skin-tone-3: :)`],
    ['a link', `${QUESTION} https://tower.example/vane?page=2#top`],
    ['a link without a preview', `<https://tower.example/vane> ${QUESTION}`],
    ['a link with text', '[Who repaired](https://tower.example/vane) the weather vane?'],
    ['bold, italic and struck words', 'Who **repaired** _the_ ~~weather~~ *vane*?'],
    ['code', 'Who `repaired` the ``weather`` vane?'],
    ['a spoiler', `||${QUESTION}||`],
    ['a heading', `## ${QUESTION}`],
    ['a quote above', `> it creaks in the wind\n> every night\n${QUESTION}`],
    ['a quote below', `${QUESTION}\n>>> it creaks in the wind\n\nevery night`],
    ['the mention inside', 'Who repaired <@204060801020304050> the weather vane <@&204060801020304050>?'],
  ])('%s', (_, message) => {
    expect(readMessage(message)).toMatchObject({ question: QUESTION, pasted: '' });
  });
});

describe('marks that belong to a question stay:', () => {
  test.each([
    ['names with signs', 'What do __init__ and snake_case_names do?', 'What do init and snake_case_names do?'],
    ['a sum', 'Why is 2 * 3 * 4 not 20?', 'Why is 2 * 3 * 4 not 20?'],
    ['a mail address', 'Who reads info@here.example?', 'Who reads info@here.example?'],
    ['a role of a document', 'How do I use :ref: in a heading?', 'How do I use :ref: in a heading?'],
    ['a trade mark', 'Who makes Tower™ and Vane®?', 'Who makes Tower™ and Vane®?'],
    ['quotation marks', 'Who said "stop the vane?"', 'Who said "stop the vane?"'],
    ['a single line of code', 'std::map<int> m = {}; // vane', 'std::map<int> m = {}; // vane'],
    ['a link that is asked about', 'What is https://tower.example/vane?', 'What is https://tower.example/vane?'],
    ['a code block in a sentence', 'What does ```vane --turn``` do?', 'What does vane --turn do?'],
  ])('%s', (_, message, question) => {
    expect(readMessage(message)).toMatchObject({ question, pasted: '' });
  });
});

describe('courtesies in front of a question and behind it are left out:', () => {
  test.each([
    `Hi all! ${QUESTION}`,
    `hey folks, ${QUESTION}`,
    `hellooo @kim ${QUESTION}`,
    `Good morning. Quick question: ${QUESTION}`,
    `Sorry if this was asked before, but ${QUESTION}`,
    `Could someone please tell me: ${QUESTION}`,
    `Does anybody here know, ${QUESTION}`,
    `ok thanks! ${QUESTION}`,
    `Good bot. ${QUESTION}`,
    `Lol. By the way, ${QUESTION}`,
    `${QUESTION} Thanks in advance!`,
    `${QUESTION}\n\nThank you so much for your help\nKim Berg`,
    `${QUESTION} Any ideas?`,
    `${QUESTION} please`,
    `${QUESTION} Cheers :)`,
    `Hola, ${QUESTION} Gracias!`,
    `Hello friends, hope you're enjoying the long weekend! ${QUESTION}`,
    `Thanks for the quick reply yesterday. ${QUESTION}`,
    `Sorry for the newbie question, I'm still lost: ${QUESTION}`,
    `Can anybody lend me a hand? ${QUESTION} I'd be forever grateful!`,
    `heyyy plss, ${QUESTION}`,
    `haha ok so ${QUESTION}`,
    `Hi!\n\nsorry to bother you, can anyone help me? ${QUESTION}\n\nBest regards,\nKim`,
  ])('%j', (message) => {
    expect(readMessage(message).question).toBe(QUESTION);
  });

  test.each([
    ['hi who repaired it', 'who repaired it'],
    ['thanks and who paid for it?', 'thanks and who paid for it?'],
    ['I was wondering if hens can fly', 'hens can fly'],
    ['anyone know where the ladder is', 'where the ladder is'],
    ['Where is the ladder, guys?', 'Where is the ladder?'],
    ['where is the ladder thx', 'where is the ladder'],
  ])('%j reads as %j', (message, question) => {
    expect(readMessage(message).question).toBe(question);
  });
});

describe('words of courtesy that are asked about stay:', () => {
  test.each([
    'When is Thanks Day?',
    'What does the hello command do?',
    'Hello world example',
    'How do I say good morning in Icelandic?',
    'What does this mean: ok?',
    'Which subcommand lists the others: help',
    'morning is when the shop opens?',
    'please hold button',
    'mods',
    'What is a test?',
    'In the US, who repairs weather vanes?',
    'At night, who guards the tower?',
    'III. Henry built which tower?',
    'And in the evening?',
    'Is it the same?',
    'Did it help?',
    'Anyone else?',
    'Can anyone use it?',
    'help channel',
    'question time',
    'guidance',
    'pointers',
    'right answer',
    'no reply',
    'welcome channel',
    'same day',
    'good evening gown',
    'ping',
    'I lost the key. Where is it kept?',
    'Two ladders lean on one wall. Will they hold?',
  ])('%s', (message) => {
    // "please" alone is never a subject.
    expect(readMessage(message).question).toBe(message === 'please hold button' ? 'hold button' : message);
  });
});

describe('what asks nothing is refused, and the error says what it is:', () => {
  test.each<readonly [QuestionProblem, readonly string[]]>([
    [
      'greeting',
      [
        'hi',
        'Hey everyone!',
        'HELLOOO',
        'good morning 👋',
        'bye all',
        'how are you?',
        'Guten Tag',
        '<@1> hi',
        '@Footnote hi',
      ],
    ],
    ['thanks', ['thanks', 'ty so much!!', 'ok, thank you :)', 'Hi, thanks for your help', 'merci beaucoup', 'спасибо']],
    ['praise', ['good bot', 'Bad bot!', 'nice one 👍', 'that helped', 'great, awesome']],
    ['help', ['help', 'Help me please', 'can someone help?', 'what can you do?', 'any ideas?', 'pls']],
    ['link', ['https://tower.example/vane', '<https://tower.example> 👀']],
    ['reaction', ['🐓', '<:rooster:10203040506070809>', ':rooster:', ':-)', 'lol', 'hmmmm', 'ok', 'yes really']],
    ['empty', ['', ' \n ', '<@204060801020304050>']],
    ['no-words', ['?', '?! …', '。']],
  ])('%s', (problem, messages) => {
    expect(messages.map((message) => [message, refusalOf(message).problem])).toEqual(
      messages.map((message) => [message, problem]),
    );
  });

  test('only small talk is called small talk', () => {
    expect(refusalOf('thanks').smallTalk).toBe('thanks');
    expect(refusalOf('?').smallTalk).toBeNull();
    expect(refusalOf('').smallTalk).toBeNull();
    expect(refusalOf('x'.repeat(MAX_MESSAGE_CHARACTERS + 1)).smallTalk).toBeNull();
  });
});

describe('a quote is what is asked about', () => {
  test.each([
    '> where is the ladder?',
    '<@204060801020304050>\n> where is the ladder?',
    '> where is the ladder?\nany ideas?',
  ])('if nothing else is: %j', (message) => {
    expect(readMessage(message).question).toBe('where is the ladder?');
  });

  test('if the question only points at it', () => {
    expect(readMessage('> The vane reports E17.\nwhat does that mean?').question).toBe('The vane reports E17.');
  });

  test('but not if it is only thanked for', () => {
    expect(refusalOf('> the ladder is in the shed\nthanks!').problem).toBe('thanks');
  });
});

const TRACE = `Traceback (most recent call last):
  File "/srv/vane/turn.py", line 7, in <module>
    motor.turn(angle)
vane.MotorError: gear 3 is stuck`;
const LOG = `2031-02-03 04:05:06,789 ERROR [motor-1] vane.Motor - gear 3 is stuck
2031-02-03 04:05:07,012 WARN  [motor-1] vane.Motor - giving up`;
const SESSION = `kim@tower:~$ vane turn --to north
vane: gear 3 is stuck
kim@tower:~$ echo $?`;

describe('what was pasted is told from what is asked:', () => {
  test.each([
    ['a stack trace below', `${QUESTION}\n${TRACE}`, TRACE],
    ['a stack trace above', `${TRACE}\n${QUESTION}`, TRACE],
    ['a log', `${QUESTION}\n\n${LOG}\n\nthanks`, LOG],
    ['a shell session', `${QUESTION}\n${SESSION}`, SESSION],
    ['a code block', `${QUESTION}\n\`\`\`py\nmotor.turn(90)\n\`\`\``, 'motor.turn(90)\n'],
    ['a code block without an end', `${QUESTION}\n\`\`\`\nmotor.turn(90)`, '\nmotor.turn(90)'],
    [
      'lines of code',
      `${QUESTION}\n  motor.turn({ to: "north" });\n  motor.stop();`,
      '  motor.turn({ to: "north" });\n  motor.stop();',
    ],
  ])('%s', (_, message, pasted) => {
    expect(readMessage(message)).toMatchObject({ question: QUESTION, pasted });
  });

  test('a log alone leaves no question', () => {
    expect(readMessage(LOG)).toEqual({ text: LOG.replace(/\s+/g, ' '), question: '', pasted: LOG });
  });

  test.each(['what does this mean?', 'help', 'How can I fix this error?', 'any idea?', 'why do I keep getting this'])(
    'a question that only points at it counts as none: %s',
    (question) => {
      expect(readMessage(`${question}\n\n${LOG}`)).toMatchObject({ question: '', pasted: LOG });
    },
  );

  test('a list, a bold line and a mention are no code', () => {
    const message =
      '<@204060801020304050> <@&204060801020304050>\n**The vane** __turns__\n- to the north\n    - and back\n1. why?';
    expect(readMessage(message).pasted).toBe('');
  });
});

describe('length', () => {
  test('a log may be longer than a question', () => {
    const log = `${LOG}\n`.repeat(40);
    expect(log.length).toBeGreaterThan(MAX_QUESTION_CHARACTERS);
    expect(readMessage(`${QUESTION}\n${log}`).question).toBe(QUESTION);
  });

  test.each([
    ['a message', 'x'.repeat(MAX_MESSAGE_CHARACTERS + 1), MAX_MESSAGE_CHARACTERS + 1],
    ['a question', `Hi! ${'x'.repeat(MAX_QUESTION_CHARACTERS + 1)}`, MAX_QUESTION_CHARACTERS + 1],
  ])('%s that is too long is refused', (_, message, characters) => {
    expect(refusalOf(message)).toMatchObject({ problem: 'too-long', characters });
  });

  test.each([
    '*',
    '**a ',
    '_',
    '`',
    '```',
    '|',
    '||a ',
    '~',
    '> ',
    '>>> ',
    '[',
    '[a](',
    '<@',
    '<@1>',
    '<:a',
    ':aa: ',
    ':a',
    '\n',
    '\n ',
    'hi ',
    'hi, ',
    'thanks ',
    'please ',
    'sorry if ',
    'can you ',
    'so ',
    'https://',
    'www.',
    '🐓',
    '\u200d',
    '? ',
    '? thanks ',
    'Error.',
    '    at x',
    '#1 ',
    '1:',
    '12:34:56 ',
    'a=b ',
    '/a',
    'aB',
    '(',
    'a ',
    '{',
    '-',
    '=> ',
  ])('ten thousand characters of %j are read in no time', (unit) => {
    const message = `x ${unit.repeat(MAX_MESSAGE_CHARACTERS)}`.slice(0, MAX_MESSAGE_CHARACTERS - 2);
    const startedAt = performance.now();
    try {
      readMessage(`${message} y`);
    } catch (error) {
      expect(error).toBeInstanceOf(QuestionError);
    }
    expect(performance.now() - startedAt).toBeLessThan(400);
  });
});

describe('search words', () => {
  test.each(['thanks', 'hello', 'help', 'https://tower.example/vane', 'please hold'])(
    'are all searched for: %s',
    (words) => {
      expect(readWords(` ${words}\n`)).toEqual({ text: words, question: words, pasted: '' });
    },
  );

  test.each([
    ['', 'empty'],
    ['🐓 ?', 'no-words'],
    ['x'.repeat(MAX_QUESTION_CHARACTERS + 1), 'too-long'],
  ])('are refused if there are none or too many', (words, problem) => {
    expect(() => readWords(words)).toThrow(expect.objectContaining({ problem }));
  });
});

function refusalOf(message: string): QuestionError {
  try {
    readMessage(message);
  } catch (error) {
    if (error instanceof QuestionError) return error;
    throw error;
  }
  throw new Error(`Not refused: ${message}`);
}
