import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarkdown } from '../../src/reading/markdown-file.js';
import { UnreadableFile } from '../../src/reading/source-article.js';
import { sliceOf } from '../../src/text/span.js';
import { blocksOfMarkdown, describeBlocks, describeContext, describeMarks } from './markdown/described-blocks.js';

describe('a reader of the rendered page sees the same text:', () => {
  test.each<[string, string, string[]]>([
    ['emphasis', 'They *met* in **Reykjavik** and ~~left~~.', ['paragraph: They met in Reykjavik and left.']],
    ['a link', 'They met [in Reykjavik](https://example.com "title").', ['paragraph: They met in Reykjavik.']],
    ['a bare link', 'See https://example.com/a_b_c for it.', ['paragraph: See https://example.com/a_b_c for it.']],
    ['inline code', 'Run `npm start` twice.', ['paragraph: Run npm start twice.']],
    ['an escaped asterisk', '5 \\* 3 is 15 &amp; more.', ['paragraph: 5 * 3 is 15 & more.']],
    ['a wrapped line', 'They met\nin Reykjavik.', ['paragraph: They met in Reykjavik.']],
    ['a quotation', '> They met.\n>\n> They left.', ['quotation: They met.', 'quotation: They left.']],
    [
      'a comment',
      'They met.\n\n<!-- no -->\n\nThey <!-- nor -->left.',
      ['paragraph: They met.', 'paragraph: They left.'],
    ],
    ['an image', 'They met.\n\n![Two ministers](photo.jpg)', ['paragraph: They met.']],
    ['a badge', '[![build](a.svg)](https://example.com)\n\nThey met.', ['paragraph: They met.']],
    ['a thematic break', 'They met.\n\n---\n\nThey left.', ['paragraph: They met.', 'paragraph: They left.']],
    ['a link definition', 'They met [there][1].\n\n[1]: https://example.com', ['paragraph: They met there.']],
    ['a wiki link', 'See [[Harpa Hall|the hall]] and [[Reykjavik]].', ['paragraph: See the hall and Reykjavik.']],
    ['a test in a shell script', 'If `[[ -f x ]]` then [[ -f y ]].', ['paragraph: If [[ -f x ]] then [[ -f y ]].']],
    ['a formula', 'So $$a_1 * b * c_2$$ holds.', ['paragraph: So $$a_1 * b * c_2$$ holds.']],
    ['a heading', '## What was *said* ##\n\nNothing.', ['heading2: What was said', 'paragraph: Nothing.']],
    ['an underlined heading', 'What was said\n---\n\nNothing.', ['heading2: What was said', 'paragraph: Nothing.']],
    ['an empty heading', '##\n\nThey met.', ['paragraph: They met.']],
    ['words that pages have in menus', 'Listen Live\n\n- Subscribe', ['paragraph: Listen Live', 'item/1: Subscribe']],
    ['nothing', '', []],
    ['a line break written as two spaces', 'They met.  \nThey left.', ['paragraph: They met.\nThey left.']],
    ['a line break written as a backslash', 'They met.\\\nThey left.', ['paragraph: They met.\nThey left.']],
    ['a line break written in HTML', 'They met.<br>They left.', ['paragraph: They met.\nThey left.']],
    ['keys', 'Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.', ['paragraph: Press Ctrl+C.']],
  ])('%s', async (_, source, expected) => {
    expect(await blocksOfMarkdown(source)).toEqual(expected);
  });
});

describe('lists', () => {
  test('have items with their depth', async () => {
    expect(await blocksOfMarkdown('- First.\n- Second.\n  - Below it.')).toEqual([
      'item/1: First.',
      'item/1: Second.',
      'item/2: Below it.',
    ]);
  });

  test('keep their numbers, counted on from the first as a browser does', async () => {
    const article = await readMarkdown('3. Third\n3. Fourth\n\nPause.\n\n1) Again');
    expect(describeBlocks(article)).toEqual([
      'item/1: 3. Third',
      'item/1: 4. Fourth',
      'paragraph: Pause.',
      'item/1: 1) Again',
    ]);
    expect(article.blocks.flatMap(({ marker }) => (marker ? [sliceOf(article.text, marker)] : []))).toEqual([
      '3.',
      '4.',
      '1)',
    ]);
  });

  test('show which tasks are done', async () => {
    const article = await readMarkdown('- [x] Order soil\n- [ ] Mend the *gate*\n- Rest');
    expect(describeBlocks(article)).toEqual(['item/1: [x] Order soil', 'item/1: [ ] Mend the gate', 'item/1: Rest']);
    expect(article.blocks.map(({ isChecked }) => isChecked)).toEqual([true, false, undefined]);
  });

  test('have further paragraphs, code, tables and quotations inside items', async () => {
    const source =
      '1. Write it:\n\n   ```sh\n   a\n     b\n   ```\n\n   Then go on.\n\n   > Said.\n\n2. ```\n   only code\n   ```';
    expect(await blocksOfMarkdown(source)).toEqual([
      'item/1: 1. Write it:',
      'code/1: a\n  b',
      'paragraph/1: Then go on.',
      'quotation/1: Said.',
      'item/1: 2.',
      'code/1: only code',
    ]);
  });

  test('of bold questions have answers', async () => {
    const article = await readMarkdown('- **How deep?**\n\n  Two metres.\n\n- **Bold alone**\n- **Name**: a text');
    expect(describeBlocks(article)).toEqual([
      'question/1: How deep?',
      'answer/1: Two metres.',
      'item/1: Bold alone',
      'item/1: Name: a text',
    ]);
    expect(describeContext(article)).toEqual(['Two metres. < question: How deep?']);
  });
});

describe('tables', () => {
  test('have a header and cells, some of them empty', async () => {
    const article = await readMarkdown('Who | Where | When\n--- | --- | ---\n| | Moscow | |\nLavrov | | 2021\n');
    const rows = article.blocks.map(({ cells = [], isHeader }) => [
      isHeader,
      ...cells.map((cell) => sliceOf(article.text, cell)),
    ]);
    expect(rows).toEqual([
      [true, 'Who', 'Where', 'When'],
      [undefined, '', 'Moscow', ''],
      [undefined, 'Lavrov', '', '2021'],
    ]);
    expect(article.text).toBe('Who | Where | When\n| Moscow |\nLavrov |  | 2021');
  });

  test('may have lists and line breaks in their cells', async () => {
    const source = '| A | B |\n|---|---|\n| one<br>two | <ul><li>x</li><li>y</li></ul> |';
    expect((await blocksOfMarkdown(source))[1]).toBe('row: one\ntwo | x\ny');
  });
});

describe('code', () => {
  test('keeps its line ends and indentation, and its language in lower case', async () => {
    const { text, blocks } = await readMarkdown('``` Bash {1,3} title="x"\na\n\n    b\n```\n\n    one\n      two\n');
    expect(blocks.map(({ language }) => language)).toEqual(['bash', undefined]);
    expect(text).toBe('a\n\n    b\n\none\n  two');
  });

  test('is never changed, whatever it shows', async () => {
    const code =
      ':::tip\n{% raw %} {{ x }}\n!!! note\n    body\n<Tab label="x">\n[[toc]]\nTerm\n: definition\nimport a from "b"';
    for (const [open, close] of [
      ['```', '```'],
      ['~~~~', '~~~~'],
      ['> ```', '> ```'],
    ] as const) {
      const quote = open.startsWith('>') ? '> ' : '';
      const source = [open, ...code.split('\n').map((line) => quote + line), close].join('\n');
      for (const isMdx of [false, true]) expect(await blocksOfMarkdown(source, isMdx)).toEqual([`code: ${code}`]);
    }
    expect(await blocksOfMarkdown('Use `{{ x }}`, `` `{% y %} `` and `[[z]]`.')).toEqual([
      'paragraph: Use {{ x }}, `{% y %} and [[z]].',
    ]);
  });
});

describe('footnotes', () => {
  test('stand behind the block that refers to them first', async () => {
    const source =
      'They met.[^b] Again.[^a]\n\nThey left.[^b]\n\n[^a]: In May.\n[^b]: On *Wednesday*.\n\n    Late.\n[^c]: Unused.';
    expect(await blocksOfMarkdown(source)).toEqual([
      'paragraph: They met.[1] Again.[2]',
      'note[footnote]: [1] On Wednesday.',
      'note[footnote]: Late.',
      'note[footnote]: [2] In May.',
      'paragraph: They left.[1]',
      'note[footnote]: [3] Unused.',
    ]);
  });

  test('do not part a table, and may refer to each other', async () => {
    const source = '| A[^1] |\n|---|\n| B |\n\n[^1]: See[^2].\n[^2]: See[^1].';
    expect(await blocksOfMarkdown(source)).toEqual([
      'row: A[1]',
      'row: B',
      'note[footnote]: [1] See[2].',
      'note[footnote]: [2] See[1].',
    ]);
  });
});

describe('marks', () => {
  test('are links as they are written, struck text and anchors', async () => {
    const source =
      '## Plots {#plots .wide}\n\n<a id="fee"></a>\n\nThe [fee *now*](../fee.md#a) is ~~60~~ <del>70</del> 75, see [here][x] and <https://a.example>.\n\n[x]: b.md';
    const article = await readMarkdown(source);
    expect(article.text).toBe('Plots\n\nThe fee now is 60 70 75, see here and https://a.example.');
    expect(describeMarks(article)).toEqual([
      'anchor plots: ',
      'anchor fee: ',
      'link ../fee.md#a: fee now',
      'struck: 60',
      'struck: 70',
      'link b.md: here',
      'link https://a.example: https://a.example',
    ]);
  });

  test('move with the text behind a number or box', async () => {
    expect(
      describeMarks(await readMarkdown('1. [one](a)\n- [ ] ~~two~~\n\n| x | [y](b) |\n|-|-|\n| | [z](c) |')),
    ).toEqual(['link a: one', 'struck: two', 'link b: y', 'link c: z']);
  });
});

describe('the title', () => {
  test('is the first heading if it is of the first level, whatever stands before it', async () => {
    const article = await readMarkdown(
      '[![b](c)](d)\n\n> Note.\n\n# Blinken *meets* Lavrov {#top}\n\nThey met.\n\n# More',
    );
    expect(article.title).toBe('Blinken meets Lavrov');
    expect(describeBlocks(article)).toContain('title1: Blinken meets Lavrov');
  });

  test('is the only heading of the first level', async () => {
    expect((await readMarkdown('## News\n\nOld.\n\n# Blinken meets Lavrov')).title).toBe('Blinken meets Lavrov');
  });

  test('is not a lower heading, nor one of several below a lower one', async () => {
    expect((await readMarkdown('## Blinken meets Lavrov\n\nThey met.')).title).toBeNull();
    expect((await readMarkdown('## A\n\n# B\n\n# C')).title).toBeNull();
    expect((await readMarkdown('**Bold**\n\nThey met.')).title).toBeNull();
  });

  test('is the one that the front matter states; a heading that repeats it is marked as the title', async () => {
    const stated = '---\ntitle: Blinken meets Lavrov\n---\n\n';
    expect(await blocksOfMarkdown(`${stated}# Blinken meets Lavrov\n\nThey met.`)).toEqual([
      'title1: Blinken meets Lavrov',
      'paragraph: They met.',
    ]);
    const other = await readMarkdown(`${stated}# In Reykjavik\n\nThey met.`);
    expect(other.title).toBe('Blinken meets Lavrov');
    expect(describeBlocks(other)[0]).toBe('heading1: In Reykjavik');
  });
});

describe('a bold paragraph', () => {
  test('above other text is a heading that is not written as one', async () => {
    expect(
      await blocksOfMarkdown('# A\n\n## B\n\n**For the sauce**:\n\n- salt\n\n**Why?**\n\nSo.\n\n***End***'),
    ).toEqual([
      'title1: A',
      'heading2: B',
      'heading3: For the sauce:',
      'item/1: salt',
      'heading3: Why?',
      'paragraph: So.',
      'paragraph: End',
    ]);
  });

  test('that is a sentence, or is above nothing, stays a paragraph', async () => {
    expect(await blocksOfMarkdown('**Never open the lid.**\n\nIt is hot.\n\n**Last**\n\n## Next')).toEqual([
      'paragraph: Never open the lid.',
      'paragraph: It is hot.',
      'paragraph: Last',
      'heading2: Next',
    ]);
  });
});

test('what is left out is counted', async () => {
  const source = '[[toc]]\n\n![a](b)\n\n{% include x %}\n\n<<< @/file.js\n\nThey met {{ page.where }} today.';
  expect(await readMarkdown(source)).toMatchObject({
    text: 'They met today.',
    omitted: [
      { what: 'table of contents', count: 1 },
      { what: 'template tag', count: 2 },
      { what: 'included file', count: 1 },
      { what: 'image', count: 1 },
    ],
  });
});

test('thousands of nested block quotes are either read or refused', async () => {
  await readMarkdown(`${'>'.repeat(5000)} deep`).catch((error: unknown) =>
    expect(error).toBeInstanceOf(UnreadableFile),
  );
});

const PIECES = fc.constantFrom(
  '# ',
  '- ',
  '1. ',
  '- [x] ',
  '> ',
  '> [!NOTE] T\n',
  '```\n',
  '---\n',
  '***\n',
  '<b>',
  '</b>',
  '<!--',
  '-->',
  '<br>',
  '[^1]',
  '\n\n[^1]: ',
  '![x](y)',
  '[x](y)',
  '**',
  '_',
  '~~',
  '`',
  '\\',
  '\n',
  '\n\n',
  '    ',
  '\t',
  ' ',
  'word',
  'Two words.',
  '北京',
  '😀',
  '\u00a0',
  '&nbsp;',
  '\u2028',
  '\ufdd00\ufdd1',
  '$$',
  '[[W|l]]',
  '{',
  '}',
  '<del>',
  '</del>',
  ':::tip\n',
  '::: tab "A"\n',
  ':::\n',
  '!!! note "x"\n',
  '=== "t"\n',
  '\n: def',
  '{: .note }\n',
  '{{< callout >}}',
  '{{< /callout >}}',
  '{% x %}',
  '<details>\n',
  '<summary>Q</summary>\n',
  '</details>\n',
  '<Tab label="L">',
  '</Tab>\n',
  '| a | b |\n|--|--|\n| c | |\n',
  '<a id="x"></a>',
  '<table><tr><td>',
  '</td></tr></table>',
  'import a from "b"\n',
);

test('in any Markdown, blocks are in order, trimmed and cover the text, and all spans lie inside it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(PIECES, { maxLength: 40 }), fc.boolean(), async (pieces, isMdx) => {
      const { text, blocks, marks } = await readMarkdown(pieces.join(''), isMdx);
      let end = 0;
      for (const block of blocks) {
        expect(text.slice(end, block.start)).toMatch(end === 0 ? /^$/ : /^\n\n?$/);
        const own = sliceOf(text, block);
        expect(own).not.toMatch(/^$|[\ufdd0\ufdd1]/);
        expect(own).toBe(own.trim());
        for (const span of [...(block.cells ?? []), ...(block.marker ? [block.marker] : [])]) {
          expect(span.start).toBeGreaterThanOrEqual(block.start);
          expect(span.end).toBeLessThanOrEqual(block.end);
        }
        for (const span of block.context ?? []) expect(sliceOf(text, span)).not.toBe('');
        end = block.end;
      }
      expect(text.length).toBe(end);
      for (const mark of marks)
        expect([mark.start >= 0, mark.end >= mark.start, mark.end <= text.length]).not.toContain(false);
    }),
    { numRuns: 200 },
  );
});

/** Markdown around a word that a reader sees, whatever it is put into. */
const WRAPPERS: readonly ((inside: string, indented: string) => string)[] = [
  (inside) => inside,
  (inside) => `:::tip Title\n${inside}\n:::`,
  (_, indented) => `!!! note\n\n${indented}`,
  (inside) => `<details>\n<summary>Ask</summary>\n\n${inside}\n\n</details>`,
  (inside) => `<div>\n\n${inside}\n\n</div>`,
  (inside) => `<Tabs>\n<Tab label="One">\n\n${inside}\n\n</Tab>\n</Tabs>`,
  (inside) => `{{< note >}}\n${inside}\n{{< /note >}}`,
  (_, indented) => `-   first\n\n${indented}`,
  // Indented admonitions are not known inside quotations.
  (inside) => (inside.includes('!!!') ? inside : inside.replace(/^/gm, '> ')),
  (inside) => `## Heading\n\n${inside}`,
  (inside) => `${inside}\n\n| a | b |\n|---|---|\n| c | d |`,
  (inside) => `${inside}\n\nTerm\n: definition`,
];

test('no word is lost, however the markup around it is nested', async () => {
  const layers = fc.array(fc.nat(WRAPPERS.length - 1), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(layers, fc.boolean(), async (indices, isMdx) => {
      let source = 'seen *words* here';
      for (const index of indices) source = WRAPPERS[index]?.(source, source.replace(/^(?=.)/gm, '    ')) ?? source;
      const { text } = await readMarkdown(source, isMdx);
      expect(text).toMatch(/seen words here/);
      expect(text).not.toMatch(/:::|!!!|<\/?[A-Za-z]|\{\{/);
    }),
    { numRuns: 300 },
  );
});
