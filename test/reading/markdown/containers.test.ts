import { describe, expect, test } from 'vitest';
import { readMarkdown } from '../../../src/reading/markdown-file.js';
import { blocksOfMarkdown, describeBlocks, describeContext, describeMarks } from './described-blocks.js';

describe('a note is read without its markup, and with its title above its first paragraph:', () => {
  test.each<[string, string, string[]]>([
    ['of GitHub', '> [!NOTE]\n> Warm *up*.\n>\n> - a', ['note[note]: Note\nWarm up.', 'item/1: a']],
    ['of GitHub with a title', '> [!tip]- Good to know\n> Warm up.', ['note[tip]: Good to know\nWarm up.']],
    [
      'of GitHub with a paragraph beside its marker',
      '> [!tip] Fill the lamps on the pier before the boats of the morning come in.\n>\n> Then rest.',
      ['note[tip]: Fill the lamps on the pier before the boats of the morning come in.', 'note[tip]: Then rest.'],
    ],
    [
      'of MkDocs',
      '!!! warning\n\n    Hot.\n\n    Stay away.\n\nBelow.',
      ['note[warning]: Warning\nHot.', 'note[warning]: Stay away.', 'paragraph: Below.'],
    ],
    ['of MkDocs with a title', '!!! danger "Do **not**"\n    Hot.', ['note[danger]: Do not\nHot.']],
    ['of MkDocs that should have no title', '!!! danger ""\n    Hot.', ['note[danger]: Hot.']],
    ['that can be folded', '???+ tip inline end "T"\n    Hot.', ['note[tip]: T\nHot.']],
    [
      'inside a note',
      '!!! note\n    a\n\n    !!! tip\n        b\n\n    c',
      ['note[note]: Note\na', 'note[tip]: Tip\nb', 'note[note]: c'],
    ],
    [
      'that begins with a note',
      '!!! note "Outer"\n    !!! tip "Inner"\n        b\n\n    c',
      ['note[note]: Outer', 'note[tip]: Inner\nb', 'note[note]: c'],
    ],
    [
      'of Docusaurus',
      ':::danger[High `volt`]\nHot.\n:::\nBelow.',
      ['note[danger]: High volt\nHot.', 'paragraph: Below.'],
    ],
    ['of VuePress', '::: warning Check it\nHot.\n:::', ['note[warning]: Check it\nHot.']],
    ['with a number as its title', ':::tip 1. Begin\nHot.\n:::', ['note[tip]: 1. Begin\nHot.']],
    ['with a name that is no kind of note', ':::sidebar\nHot.\n:::', ['note[sidebar]: Hot.']],
    ['of Quarto', '::: {.callout-note}\nHot.\n:::', ['note[note]: Note\nHot.']],
    ['of Quarto with a title', '::: {.callout-tip title="Oil first"}\nHot.\n:::', ['note[tip]: Oil first\nHot.']],
    ['of MyST', '```{warning} T\nHot *now*.\n```', ['note[warning]: T\nHot now.']],
    ['of MyST without a title', '```{seealso}\nThe chart.\n```', ['note[seealso]: See also\nThe chart.']],
    ['of PyMdown', '/// caution | T\nHot.\n///', ['note[caution]: T\nHot.']],
    [
      'of kramdown',
      'Hot.\n{: .warning }\n\n{: .note-title }\n> Stay away.\n\nBelow.',
      ['note[warning]: Hot.', 'note[note]: Stay away.', 'paragraph: Below.'],
    ],
    ['of Hugo', '{{% notice tip %}}\nHot.\n{{% /notice %}}\n\nBelow.', ['note[tip]: Hot.', 'paragraph: Below.']],
    ['of Hugo on one line', '{{< callout >}}Hot.{{< /callout >}}', ['note[callout]: Hot.']],
    ['of GitBook', '{% hint style="danger" %}\nHot.\n{% endhint %}', ['note[danger]: Hot.']],
    [
      'in a list',
      '1. Do\n\n   :::tip\n   Hot.\n   :::\n\n2. Go',
      ['item/1: 1. Do', 'note[tip]/1: Tip\nHot.', 'item/1: 2. Go'],
    ],
    ['in a quotation', '> Said.\n>\n> ::: tip\n> Hot.\n> :::', ['quotation: Said.', 'note[tip]: Tip\nHot.']],
  ])('%s', async (_, source, expected) => {
    expect(await blocksOfMarkdown(source)).toEqual(expected);
  });
});

test('links in the title and in the first paragraph of a note keep their places', async () => {
  const article = await readMarkdown(
    '!!! tip "See [the pier](https://a.example)"\n    Or [the mole](https://b.example).',
  );
  expect(describeMarks(article)).toEqual(['link https://a.example: the pier', 'link https://b.example: the mole']);
});

test('lists, code and tables in a note keep their kinds', async () => {
  const source =
    '!!! note\n\n    - one\n\n    ```yaml\n    a:\n      b: 1\n    ```\n\n    | x |\n    |---|\n    | y |\n';
  expect(await blocksOfMarkdown(source)).toEqual([
    'note[note]: Note',
    'item/1: one',
    'code: a:\n  b: 1',
    'row: x',
    'row: y',
  ]);
});

test('a note that never ends is text, so that it does not reach to the end of the article', async () => {
  expect(await blocksOfMarkdown(':::tip\nHot.\n\nFar below.')).toEqual(['paragraph: Hot.', 'paragraph: Far below.']);
  expect(await blocksOfMarkdown('{{< note >}}\n\nHot.')).toEqual(['paragraph: Hot.']);
});

test('the end of an inner container is not the end of the outer one', async () => {
  expect(await blocksOfMarkdown(':::: warning\na\n::: tip\nb\n:::\nc\n::::\nd')).toEqual([
    'note[warning]: Warning\na',
    'note[tip]: Tip\nb',
    'note[warning]: c',
    'paragraph: d',
  ]);
});

describe('tabs', () => {
  test('have their labels above what is in them, and nothing after them', async () => {
    const source =
      '# A\n\n## B\n\n:::: tabs\n::: tab "Linux"\nApt.\n\n## Then\n:::\n::: tab "Windows"\nWinget.\n:::\n::::\n\n=== "Mac"\n\n    Brew.\n';
    expect(await blocksOfMarkdown(source)).toEqual([
      'title1: A',
      'heading2: B',
      'question: Linux',
      'answer: Apt.',
      'heading2: Then',
      'question: Windows',
      'answer: Winget.',
      'question: Mac',
      'answer: Brew.',
    ]);
  });
});

test('details of VuePress are a question and its answer', async () => {
  const article = await readMarkdown('::: details Why *not*?\nSo.\n\n- a\n:::\n\nBelow.');
  expect(describeBlocks(article)).toEqual(['question: Why not?', 'answer: So.', 'item/1: a', 'paragraph: Below.']);
  expect(describeContext(article)).toEqual(['So. < question: Why not?', 'a < question: Why not?']);
});

describe('definition lists', () => {
  test('have terms and definitions', async () => {
    const article = await readMarkdown(
      'Apple\n: A *fruit*.\n\n    It is red.\n\nPear\nQuince\n\n:   Another,\n    sour.\n:   A tree.\n\nBelow.',
    );
    expect(describeBlocks(article)).toEqual([
      'term: Apple',
      'definition: A fruit.',
      'definition: It is red.',
      'term: Pear',
      'term: Quince',
      'definition: Another, sour.',
      'definition: A tree.',
      'paragraph: Below.',
    ]);
    expect(describeContext(article).filter((line) => line.startsWith('A tree.'))).toEqual([
      'A tree. < term: Pear',
      'A tree. < term: Quince',
    ]);
  });

  test('leave alone what stands between a paragraph and a colon', async () => {
    expect(await blocksOfMarkdown('Term\n\n```\nferry up\n```\n: a definition')).toContain('code: ferry up');
  });

  test('are not a colon after a list, a table or a long paragraph', async () => {
    expect(await blocksOfMarkdown('- a\n: b')).toEqual(['item/1: a : b']);
    expect(await blocksOfMarkdown(`${'long words '.repeat(20)}\n: b`)).toEqual([
      `paragraph: ${'long words '.repeat(20).trim()} : b`,
    ]);
  });
});

describe('template tags', () => {
  test('are left out, with the text between them kept', async () => {
    const source =
      '{% if a %}\nSeen {{ page.x }} here.\n{% endif %}\n\n{{< figure src="a_b_c.png" >}}\n\n| a |\n|---|\n{% for x in y %}\n| b |\n{% endfor %}';
    expect(await blocksOfMarkdown(source)).toEqual(['paragraph: Seen here.', 'row: a', 'row: b']);
  });

  test('around code are a fence', async () => {
    const { blocks, text } = await readMarkdown(
      '{% highlight ruby %}\ndef x\n  {{ y }}\nend\n{% endhighlight %}\n\nBelow.',
    );
    expect(text).toBe('def x\n  {{ y }}\nend\n\nBelow.');
    expect(blocks[0]).toMatchObject({ kind: 'code', language: 'ruby' });
  });
});

test('attributes of kramdown and MkDocs are left out', async () => {
  const source =
    '# A { .big #top }\n\n[Go](x){ .button } ![i](y){ width="30" }now{: #id }.\n{ .wide }\n\n1. TOC\n{:toc}\n\nUse {braces} and {:.2f}.';
  expect(await blocksOfMarkdown(source)).toEqual([
    'title1: A',
    'paragraph: Go now.',
    'paragraph: Use {braces} and {:.2f}.',
  ]);
});

test('long and deeply nested containers are read in reasonable time', async () => {
  const many = 3000;
  for (const source of [
    ':::tip\n'.repeat(many),
    '{{ '.repeat(many),
    '{% x '.repeat(many),
    '<A b="'.repeat(many),
    '[[a|'.repeat(many),
    '$$ '.repeat(many),
    Array.from({ length: 200 }, (_, depth) => `${'    '.repeat(depth)}!!! note`).join('\n'),
    `${'`'.repeat(300)} ${Array.from({ length: 300 }, (_, length) => '`'.repeat(length)).join(' ')}`,
  ]) {
    await readMarkdown(source);
    await readMarkdown(source, true);
  }
});
