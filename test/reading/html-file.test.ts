import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readHtml } from '../../src/reading/html-file.js';
import { UnreadableFile } from '../../src/reading/source-article.js';
import { ArticleFolder, outlineOf, textsOf } from './article-folder.js';

const FIRST = 'The ferry to the island leaves the old harbour at six in the morning, and returns late in the evening.';
const SECOND = 'In winter it waits for the tide, which the captain reads from a mark on the wall, as his father did.';
const THIRD = 'Nobody has been left behind since the winter of the great storm, say the people who live there.';

/** A page with an article of three paragraphs, and something between the first and the second. */
function pageWith(between: string, head = ''): string {
  return `<!DOCTYPE html><html lang="en"><head>${head}</head><body><nav><a href="/">Home page</a></nav>
<article><h1>The ferry</h1><p>${FIRST}</p>${between}<p>${SECOND}</p><p>${THIRD}</p></article>
<footer><p>All about this site and the people who make it.</p></footer></body></html>`;
}

/** The blocks that are read between the first and the second paragraph, as "kind: text". */
function between(source: string): string[] {
  const outline = outlineOf(readHtml(pageWith(source)));
  return outline.slice(outline.indexOf(`paragraph: ${FIRST}`) + 1, outline.indexOf(`paragraph: ${SECOND}`));
}

describe('a reader of the page sees the same text:', () => {
  test.each<[string, string, string[]]>([
    [
      'emphasis',
      '<p>They <em>met</em> in <b>Reykja</b>vik and left.</p>',
      ['paragraph: They met in Reykjavik and left.'],
    ],
    ['whitespace', '<p>\n  They   met\n\tin Reykjavik. </p>', ['paragraph: They met in Reykjavik.']],
    ['entities', '<p>5 &lt; 7 &amp; Caf&eacute;&#8217;s done.</p>', ['paragraph: 5 < 7 & Café’s done.']],
    ['a line break', '<p>They met.<br>They left.</p>', ['paragraph: They met.\nThey left.']],
    ['two line breaks', '<p>They met.<br> <br/>They left.</p>', ['paragraph: They met.', 'paragraph: They left.']],
    [
      'a list',
      '<ul><li>First thing.</li><li>Second thing.<ul><li>Below it.</li></ul></li></ul>',
      ['item: First thing.', 'item: Second thing.', 'item: Below it.'],
    ],
    [
      'a quotation',
      '<blockquote><p>They met.</p><p>They left.</p></blockquote>',
      ['quotation: They met.', 'quotation: They left.'],
    ],
    ['code', '<pre>const a = 1;\n\n  run(a);</pre>', ['code: const a = 1;\n\n  run(a);']],
    [
      'a table',
      '<table><tr><th>Who</th><th>Where</th></tr><tr><td>Lavrov</td><td><p>Moscow</p></td></tr></table>',
      ['row: Who | Where', 'row: Lavrov | Moscow'],
    ],
    ['a heading', '<h2>What was <i>said</i></h2>', ['heading: What was said']],
    ['an unclosed paragraph', '<p>They met.<p>They left.', ['paragraph: They met.', 'paragraph: They left.']],
    ['soft hyphens', '<p>They met in Reyk&shy;ja&shy;vik.</p>', ['paragraph: They met in Reykjavik.']],
    ['a picture', '<p><img src="a.jpg" alt="Two ministers"></p>', []],
    ['a comment', '<p>They <!-- never -->met.</p>', ['paragraph: They met.']],
    ['a second doctype', '<div><!DOCTYPE html><p>They met.</p></div>', ['paragraph: They met.']],
  ])('%s', (_, source, expected) => {
    expect(between(source)).toEqual(expected);
  });

  test('one blank line separates the blocks of the text', () => {
    expect(readHtml(pageWith('')).text).toContain(`${FIRST}\n\n${SECOND}\n\n${THIRD}`);
  });
});

describe('leaves out', () => {
  test.each([
    ['a script', '<script>document.write("Buy now.")</script>'],
    ['a style', '<style>p { color: red }</style>'],
    ['a template', '<template><p>Buy now.</p></template>'],
    ['content for browsers without scripts', '<noscript><p>Buy now.</p></noscript>'],
    ['hidden elements', '<p hidden>Buy now, as all of your friends have done.</p>'],
    ['elements hidden by their style', '<p style="color: red; DISPLAY:none">Buy now, as all of your friends did.</p>'],
    ['elements hidden from screen readers', '<p aria-hidden="true">Buy now, as all of your friends have done.</p>'],
    ['form fields', '<select><option>Buy now.</option></select><textarea>Buy now.</textarea>'],
  ])('%s', (_, source) => {
    expect(readHtml(pageWith(source)).text).not.toMatch(/buy now|color/i);
  });
});

describe('marks as boilerplate', () => {
  test.each([
    [
      'a photo caption that credits the photo',
      '<figure><img src="a.jpg"><figcaption>The ferry in winter. Credit: A. Person</figcaption></figure>',
      'The ferry in winter. Credit: A. Person',
    ],
    [
      'an element whose class says so',
      '<div class="article-shareTools"><p>Tell your friends about it.</p></div>',
      'Tell your friends about it.',
    ],
    [
      'a paragraph whose words say so',
      '<p>Sign up for our newsletter and never miss a ferry.</p>',
      'Sign up for our newsletter and never miss a ferry.',
    ],
  ])('%s', (_, source, text) => {
    const article = readHtml(pageWith(source, '<meta property="og:type" content="article">'));
    expect(textsOf(article, 'paragraph')).toEqual([FIRST, SECOND, THIRD]);
    if (article.text.includes(text)) expect(textsOf(article, 'boilerplate')).toContain(text);
  });

  test('a list of links to other articles, and its heading', () => {
    const links = ['The storm of the century', 'Who owns the harbour', 'A captain looks back'];
    const list = links.map((link, number) => `<li><a href="/${number}">${link}</a></li>`).join('');
    const { text, blocks } = readHtml(pageWith(`<h3>In other news</h3><ul>${list}</ul><h2>The tide</h2>`));
    for (const { kind, start, end } of blocks)
      if (links.includes(text.slice(start, end))) expect(kind).toBe('boilerplate');
  });

  test('but not the article itself, whatever its class is called', () => {
    const source = `<html><body><div class="widget social"><p>${FIRST}</p><p>${SECOND}</p><p>${THIRD}</p></div></body></html>`;
    expect(textsOf(readHtml(source), 'paragraph')).toEqual([FIRST, SECOND, THIRD]);
  });
});

describe('metadata is read', () => {
  const read = (head: string): ReturnType<typeof readHtml> => readHtml(pageWith('', head));

  test('from <meta> and <link>', () => {
    const head = `<title>The ferry | The Chronicle</title><meta property="og:title" content="The ferry &amp;amp; the tide">
<link rel="canonical" href="https://example.com/ferry"><meta property="og:site_name" content="The Chronicle">
<meta property="article:published_time" content="2021-05-19T23:30:00+02:00">`;
    expect(read(head)).toMatchObject({
      title: 'The ferry & the tide',
      url: 'https://example.com/ferry',
      publisher: 'The Chronicle',
      published: '2021-05-19',
      language: 'en',
      warnings: [],
    });
  });

  test('from JSON-LD', () => {
    const posting = {
      '@graph': [
        { '@type': 'WebSite', name: 'Site', datePublished: '1999-01-01' },
        {
          '@type': ['NewsArticle'],
          headline: 'The ferry',
          datePublished: '2021-05-19',
          publisher: { name: 'The Chronicle' },
        },
      ],
    };
    expect(read(`<script type="application/ld+json">${JSON.stringify(posting)}</script>`)).toMatchObject({
      title: 'The ferry',
      publisher: 'The Chronicle',
      published: '2021-05-19',
    });
    expect(read('<script type="application/ld+json">{"@type": "Article", </script>').published).toBeNull();
  });

  test('from JSON-LD in CDATA', () => {
    const json = '{"@type": "Article", "datePublished": "2021-05-19"}';
    for (const script of [`<![CDATA[${json}]]>`, `\n  /*<![CDATA[*/ ${json} /*]]>*/\n`, `  ${json}\n`]) {
      expect(read(`<script type="application/ld+json">${script}</script>`).published).toBe('2021-05-19');
    }
  });

  test('in less than two seconds, however long it is', () => {
    const spaces = ' '.repeat(80_000);
    for (const head of [
      `<script type="application/ld+json">${spaces}</script>`,
      `<script type="application/ld+json">{"@type": "Article"}${spaces}x</script>`,
      `<meta property="og:title" content="${'The ferry - '.repeat(25_000)}">`,
      `<meta property="og:title" content="${'x '.repeat(150_000)}">`,
      `<title>${'The ferry | '.repeat(25_000)}</title>`,
    ]) {
      const startedAt = performance.now();
      read(head);
      expect(performance.now() - startedAt, head.slice(0, 50)).toBeLessThan(2000);
    }
  });

  test('with the title taken from the heading, or without the name of the site', () => {
    expect(read('<title>The ferry - The Chronicle</title>').title).toBe('The ferry');
    expect(
      read(
        '<meta property="og:title" content="The ferry – The Chronicle"><meta property="og:site_name" content="The Chronicle">',
      ).title,
    ).toBe('The ferry');
    expect(read('<meta property="og:title" content="Ships - and the sea">').title).toBe('Ships - and the sea');
  });

  test('with an address only if it is a web address', () => {
    expect(read('<link rel="canonical" href="javascript:alert(1)">')).toMatchObject({ url: null, warnings: [] });
    expect(
      read('<link rel="canonical" href="/ferry"><meta property="og:url" content="https://example.com/b">').url,
    ).toBe('https://example.com/b');
    expect(
      readHtml(`<!DOCTYPE html>\n<!-- saved from url=(0025)https://example.com/saved -->\n${pageWith('')}`).url,
    ).toBe('https://example.com/saved');
  });

  test('with a date only if the page states one unambiguous date of publication', () => {
    expect(read('<meta name="last-modified" content="2021-05-19">').published).toBeNull();
    expect(read('<meta name="date" content="05/06/2021">')).toMatchObject({ published: null, warnings: [] });
    const marked = (date: string): string => `<time itemprop="datePublished" datetime="${date}"></time>`;
    expect(readHtml(pageWith(marked('2021-05-19'))).published).toBe('2021-05-19');
    expect(readHtml(pageWith(marked('2021-05-19') + marked('2021-05-20'))).published).toBeNull();
    expect(
      readHtml(pageWith('<p>It was 19 May 2021 when <time datetime="2021-05-19">they</time> met.</p>')).published,
    ).toBeNull();
  });

  test('as null if the page states nothing', () => {
    const article = readHtml(`<p>${FIRST}</p>`);
    expect(article).toMatchObject({ title: null, url: null, publisher: null, published: null, language: null });
  });
});

describe('where Readability finds no article, the main part is read:', () => {
  test('a page of one line', () => {
    expect(outlineOf(readHtml('<p>They met.</p>'))).toEqual(['paragraph: They met.']);
    expect(outlineOf(readHtml('They met.'))).toEqual(['paragraph: They met.']);
    expect(outlineOf(readHtml('<!doctype html><title>Note</title><p>They met.'))).toEqual(['paragraph: They met.']);
  });

  test('a page of short lines', () => {
    const lines = Array.from({ length: 40 }, (_, number) => `<dt>word ${number}</dt><dd>means ${number}.</dd>`).join(
      '',
    );
    const source = `<body><nav><a href="/">Home page</a></nav><main><h1>Words</h1><dl>${lines}</dl></main></body>`;
    const article = readHtml(source);
    expect(textsOf(article, 'term')).toHaveLength(40);
    expect(textsOf(article, 'definition')).toHaveLength(40);
    expect(article.text).not.toContain('Home page');
  });
});

describe('a harmful page', () => {
  test.each([
    ['with 10,000 nested elements', '<div>'.repeat(10_000) + FIRST, /nested more than 512 levels deep/],
    ['with a million levels', '<b>'.repeat(1_000_000), /nested/],
    ['with a million elements', '<br>'.repeat(1_000_000), /more than 300000 elements/],
    ['with 100,000 attributes', `<p ${Array.from({ length: 100_000 }, (_, n) => `a${n}`).join(' ')}>x`, /attributes/],
    ['with unclosed comments', '<!--'.repeat(100_000), /has no recognisable article/],
    [
      'with nothing but a script',
      '<html><body><div id="root"></div><script>start()</script></body></html>',
      /^has no recognisable article: .* save /,
    ],
  ])(
    '%s is refused with the reason',
    (_, source, reason) => {
      expect(() => readHtml(source)).toThrow(UnreadableFile);
      expect(() => readHtml(source)).toThrow(reason);
    },
    10_000,
  );

  test('of a megabyte is read within seconds', () => {
    const started = performance.now();
    expect(textsOf(readHtml(pageWith(`<p>${FIRST}</p>`.repeat(9_000))), 'paragraph').length).toBeGreaterThan(9_000);
    readHtml(pageWith('<a href="x">word</a> '.repeat(50_000)));
    // It takes 1.5 seconds; the rest is for a busy machine.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('as a file', () => {
  let folder: ArticleFolder;
  beforeEach(() => {
    folder = new ArticleFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  test.each(['a.html', 'b.HTM', 'c.xhtml'])('%s', async (file) => {
    expect(textsOf(await folder.readOne(file, pageWith('')), 'paragraph')).toEqual([FIRST, SECOND, THIRD]);
  });

  test.each<[string, Uint8Array]>([
    ['undeclared UTF-8', Buffer.from('<p>Zoë said “no” — twice.</p>')],
    [
      'windows-1252 declared as Latin-1',
      Buffer.from('<meta charset="iso-8859-1"><p>Zo\xeb said \x93no\x94 \x97 twice.</p>', 'latin1'),
    ],
    [
      'windows-1252 declared with http-equiv',
      Buffer.from(
        '<meta http-equiv=Content-Type content="text/html; charset=windows-1252"><p>Zo\xeb said \x93no\x94 \x97 twice.</p>',
        'latin1',
      ),
    ],
    ['UTF-8 declared as windows-1251', Buffer.from('<meta charset="windows-1251"><p>Zoë said “no” — twice.</p>')],
    ['UTF-16 with a byte order mark', Buffer.from('\ufeff<p>Zoë said “no” — twice.</p>', 'utf16le')],
  ])('in %s', async (_, bytes) => {
    expect((await folder.readOne('a.html', bytes)).text).toBe('Zoë said “no” — twice.');
  });

  test.each<[string, string, string]>([
    ['windows-1251', 'd0eee6e4e5f1f2e2ee', 'Рождество'],
    ['shift_jis', '93fa967b8cea', '日本語'],
    ['iso-2022-jp', '1b2442467c4b5c386c1b2842', '日本語'],
  ])('in %s', async (charset, hex, word) => {
    const bytes = Buffer.concat([
      Buffer.from(`<meta charset=${charset}><p>`),
      Buffer.from(hex, 'hex'),
      Buffer.from('</p>'),
    ]);
    expect((await folder.readOne('a.html', bytes)).text).toBe(word);
  });

  test('in UTF-8 with one broken byte', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`<meta charset="utf-8"><p>${'é and so on. '.repeat(100)}`),
      Buffer.of(0xff),
    ]);
    expect((await folder.readOne('a.html', bytes)).text).toMatch(/^é and so on\..*\ufffd$/s);
  });

  test('without content is skipped with advice', async () => {
    const { skipped } = await folder.read([folder.write('a.html', ' \n')]);
    expect(skipped).toEqual([{ file: 'a.html', reason: expect.stringMatching(/^there is no text in it/) }]);
  });
});
