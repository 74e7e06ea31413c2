import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarkdown } from '../../src/reading/markdown-file.js';
import { UnreadableFile } from '../../src/reading/source-article.js';
import { outlineOf, textsOf } from './article-folder.js';

const outline = (source: string): string[] => outlineOf(readMarkdown(source));

describe('a reader of the rendered page sees the same text:', () => {
  test.each<[string, string, string[]]>([
    ['emphasis', 'They *met* in **Reykjavik** and ~~left~~.', ['paragraph: They met in Reykjavik and left.']],
    ['a link', 'They met [in Reykjavik](https://example.com "title").', ['paragraph: They met in Reykjavik.']],
    ['a bare link', 'See https://example.com/a_b_c for it.', ['paragraph: See https://example.com/a_b_c for it.']],
    ['inline code', 'Run `npm start` twice.', ['paragraph: Run npm start twice.']],
    ['an escaped asterisk', '5 \\* 3 is 15 &amp; more.', ['paragraph: 5 * 3 is 15 & more.']],
    ['a wrapped line', 'They met\nin Reykjavik.', ['paragraph: They met\nin Reykjavik.']],
    [
      'a list',
      '- First thing.\n- Second thing.\n  - Below it.',
      ['paragraph: First thing.', 'paragraph: Second thing.', 'paragraph: Below it.'],
    ],
    ['a numbered list', '1. First thing.\n2. Second thing.', ['paragraph: First thing.', 'paragraph: Second thing.']],
    ['a task list', '- [x] Done thing.\n- [ ] Open thing.', ['paragraph: Done thing.', 'paragraph: Open thing.']],
    ['a quotation', '> They met.\n>\n> They left.', ['paragraph: They met.', 'paragraph: They left.']],
    ['a code block', '```js\nconst a = 1;\n\nrun(a);\n```', ['paragraph: const a = 1;\n\nrun(a);']],
    [
      'a table',
      '| Who | Where |\n| --- | --- |\n| Lavrov | Moscow |',
      ['paragraph: Who | Where', 'paragraph: Lavrov | Moscow'],
    ],
    ['a footnote', 'They met.[^1]\n\n[^1]: On Wednesday.', ['paragraph: They met.', 'paragraph: On Wednesday.']],
    [
      'a comment',
      'They met.\n\n<!-- not this -->\n\nThey <!-- nor this -->left.',
      ['paragraph: They met.', 'paragraph: They left.'],
    ],
    ['an image', 'They met.\n\n![Two ministers](photo.jpg)', ['paragraph: They met.']],
    ['HTML', '<div class="advert">Buy</div>\n\nThey met.', ['paragraph: They met.']],
    ['a thematic break', 'They met.\n\n---\n\nThey left.', ['paragraph: They met.', 'paragraph: They left.']],
    ['a link definition', 'They met [there][1].\n\n[1]: https://example.com', ['paragraph: They met there.']],
    [
      'a heading',
      'They met.\n\n## What was *said*\n\nNothing.',
      ['paragraph: They met.', 'heading: What was said', 'paragraph: Nothing.'],
    ],
    [
      'an underlined heading',
      'They met.\n\nWhat was said\n-------------\n\nNothing.',
      ['paragraph: They met.', 'heading: What was said', 'paragraph: Nothing.'],
    ],
    [
      'page boilerplate',
      'They met.\n\nListen Live\n\n- Get short URL',
      ['paragraph: They met.', 'boilerplate: Listen Live', 'boilerplate: Get short URL'],
    ],
    ['an empty heading', '##\n\nThey met.', ['paragraph: They met.']],
    ['nothing', '', []],
  ])('%s', (_, source, expected) => {
    expect(outline(source)).toEqual(expected);
  });

  test.each<[string, string, string[]]>([
    [
      'a table with an empty cell',
      '| Who | Where |\n| --- | --- |\n|  | Moscow |',
      ['paragraph: Who | Where', 'paragraph: | Moscow'],
    ],
    ['a line break written as two spaces', 'They met.  \nThey left.', ['paragraph: They met.\nThey left.']],
    ['a line break written as a backslash', 'They met.\\\nThey left.', ['paragraph: They met.\nThey left.']],
    ['a line break written in HTML', 'They met.<br>They left.', ['paragraph: They met.\nThey left.']],
  ])('%s', (_, source, expected) => {
    expect(outline(source)).toEqual(expected);
  });
});

test('one blank line separates the blocks of the text', () => {
  expect(readMarkdown('# Title\n\n\n\nThey met.\n- One.\n- Two.').text).toBe('Title\n\nThey met.\n\nOne.\n\nTwo.');
});

describe('the title', () => {
  test('is the first-level heading that opens the article', () => {
    expect(readMarkdown('# Blinken *meets* Lavrov\n\nThey met.').title).toBe('Blinken meets Lavrov');
    expect(outline('# Blinken meets Lavrov\n\nThey met.')[0]).toBe('title: Blinken meets Lavrov');
  });

  test('is not a lower-level heading, nor one below the first paragraph', () => {
    expect(readMarkdown('## Blinken meets Lavrov\n\nThey met.').title).toBeNull();
    expect(readMarkdown('They met.\n\n# Blinken meets Lavrov\n\nThey left.').title).toBeNull();
  });

  test('is the one that the front matter states; a heading that repeats it is marked as the title', () => {
    const stated = '---\ntitle: Blinken meets Lavrov\n---\n\n';
    expect(outline(`${stated}# Blinken meets Lavrov\n\nThey met.`)).toEqual([
      'title: Blinken meets Lavrov',
      'paragraph: They met.',
    ]);
    const other = readMarkdown(`${stated}# In Reykjavik\n\nThey met.`);
    expect(other.title).toBe('Blinken meets Lavrov');
    expect(textsOf(other, 'heading')).toEqual(['In Reykjavik']);
  });
});

describe('front matter', () => {
  test('states title, address, publisher, date and language', () => {
    const source =
      '---\ntitle: "Blinken: a visit"\nurl: https://example.com/a\npublisher: Example\npublished: 2021-05-19\nlanguage: en\ntags: [a, b]\n---\n\nThey met.';
    expect(readMarkdown(source)).toMatchObject({
      title: 'Blinken: a visit',
      url: 'https://example.com/a',
      publisher: 'Example',
      published: '2021-05-19',
      language: 'en',
      text: 'They met.',
      warnings: [],
    });
  });

  test('may be empty or state only unknown fields', () => {
    expect(readMarkdown('---\n---\n\nThey met.')).toMatchObject({ title: null, text: 'They met.', warnings: [] });
    expect(readMarkdown('---\nauthor: nobody\ntitle:\n---\n\nThey met.')).toMatchObject({ title: null, warnings: [] });
  });

  test('may have a number as the title', () => {
    expect(readMarkdown('---\ntitle: 1984\n---\n\nThey met.').title).toBe('1984');
  });

  test('that is malformed is reported with the line of the file and advice', () => {
    const read = (): unknown => readMarkdown('---\npublisher: Example\ntitle: Blinken: a visit\n---\n\nThey met.');
    expect(read).toThrow(UnreadableFile);
    expect(read).toThrow(/^has malformed front matter on line 3: .*in quotation marks$/);
  });

  test.each([
    ['has a list as its title', '---\ntitle: [a, b]\n---\n\nThey met.', /title/],
    ['is a list', '---\n- a\n- b\n---\n\nThey met.', /front matter that cannot be used/],
    ['is a sentence', '---\nThey met.\n---\n\nThey left.', /front matter that cannot be used/],
    ['has the same field twice', '---\ntitle: a\ntitle: b\n---\n\nThey met.', /line 3/],
    ['is indented with a tab', '---\ntitle:\n\t- a\n---\n\nThey met.', /line \d/],
  ])('that %s is refused', (_, source, reason) => {
    expect(() => readMarkdown(source)).toThrow(UnreadableFile);
    expect(() => readMarkdown(source)).toThrow(reason);
  });

  test('with an asterisk before a word, which YAML reads as an alias, is refused', () => {
    expect(() => readMarkdown('---\ntitle: *important\n---\n\nThey met.')).toThrow(UnreadableFile);
  });
});

test('thousands of nested block quotes are either read or refused', () => {
  try {
    readMarkdown(`${'>'.repeat(5000)} deep`);
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableFile);
  }
});

test('in any Markdown, paragraphs are in order, separated by one blank line and trimmed', () => {
  const piece = fc.constantFrom(
    '# ',
    '- ',
    '1. ',
    '> ',
    '```\n',
    '---\n',
    '***\n',
    '<b>',
    '<!--',
    '-->',
    '[^1]',
    '[^1]: ',
    '![x](y)',
    '[x](y)',
    '**',
    '_',
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
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      // Starts with text because front matter may be malformed, which is tested above.
      const { text, blocks } = readMarkdown(`A.\n\n${pieces.join('')}`);
      let end = 0;
      for (const paragraph of blocks) {
        expect(text.slice(end, paragraph.start)).toMatch(end === 0 ? /^$/ : /^\n\n?$/);
        const own = text.slice(paragraph.start, paragraph.end);
        expect(own).not.toBe('');
        expect(own).toBe(own.trim());
        end = paragraph.end;
      }
      expect(text.length).toBe(end);
    }),
    { numRuns: 200 },
  );
});
