import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFrontMatter } from '../../../src/reading/markdown/front-matter.js';

const NOTHING = { title: null, url: null, publisher: null, published: null, language: null };

describe('front matter states title, address, publisher, date and language', () => {
  test.each([
    [
      'YAML',
      '---\ntitle: "Blinken: a visit"\nurl: https://example.com/a\npublisher: Example\npublished: 2021-05-19\nlanguage: en\ntags: [a, b]\n---\n\nThey met.',
    ],
    [
      'YAML that ends with dots',
      '\n---\nTitle: >\n  Blinken:\n  a visit\nurl: https://example.com/a\npublisher: Example\ndate: 2021-05-19 10:00:00 +0200\nlang: en\n...\n\nThey met.',
    ],
    [
      'TOML',
      '+++\ntitle = "Blinken: a \\u0076isit" # title\nurl = \'https://example.com/a\'\n"publisher" = """\nExam\\\n  ple"""\ndate = 2021-05-19T10:00:00Z\nlanguage = "en"\ntags = [ # none\n  "a", [1, 2],\n]\ntable = { a = 1, b = "x" }\na.title = "no"\n\n[extra]\ntitle = "no"\n+++\n\nThey met.',
    ],
    [
      'JSON',
      '{\n"title": "Blinken: a visit",\n"url": "https://example.com/a",\n"publisher": "Example",\n"pubDate": "May 19, 2021",\n"language": "en",\n"tags": [1]\n}\n\nThey met.',
    ],
  ])('in %s', (_, source) => {
    expect(readFrontMatter(source)).toEqual({
      stated: {
        title: 'Blinken: a visit',
        url: 'https://example.com/a',
        publisher: 'Example',
        published: '2021-05-19',
        language: 'en',
      },
      warnings: [],
      body: '\n\nThey met.',
    });
  });
});

describe('is no front matter:', () => {
  test.each([
    ['text between thematic breaks', '---\n\nThey met.\n\n---\n\nThey left.'],
    ['an underlined heading', '---\nThey met.\n---\n\nThey left.'],
    ['a list', '---\n- a\n- b\n---\n\nThey met.'],
    ['text that begins like a field', '---\nNote: they met\n\nand went on and on\nand on\n---\n\nThey left.'],
    ['fields without an end', '---\ntitle: a\n\nThey met.'],
    ['text between plus signs', '+++\nThey met.\n+++'],
    ['braces', '{\nThey met.\n}\n'],
  ])('%s', (_, source) => {
    expect(readFrontMatter(source)).toEqual({ stated: NOTHING, warnings: [], body: source });
  });
});

test('front matter may be empty or hold only unknown fields', () => {
  for (const content of ['', 'author: nobody\ntitle:\n', '# comment\n', 'slug: a\npermalink: https://example.com/a\n'])
    expect(readFrontMatter(`---\n${content}---\nThey met.`)).toEqual({
      stated: NOTHING,
      warnings: [],
      body: '\nThey met.',
    });
});

test('titles stay as they are written', () => {
  for (const title of ['1984', '1.10', '2021-05-19', 'true', '0x1F'])
    expect(readFrontMatter(`---\ntitle: ${title}\n---\n`).stated.title).toBe(title);
});

describe('a field that cannot be used is left out, and a warning names its line:', () => {
  test.each<[string, string, object, RegExp[]]>([
    ['a list as title', '---\ntitle: [a, b]\n---\n', {}, [/^line 2: title is a list, not a text/]],
    [
      'a field with fields',
      '---\ntitle: a\npublisher:\n  name: b\n---\n',
      { title: 'a' },
      [/^line 3: publisher is a list of fields/],
    ],
    [
      'several languages',
      '---\nlanguage: [en, de]\n---\n',
      { language: 'en' },
      [/^line 2: language is a list: only the first, "en"/],
    ],
    [
      'a template',
      '---\ntitle: {{ page.name }}\nurl: "{{ x }}"\n---\n',
      {},
      [/^line 2: title "\{\{ page.name \}\}" is a template/, /^line 3: url .* is a template/],
    ],
    ['a truth value as date', '---\npublished: true\n---\n', {}, [/^line 2: published "true" is not a date/]],
    [
      'a date that is none',
      '---\npublished: true\ndate: soon\n---\n',
      {},
      [/^line 2: published/, /^line 3: date "soon" is not a date/],
    ],
    ['an address without https', '---\nurl: /2021/a\n---\n', {}, [/^line 2: url "\/2021\/a" is not an address/]],
    [
      'a key given twice',
      '---\ntitle: a\ntags: x\ntags: y\ntitle: b\n---\n',
      { title: 'b' },
      [/^line 4: tags is given twice, first on line 3/, /^line 5: title is given twice/],
    ],
    [
      'a colon in a title',
      '---\npublisher: Ex\ntitle: Blinken: a visit\n---\n',
      { title: 'Blinken: a visit', publisher: 'Ex' },
      [/^line 3: the front matter is malformed \(.*\): put values that contain ":"/],
    ],
    ['a tab', '---\ntitle:\n\t- a\nlang: de\n---\n', { language: 'de' }, [/^line 3: the front matter is malformed/]],
    [
      'a quotation mark without its other half',
      '---\ntitle: "a\ndate: 2021-05-19\n---\n',
      { title: 'a', published: '2021-05-19' },
      [/malformed/],
    ],
    [
      'TOML without quotation marks',
      '+++\ntitle = Hello you\ndate = 2021-05-19\nwhat\n+++\n',
      { published: '2021-05-19' },
      [/^line 2: .*\(a text is not in quotation marks\)/, /^line 4: /],
    ],
  ])('%s', (_, source, stated, warnings) => {
    const found = readFrontMatter(source);
    expect(found.stated).toEqual({ ...NOTHING, ...stated });
    expect(found.warnings).toEqual(warnings.map((warning) => expect.stringMatching(warning)));
    expect(found.body.trim()).toBe('');
  });
});

test('"published: true" beside a date is not worth a warning', () => {
  expect(readFrontMatter('---\npublished: true\ndate: 2021-05-19\n---\n')).toMatchObject({
    stated: { published: '2021-05-19' },
    warnings: [],
  });
});

test('an asterisk before a word, which YAML reads as an alias, is text', () => {
  expect(readFrontMatter('---\ntitle: *important\n---\n').stated.title).toBe('*important');
});

test('no front matter, however broken or deeply nested, throws', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'title',
      ': ',
      ' = ',
      '"',
      "'",
      '"""',
      '[',
      ']',
      '{',
      '}',
      '\n',
      '- ',
      '  ',
      '\t',
      '#',
      '*a',
      '&a ',
      '|',
      '>',
      '%',
      '\\',
      '1',
      'true',
      '2021-05-19',
      ',',
      '.',
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(
      fc.constantFrom(['---\na: ', '\n---\n'], ['+++\na = ', '\n+++\n'], ['{\n', '\n}\n']),
      pieces,
      ([open, close], inside) => {
        readFrontMatter(`${open}${inside.join('')}${close}`);
      },
    ),
  );
  for (const source of [
    `---\na: ${'['.repeat(50_000)}\n---\n`,
    `+++\na = ${'['.repeat(50_000)}\n+++\n`,
    `+++\na = """${'\\"""'.repeat(50_000)}\n+++\n`,
  ])
    readFrontMatter(source);
});
