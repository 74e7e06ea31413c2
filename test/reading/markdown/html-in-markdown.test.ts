import { expect, test } from 'vitest';
import { readMarkdown } from '../../../src/reading/markdown-file.js';
import { blocksOfMarkdown, describeBlocks, describeContext, describeMarks } from './described-blocks.js';

test('HTML is read as on a web page', async () => {
  const { text } = await readMarkdown(
    '<p>Open <b>daily</b>.</p>\n\n<table>\n<tr><td>Boat</td><td>9 euros</td></tr>\n</table>',
  );
  expect(text).toBe('Open daily.\n\nBoat | 9 euros');
});

test('nothing in it is boilerplate', async () => {
  const { blocks } = await readMarkdown(
    '<ul>\n<li><a href="a">One</a></li>\n<li><a href="b">Two</a></li>\n<li><a href="c">Six</a></li>\n</ul>',
  );
  expect(blocks.filter(({ kind }) => kind === 'boilerplate')).toEqual([]);
  expect(blocks).toHaveLength(3);
});

test('a summary is a question, and what is below it answers it, in HTML or in Markdown', async () => {
  const source =
    '<details>\n<summary>May I <b>row</b>?</summary>\n<p>You may.</p>\n</details>\n\n<details><summary>And swim?</summary>\n\nNot **here**.\n\n- Never\n\n</details>\n\nBelow.';
  const article = await readMarkdown(source);
  expect(describeBlocks(article)).toEqual([
    'question: May I row?',
    'answer: You may.',
    'question: And swim?',
    'answer: Not here.',
    'item/1: Never',
    'paragraph: Below.',
  ]);
  expect(describeContext(article).filter((line) => line.includes('question'))).toEqual([
    'You may. < question: May I row?',
    'Not here. < question: And swim?',
    'Never < question: And swim?',
  ]);
});

test('an answer does not introduce the table or code below its details', async () => {
  const article = await readMarkdown('<details><summary>Q</summary>\n\nSo it is:\n\n</details>\n\n```\ncode\n```');
  expect(describeContext(article)).toEqual(['So it is: < question: Q']);
});

test('details may be inside each other, in a list and in a layout', async () => {
  expect(
    await blocksOfMarkdown(
      '<div>\n<details>\n<summary>\n\n*Outer*\n\n</summary>\n\na\n\n<details><summary>Inner</summary>\n\nb\n\n</details>\n\nc\n\n</details>\n</div>\n\n- item\n\n  <details><summary>Q</summary>\n\n  d\n\n  </details>\n\n  e',
    ),
  ).toEqual([
    'question: Outer',
    'answer: a',
    'question: Inner',
    'answer: b',
    'answer: c',
    'item/1: item',
    'question/1: Q',
    'answer/1: d',
    'paragraph/1: e',
  ]);
});

test('Markdown between tags is not lost', async () => {
  expect(
    await blocksOfMarkdown(
      '<table><tr><td>\n\n**One** cell\n\n</td><td>\n\nTwo\n\n</td></tr></table>\n\n<center>\n\n# T\n\n</center>',
    ),
  ).toEqual(['paragraph: One cell', 'paragraph: Two', 'title1: T']);
});

test('comments, scripts and styles show nothing', async () => {
  const source =
    '<!-- a\n\n:::tip\n\n-->\n\n<style>\n.a { b: c }\n\n.d {}\n</style>\n\n<script>\nlet x;\n\nlet y;\n</script>\n\nSeen <script>z</script>here.';
  expect(await blocksOfMarkdown(source)).toEqual(['paragraph: Seen here.']);
});

test('empty elements with an id are anchors', async () => {
  const article = await readMarkdown('<a name="one"></a>\n## First\n\n<div id="two">\n\nSecond\n\n</div>');
  expect(article.text).toContain('Second');
  expect(describeMarks(article)).toContain('anchor two: ');
});
