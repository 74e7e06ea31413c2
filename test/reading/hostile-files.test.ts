/** Small files that would keep a parser busy for minutes, or the code behind it. Each must end, and say what was wrong. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { embedArticle } from '../../src/indexing/embed-article.js';
import { FakeEmbedder } from '../library/fake-embedder.js';
import { ArticleFolder } from './article-folder.js';

/** Tells "hangs" from "ends". */
const LIMIT_MS = 30_000;

let folder: ArticleFolder;

beforeEach(() => {
  folder = new ArticleFolder();
});

afterEach(() => folder.remove());

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

const TOO_DEEP = /nested more than \d+ levels deep/;

describe('refuses', () => {
  test.each<[string, string, string, RegExp]>([
    ['3,000 bullets in one line', 'a.md', `${'- '.repeat(3000)}x`, TOO_DEEP],
    ['3,000 numbers in one line', 'a.md', `${'1. '.repeat(3000)}x`, TOO_DEEP],
    ['100,000 quote marks', 'a.md', `${'>'.repeat(100_000)} x`, TOO_DEEP],
    ['quote marks and bullets in turn', 'a.md', `${'> - '.repeat(3000)}x`, TOO_DEEP],
    ['lists that are indented more and more', 'a.md', lines(2000, (index) => `${'  '.repeat(index)}- x`), TOO_DEEP],
    ['100,000 elements inside each other', 'a.html', '<div>'.repeat(100_000), TOO_DEEP],
    ['tables inside tables', 'a.html', '<table><tr><td>'.repeat(20_000), TOO_DEEP],
    ['400,000 empty elements', 'a.html', `<p>x${'<b> </b>'.repeat(200_000)}`, /more than 300000 elements/],
    [
      'an element with 20,000 attributes',
      'a.html',
      `<p ${lines(20_000, (index) => `a${index}=b`)}>x`,
      /more than 1000 attributes/,
    ],
  ])(
    '%s',
    async (_, file, content, reason) => {
      const { articles, skipped } = await folder.read([folder.write(file, content)]);
      expect(articles).toEqual([]);
      expect(skipped).toEqual([{ file, reason: expect.stringMatching(reason) }]);
    },
    LIMIT_MS,
  );
});

test('names the line that is nested too deeply, and does not mind code and lines across the page', async () => {
  const deep = `${'> '.repeat(150)}x`;
  folder.write('a.md', `---\ntitle: A\n---\n\nText.\n\n${deep}`);
  folder.write('b.md', `Text.\n\n\`\`\`\n${deep}\n\`\`\`\n\n${'- '.repeat(200)}\n\n${'* '.repeat(200)}\n`);
  const { articles, skipped } = await folder.read();
  expect(articles.map(({ file }) => file)).toEqual(['b.md']);
  expect(skipped).toEqual([
    {
      file: 'a.md',
      reason:
        'it has quotes or lists nested more than 100 levels deep in line 7: simplify that line, or save it as .txt',
    },
  ]);
});

test.each([
  ['code by its indent', '    ```\n\n'],
  ['code with a backtick behind the mark', '``` `a\n\n'],
  ['a fence that another one with a word does not end', '```\n```js\n```\n\n'],
])('a line that is nested too deeply is refused behind %s', async (_what, before) => {
  folder.write('a.md', `Text.\n\n${before}${'> '.repeat(150)}x\n\n\`\`\`\n`);
  const { skipped } = await folder.read();
  expect(skipped).toEqual([{ file: 'a.md', reason: expect.stringMatching(TOO_DEEP) }]);
});

describe('reads, and cuts into passages,', () => {
  test.each([
    ['questions with their answers', 'a.txt', lines(10_000, (index) => `Q: What is ${index}?\nA: It is ${index}.\n`)],
    ['sections', 'a.txt', lines(10_000, (index) => `SECTION ${index}\n\nText of it is here.\n`)],
    ['lines of a caption, again and again', 'a.srt', cues(20_000)],
    [
      'rows that are all headers',
      'a.html',
      `<table>${lines(4000, () => '<tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr>')}</table>`,
    ],
    [
      'terms with one definition',
      'a.html',
      `<dl>${'<dt>a term</dt>'.repeat(8000)}${'<dd>its definition</dd>'.repeat(8000)}</dl>`,
    ],
    ['templates in one line', 'a.md', `Text here.\n\n${'{{ a }} '.repeat(20_000)}`],
    ['expressions in one line', 'a.mdx', `Text here.\n\n${'{a} '.repeat(5000)}`],
    ['headings without text', 'a.html', `${`<h2>Some heading</h2>`.repeat(15_000)}<p>Text here.</p>`],
  ])(
    'thousands of %s',
    async (_, file, content) => {
      const article = await folder.readOne(file, content);
      const { passages } = await embedArticle({ article, fingerprint: '' }, new FakeEmbedder(), []);
      expect(passages.length).toBeGreaterThan(0);
      // Nor does each of them come with thousands of others.
      expect(Math.max(...passages.map(({ context }) => context.length))).toBeLessThan(200);
    },
    LIMIT_MS,
  );
});

function cues(count: number): string {
  const text = lines(count, () => 'same');
  return `1\n00:00:01,000 --> 00:00:02,000\n${text}\n\n2\n00:00:02,000 --> 00:00:03,000\n${text}\nnew\n`;
}
