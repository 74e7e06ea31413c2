import { describe, expect, test } from 'vitest';
import { readMarkdown } from '../../../src/reading/markdown-file.js';
import { ArticleFolder } from '../article-folder.js';
import { blocksOfMarkdown, describeBlocks } from './described-blocks.js';

test('files with the ending .mdx are read', async () => {
  const folder = new ArticleFolder();
  try {
    const article = await folder.readOne('a.mdx', 'import A from "./a";\n\n# Title\n\n<A>They **met** {now}.</A>');
    expect(article).toMatchObject({ title: 'Title', text: 'Title\n\nThey met .' });
  } finally {
    folder.remove();
  }
});

test('imports, exports, expressions and empty components are left out and counted', async () => {
  const source = [
    'import A from "a";',
    'import {\n  B,\n} from "./b";\n',
    'export const f = () => {\n  return <p>\n\n  no\n  </p>;\n};\n',
    '{/* a comment\n\nover lines */}\n',
    '{list.map((one) => (\n  <li>{one}</li>\n))}\n',
    'Version {version} of {"this"} <Badge text="new" /> thing.',
  ].join('\n');
  expect(await readMarkdown(source, true)).toMatchObject({
    text: 'Version of this thing.',
    omitted: [
      { what: 'import', count: 2 },
      { what: 'export', count: 1 },
      { what: 'expression', count: 2 },
      { what: 'component', count: 1 },
    ],
  });
});

describe('the children of components are Markdown:', () => {
  test.each<[string, string, string[]]>([
    [
      'tabs',
      '<Tabs values={[\n  {label: "x"},\n]}>\n  <TabItem value="a" label="Linux">\n\n    Run **it**:\n\n    ```sh\n    a\n      b\n    ```\n\n    - one\n      - two\n\n  </TabItem>\n  <TabItem label="Mac">Brew *it*.</TabItem>\n</Tabs>\n\nBelow.',
      [
        'question: Linux',
        'answer: Run it:',
        'code: a\n  b',
        'item/1: one',
        'item/2: two',
        'question: Mac',
        'answer: Brew it.',
        'paragraph: Below.',
      ],
    ],
    ['a note', '<Note>Hot **now**.</Note>\n\nBelow.', ['note[note]: Hot now.', 'paragraph: Below.']],
    ['a callout', '<Callout type="warning" title="Look">\n  Hot.\n</Callout>', ['note[warning]: Look\nHot.']],
    [
      'details',
      '<details>\n<summary>Why *so*?</summary>\nSo **it** is.\n</details>\n\nBelow.',
      ['question: Why so?', 'answer: So it is.', 'paragraph: Below.'],
    ],
    ['an accordion', '<Accordion title="Why?">\nSo.\n</Accordion>', ['question: Why?', 'answer: So.']],
    [
      'steps in a list',
      '1. Do\n\n   <Tabs>\n     <Tab title="One">\n       In *it*.\n     </Tab>\n   </Tabs>\n\n2. Go',
      ['item/1: 1. Do', 'question/1: One', 'answer/1: In it.', 'item/1: 2. Go'],
    ],
    ['a fragment', '<>\nSeen *it*.\n</>', ['paragraph: Seen it.']],
    ['inline', 'Press <Kbd>Ctrl</Kbd> if a < b and {" "}c > d.', ['paragraph: Press Ctrl if a < b and c > d.']],
    ['a layout', '<div className="x" style={{ a: 1 }}>\nSeen **it**.\n</div>', ['paragraph: Seen it.']],
  ])('%s', async (_, source, expected) => {
    expect(await blocksOfMarkdown(source, true)).toEqual(expected);
  });
});

test('components in a file with the ending .md are read as well, but braces are text there', async () => {
  expect(await blocksOfMarkdown('<Tabs>\n<Tab label="Linux">\nUse **apt** {now}.\n</Tab>\n</Tabs>')).toEqual([
    'question: Linux',
    'answer: Use apt {now}.',
  ]);
});

test('a file with the ending .md is MDX if it imports something outside code', async () => {
  const source = "import Tabs from '@theme/Tabs';\n\nSeen {x}.";
  expect(await blocksOfMarkdown(source)).toEqual(['paragraph: Seen .']);
  expect(await blocksOfMarkdown(`\`\`\`js\n${source}\n\`\`\`\n\nSeen {x}.`)).toContain('paragraph: Seen {x}.');
});

test('what never ends is text', async () => {
  const article = await readMarkdown('{ not closed\n\n```\ncode }} <\n```\n\n<Open prop="\n\nSeen.', true);
  expect(describeBlocks(article)).toContain('paragraph: Seen.');
});
