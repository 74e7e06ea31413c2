import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Article, ArticleReference } from '../../src/corpus/article.js';
import { objectsOf, SMALL_SEEDS, Workspace } from './workspace.js';

/** What is printed instead of an answer. */
interface Refused {
  readonly question: string;
  readonly error: string;
  readonly smallTalk?: string;
}

interface PrintedAnswer {
  readonly question: string;
  readonly searched: string;
  readonly outcome: string;
  readonly confidence: number;
  readonly notes: readonly { readonly kind: string; readonly text: string }[];
  readonly citations: readonly {
    readonly passageId: string;
    readonly article: ArticleReference;
    readonly question: string | null;
    readonly quote: string;
    readonly start: number;
    readonly end: number;
    readonly passage: string;
  }[];
  readonly ranking: readonly {
    readonly passageId: string;
    readonly articleId: string;
    readonly text: string;
    readonly score: number;
  }[];
  readonly tookMs: number;
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = new Workspace(SMALL_SEEDS);
  const { code, stderr } = await workspace.footnote(['index']);
  if (code !== 0) throw new Error(stderr);
});

afterAll(() => {
  workspace.remove();
});

const ID = expect.stringMatching(/^[a-z2-7]{10}$/);

// They all read one index that nothing writes to, so they can run at the same time.
describe.concurrent('ask --json', () => {
  test('says of each question in a message what became of it', async () => {
    const [first, second] = ['Where did Blinken and Lavrov sit down together?', 'How do I bake rye bread at home?'];
    const { outcome, confidence, notes, citations } = await workspace.json<PrintedAnswer>([
      'ask',
      `${first} ${second}`,
    ]);
    expect(outcome).toBe('partly');
    expect(notes).toMatchObject([
      {
        kind: 'parts',
        parts: [
          { question: first, outcome: 'answered', confidence },
          { question: second, outcome: 'not-found' },
        ],
        skipped: 0,
      },
    ]);
    expect(new Set(citations.map(({ question }) => question))).toEqual(new Set([first]));
  });

  test('prints one object with the outcome, the citations and the ranking', async () => {
    const answer = await workspace.json<PrintedAnswer>([
      'ask',
      'Where did Blinken and Lavrov',
      'sit down together in 2021?',
    ]);
    expect(Object.keys(answer)).toEqual([
      'question',
      'searched',
      'outcome',
      'confidence',
      'notes',
      'citations',
      'ranking',
      'tookMs',
    ]);
    expect(answer).toMatchObject({
      question: 'Where did Blinken and Lavrov sit down together in 2021?',
      searched: 'Where did Blinken and Lavrov sit down together in 2021?',
      notes: [],
      outcome: expect.stringMatching(/^(answered|closest)$/),
    });
    expect(answer.confidence).toBeGreaterThan(0.5);
    expect(answer.confidence).toBeLessThanOrEqual(1);
    expect(answer.tookMs).toBeGreaterThan(0);
    const [citation] = answer.citations;
    expect(citation).toEqual({
      passageId: ID,
      article: {
        id: ID,
        title: 'Blinken and Lavrov in Reykjavik',
        url: 'https://example.com/reykjavik',
        publisher: 'Example',
        published: '2021-05-19',
        file: 'diplomacy/reykjavik.md',
        collection: 'diplomacy',
      },
      question: null,
      quote: expect.stringMatching(
        /^Antony Blinken and Sergey Lavrov sat down together in Reykjavik on Wednesday 19 May 2021\. /,
      ),
      start: 0,
      end: 151,
      highlights: [{ start: 0, end: 89 }],
      passage: expect.stringContaining('Harpa concert hall'),
      context: [],
      location: { anchor: null, page: null, time: null },
      links: [],
      struck: [],
    });
    expect(answer.ranking[0]).toEqual({
      passageId: citation?.passageId,
      articleId: citation?.article.id,
      text: citation?.passage,
      score: expect.any(Number),
    });
    const scores = answer.ranking.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  test('every quote is a slice of its article’s text, even next to emoji and wide characters', async () => {
    const questions = [
      'What colour was the bridge painted in 1987?',
      'How many buckets of paint?',
      'Where is Nord Stream 2?',
    ];
    const { code, stdout } = await workspace.footnote(['ask', '--json'], { input: questions.join('\n') });
    expect(code).toBe(0);
    const answers = objectsOf<PrintedAnswer>(stdout);
    expect(answers.map(({ question }) => question)).toEqual(questions);
    const citations = answers.flatMap((answer) => answer.citations);
    expect(citations.map(({ article }) => article.file)).toContain('bridge.txt');
    const ids = [...new Set(citations.map(({ article }) => article.id))];
    const articles = await Promise.all(ids.map((id) => workspace.json<Article>(['show', id])));
    for (const { article, quote, start, end, passage } of citations) {
      const text = articles.find(({ id }) => id === article.id)?.text ?? '';
      expect(text.slice(start, end)).toBe(quote);
      expect(text).toContain(passage);
      expect(passage).toContain(quote);
    }
  });

  test('lists as many passages as --limit says, and the trace only with --explain', async () => {
    const one = await workspace.json<PrintedAnswer>([
      'ask',
      '--limit',
      '1',
      '--explain',
      'Where is the Harpa concert hall?',
    ]);
    expect(one.ranking).toHaveLength(1);
    expect(one).toHaveProperty('trace.passages');
  });

  test('says with --explain in words why the answer is as it is', async () => {
    const { stdout } = await workspace.footnote(['ask', '--explain', 'Where is the Harpa concert hall?']);
    const [, explanation = ''] = stdout.split('Why this answer?\n');
    expect(explanation).toMatch(/^\d+% sure that what is shown answers the question\./);
    expect(explanation).toMatch(/^ {2}[+−] /m);
    expect(explanation).toMatch(/^ {4}It has “Harpa”/m);
    expect(explanation).not.toMatch(/\d\.\d|MaxSim/);
  });

  test('says how it read a misspelt word', async () => {
    const answer = await workspace.json<PrintedAnswer>(['ask', 'How many kilometers of pipe did the enginers lay?']);
    expect(answer.question).toContain('enginers');
    expect(answer.searched).toContain('engineers');
    expect(answer.notes).toContainEqual({
      kind: 'spelling',
      typed: 'enginers',
      read: 'engineers',
      text: expect.stringContaining('engineers'),
    });
    expect(answer.citations[0]?.article.file).toBe('energy/pipeline.txt');
  });

  test('answers each question in a message, and says which one a citation is for', async () => {
    const [first, second] = ['What colour was the bridge painted in 1987?', 'Where is the Harpa concert hall?'];
    const answer = await workspace.json<PrintedAnswer>(['ask', `${first} ${second}`]);
    expect(answer.notes.map(({ kind }) => kind)).toContain('parts');
    const cited = answer.citations.map(({ question, article }) => [question, article.file]);
    expect(cited).toContainEqual([first, 'bridge.txt']);
    expect(cited).toContainEqual([second, 'diplomacy/reykjavik.md']);
  });

  test('searches only the collection that --collection names', async () => {
    const answer = await workspace.json<PrintedAnswer>([
      'ask',
      '--collection',
      'energy',
      'Where did Blinken meet Lavrov?',
    ]);
    const articles = await workspace.json<ArticleReference[]>(['articles']);
    const energy = articles.filter(({ collection }) => collection === 'energy').map(({ id }) => id);
    expect(new Set(answer.ranking.map(({ articleId }) => articleId))).toEqual(new Set(energy));
  });

  test('a question in a script that no article uses is not found, which is not a failure', async () => {
    const answer = await workspace.json<PrintedAnswer>(['ask', 'Где находится столица Франции?']);
    expect(answer).toMatchObject({ question: 'Где находится столица Франции?', outcome: 'not-found', citations: [] });
  });
});

describe.concurrent('questions on standard input', () => {
  test('are answered line by line: empty lines are skipped, and a bad question does not stop the others', async () => {
    const input = `Where is the Harpa concert hall?\r\n\r\n???\n   \n${'long '.repeat(2000)}\nWho built Nord Stream 2?`;
    const { code, stdout } = await workspace.footnote(['ask', '--json'], { input });
    expect(code).toBe(0);
    const printed = objectsOf<PrintedAnswer & { error?: string }>(stdout);
    expect(printed.map(({ question, error }) => error ?? question)).toEqual([
      'Where is the Harpa concert hall?',
      expect.stringContaining('has no words in it'),
      expect.stringMatching(/^The question has [\d,]+ characters; the limit is 2,000/),
      'Who built Nord Stream 2?',
    ]);
  });

  test('that are small talk are answered with their kind', async () => {
    const { code, stdout } = await workspace.footnote(['ask', '--json'], {
      input: 'thanks!\nhttps://a.example\n???\n',
    });
    expect(code).toBe(0);
    expect(objectsOf<Refused>(stdout).map(({ question, smallTalk }) => [question, smallTalk])).toEqual([
      ['thanks!', 'thanks'],
      ['https://a.example', 'link'],
      ['???', undefined],
    ]);
  });

  test('can be missing altogether, which is not a failure', async () => {
    expect(await workspace.footnote(['ask'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

test.concurrent('small talk exits with 2, and --json says its kind on standard output', async () => {
  const { code, stdout, stderr } = await workspace.footnote(['ask', '--json', 'good', 'bot']);
  expect([code, stderr]).toEqual([2, 'Thank you for telling me! Ask me about the articles whenever you like.\n']);
  expect(objectsOf<Refused>(stdout)).toEqual([{ question: 'good bot', error: stderr.trim(), smallTalk: 'praise' }]);
});

describe.concurrent('a question that cannot be asked exits with 2, says what to do and prints no result', () => {
  test.each([
    ['an empty one', '', /^The question is empty\. Ask about the articles/],
    ['punctuation only', '?!… —', /^The question has no words in it\. Ask in a few words/],
    [
      '10,000 characters',
      'a'.repeat(10_000),
      /^The question has 10,000 characters; the limit is 2,000\. Ask one thing/,
    ],
  ])('%s', async (_, question, advice) => {
    const { code, stdout, stderr } = await workspace.footnote(['ask', question]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(advice);
    expect(stderr).not.toContain('    at ');
  });

  test('an unknown collection: the message lists those that exist', async () => {
    const { code, stdout, stderr } = await workspace.footnote(['ask', '--collection', 'sports', 'Who won?']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe('There is no collection "sports". Choose one of: diplomacy, energy.\n');
  });
});

describe.concurrent('for people', () => {
  test('an answer written to a file has no colours, unless FORCE_COLOR is set', async () => {
    const args = ['ask', 'Where is the Harpa concert hall?'];
    const plain = await workspace.footnote(args);
    const coloured = await workspace.footnote(args, { env: { FORCE_COLOR: '1' } });
    expect(plain.stdout).toContain('\n    “');
    expect(plain.stdout).toContain(
      '[1] Blinken and Lavrov in Reykjavik · Example · 2021-05-19\n    https://example.com/reykjavik\n',
    );
    expect(plain.stdout).not.toContain('\u001b');
    expect(coloured.stdout).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what it removes.
    expect(coloured.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
  });

  test('a question in a different script from the articles gets advice', async () => {
    const { code, stdout } = await workspace.footnote(['ask', 'Где находится столица Франции?']);
    expect(code).toBe(0);
    expect(stdout).toContain('Not found');
    expect(stdout.replace(/\s+/g, ' ')).toContain('asking in the language of the articles.');
  });

  test('the list of articles is grouped by collection, with ids that show accepts', async () => {
    const { code, stdout } = await workspace.footnote(['articles']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\(no collection\)\n {2}[a-z2-7]{10} bridge\.txt · undated · 1 passage\ndiplomacy\n/);
    const id = /^ {2}([a-z2-7]{10}) /m.exec(stdout)?.[1] ?? '';
    const shown = await workspace.footnote(['show', id]);
    expect(shown.stdout).toContain('bridge.txt\n\n  The bridge over the river was painted “signal blue” – 青い橋 😀');
  });
});

describe.concurrent('articles --json and show --json', () => {
  test('print what the source states, and null for everything else', async () => {
    const articles = await workspace.json<(ArticleReference & { passages: number })[]>(['articles']);
    expect(articles).toEqual([
      {
        id: ID,
        title: null,
        url: null,
        publisher: null,
        published: null,
        file: 'bridge.txt',
        collection: null,
        passages: 1,
      },
      {
        id: ID,
        title: 'Blinken and Lavrov in Reykjavik',
        url: 'https://example.com/reykjavik',
        publisher: 'Example',
        published: '2021-05-19',
        file: 'diplomacy/reykjavik.md',
        collection: 'diplomacy',
        passages: 2,
      },
      {
        id: ID,
        title: 'The Nord Stream 2 pipeline',
        url: null,
        publisher: null,
        published: null,
        file: 'energy/pipeline.txt',
        collection: 'energy',
        passages: expect.any(Number),
      },
    ]);
    const article = await workspace.json<Article>(['show', articles[0]?.id ?? '']);
    expect(article.text).toBe(SMALL_SEEDS['bridge.txt']);
    const { passages: _passages, ...stated } = articles[0] ?? { passages: 0 };
    expect(article).toMatchObject(stated);
    expect(article.blocks).toEqual([{ kind: 'paragraph', start: 0, end: article.text.length - 1 }]);
  });

  test('show prints a passage with its text', async () => {
    const { ranking } = await workspace.json<PrintedAnswer>(['ask', 'Where is the Harpa concert hall?']);
    const [first] = ranking;
    const passage = await workspace.json<{ id: string; articleId: string; start: number; end: number; text: string }>([
      'show',
      first?.passageId ?? '',
    ]);
    expect(passage).toMatchObject({ id: first?.passageId, articleId: first?.articleId, text: first?.text });
    expect(passage.end - passage.start).toBe(passage.text.length);
  });

  test('show exits with 2 for an unknown id, and says what to do', async () => {
    const { code, stdout, stderr } = await workspace.footnote(['show', 'aaaaaaaaaa']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `There is no article or passage with the id "aaaaaaaaaa". List the articles with \`footnote --seeds ${workspace.seeds} --index ${workspace.index} articles\`.\n`,
    );
  });
});

test.concurrent('the doctor finds everything in order', async () => {
  const { code, stdout } = await workspace.footnote(['doctor']);
  expect(stdout).not.toContain('FAIL');
  expect(stdout).toMatch(/^ok {3}index: 3 articles, \d passages in /m);
  expect(code).toBe(0);
});

test.concurrent('a chat answers piped lines, and ends after the last one', async () => {
  const { code, stdout } = await workspace.footnote(['chat'], {
    input: 'Where is the Harpa concert hall?\n/show 1\n/nonsense\n/in sports\n',
  });
  expect(code).toBe(0);
  expect(stdout).toContain('3 articles. Ask a question');
  expect(stdout).toContain('> Antony Blinken and Sergey Lavrov sat down together');
  expect(stdout).toContain('There is no command /nonsense.');
  expect(stdout).toContain('There is no collection "sports". Choose one of: diplomacy, energy.');
});
