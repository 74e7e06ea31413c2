import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Answer, PassageTrace } from '../../src/answering/answer.js';
import type { AnswerOptions } from '../../src/answering/answer-question.js';
import { QuestionError } from '../../src/answering/question/question.js';
import { chat } from '../../src/terminal/chat.js';
import { createOutput } from '../../src/terminal/output.js';
import { UserError } from '../../src/user-error.js';
import { answer, citation, plainScreen, reference } from './answers.js';

interface Asked {
  readonly question: string;
  readonly options: AnswerOptions;
}

const CITATIONS = [
  citation('They met in Reykjavik.', [], reference({ id: 'aaaaaaaaaa' })),
  citation('They met again.', [], reference({ id: 'cccccccccc' })),
];

test('a follow-up is asked together with the answer before it', async () => {
  const { asked } = await chatWith(['Who met in 2021?', 'and in 2017?'], {
    'Who met in 2021?': { topic: 'Who met in 2021?', citations: CITATIONS },
  });
  expect(asked).toEqual([
    { question: 'Who met in 2021?', options: { scope: null, earlier: null } },
    {
      question: 'and in 2017?',
      options: {
        scope: null,
        earlier: { question: 'Who met in 2021?', articleIds: ['aaaaaaaaaa', 'cccccccccc'] },
      },
    },
  ]);
});

test('a new topic is asked without the earlier answer', async () => {
  const { asked } = await chatWith(['Who met in 2021?', 'Which bells of the old church rang in Oslo?']);
  expect(asked.map(({ options }) => options.earlier)).toEqual([null, null]);
});

test('a follow-up that comes first is asked on its own', async () => {
  const { asked } = await chatWith(['and in 2017?']);
  expect(asked.map(({ options }) => options.earlier)).toEqual([null]);
});

test('a second follow-up is about the same as the first one', async () => {
  const { asked } = await chatWith(['Who met in 2021?', 'and in 2017?', 'why did he leave?'], {
    'and in 2017?': { topic: 'Who met in 2017?', citations: CITATIONS.slice(1) },
  });
  expect(asked[2]?.options.earlier).toEqual({ question: 'Who met in 2017?', articleIds: ['cccccccccc'] });
});

test('a follow-up after "not found" knows what was asked', async () => {
  const { asked } = await chatWith(['Who flew?', 'and in 2017?'], {
    'Who flew?': { topic: 'Who flew?', outcome: 'not-found', citations: [] },
  });
  expect(asked[1]?.options.earlier).toEqual({ question: 'Who flew?', articleIds: [] });
});

test('commands and empty lines do not separate a follow-up from its question', async () => {
  const { asked } = await chatWith(['Who met in 2021?', '', '/help', '/in news', '/why', 'and in 2017?']);
  expect(asked).toHaveLength(2);
  expect(asked[1]?.options).toMatchObject({
    scope: { collections: ['news'] },
    earlier: { question: 'Where did they meet?' },
  });
});

test('after a refused question, a follow-up builds on the last answer', async () => {
  const { asked, shown } = await chatWith(['Who met in 2021?', '?!', 'and in 2017?']);
  expect(shown).toContain('The question has no words in it.');
  expect(asked.at(-1)?.options.earlier).toMatchObject({ question: 'Where did they meet?' });
});

test('small talk is answered in a line, and a call for help with the help', async () => {
  const { asked, shown } = await chatWith(['thanks', 'help']);
  expect(asked).toEqual([]);
  expect(shown).toContain('My pleasure! Ask me about the articles whenever you like.');
  expect(shown).toContain('show the passage of source [2]');
});

test('answers are shown with their notes', async () => {
  const { shown } = await chatWith(['and in 2017?'], {
    'and in 2017?': { notes: [{ kind: 'follow-up', earlier: 'Who met in 2021?' }] },
  });
  expect(shown).toContain('Answered (87% sure).\nTreated as a follow-up to “Who met in 2021?”.\n');
});

test('/help mentions follow-up questions', async () => {
  const { shown } = await chatWith(['/help']);
  expect(shown).toMatch(/A question like “And in 2017\?” follows\s+up on\s+the previous one\./);
});

describe('/why', () => {
  const passage: PassageTrace = {
    passageId: CITATIONS[0]?.passageId ?? '',
    question: null,
    article: 'Talks',
    headings: [],
    reasons: [{ kind: 'same-words', words: ['met'] }],
    rank: 1,
    score: 1,
    termRank: 1,
    vectorRank: 1,
    prior: 0,
    features: {} as PassageTrace['features'],
    words: [],
  };
  const trace = { candidates: 1, passages: [passage], decision: null, questions: [] };

  test('explains the answer, and with a number one of its sources', async () => {
    const { shown } = await chatWith(['Who met?', '/why', '/why 1'], { 'Who met?': { trace } });
    expect(shown).toContain('Why this answer?\n[1] In “Talks”.\n    It has “met” from the question.\n');
    expect(shown.match(/It has “met”/g)).toHaveLength(2);
    expect(shown.match(/Why this answer/g)).toHaveLength(1);
  });

  test('says what is wrong if there is nothing to explain', async () => {
    expect((await chatWith(['/why'])).shown).toContain('Ask a question first.');
    expect((await chatWith(['Who met?', '/why 7'])).shown).toContain('The last answer has only source [1].');
    expect((await chatWith(['Who met?', '/why 1'])).shown).toContain('That source ranks too low to be explained.');
  });
});

/** Runs a chat with these lines. Each question gets the answer given for it, if there is one. */
async function chatWith(
  lines: readonly string[],
  answers: Readonly<Record<string, Partial<Answer>>> = {},
): Promise<{ asked: readonly Asked[]; shown: string }> {
  const asked: Asked[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'footnote-chat-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const historyFile = join(folder, 'history');
  writeFileSync(historyFile, '');
  const input = new PassThrough();
  const output = new PassThrough();
  const shown = readAll(output);
  input.end(`${lines.join('\n')}\n`);
  await chat(
    {
      ask(question, options) {
        if (!/\p{L}/u.test(question)) return Promise.reject(new UserError('The question has no words in it.'));
        if (question === 'thanks' || question === 'help')
          return Promise.reject(new QuestionError(question, question.length));
        asked.push({ question, options });
        return Promise.resolve(answer({ question, ...answers[question] }));
      },
      articles: () => [{ ...reference(), passages: 2 }],
      requireCollection: () => {},
      passage: () => null,
      historyFile,
    },
    {
      input,
      output: createOutput(output),
      screen: () => plainScreen(),
    },
  );
  output.end();
  expect(existsSync(historyFile)).toBe(true);
  return { asked, shown: await shown };
}
