import { describe, expect, test } from 'vitest';
import type { Block } from '../../../src/corpus/block.js';
import { parsePage } from '../../../src/reading/html/page.js';
import { blocksOf } from '../../../src/reading/html/page-blocks.js';
import { readHtml } from '../../../src/reading/html-file.js';
import type { SourceArticle } from '../../../src/reading/source-article.js';

const INTRODUCTION =
  '<h1>The kiln</h1><p>The kiln of the pottery holds ninety cups, and it is fired once a week by two people who know it.</p>';

/** A page of a manual with a given content, and something below its main part. */
function read(content: string, below = ''): SourceArticle {
  return readHtml(`<html><head><title>The kiln</title></head><body><nav><a href="/">Start</a></nav>
<main>${INTRODUCTION}${content}</main>${below}<footer>The pottery at the mill</footer></body></html>`);
}

function textOf(article: SourceArticle, { start, end }: { readonly start: number; readonly end: number }): string {
  return article.text.slice(start, end);
}

function isSpan(value: unknown): value is { readonly start: number; readonly end: number } {
  return typeof value === 'object' && value !== null && 'start' in value;
}

/** The blocks below the introduction, as "kind text", with some fields in front. */
function outline(content: string, ...fields: readonly (keyof Block)[]): string[] {
  const article = read(content);
  return article.blocks.slice(2).map((block) => {
    const shown = fields.flatMap((field) => {
      const value = block[field];
      if (value === undefined) return [];
      return [`${field}=${isSpan(value) ? textOf(article, value) : JSON.stringify(value).replaceAll('"', '')}`];
    });
    return [block.kind, ...shown, textOf(article, block)].join(' ');
  });
}

/** The context of each block below the introduction, as "role text". */
function contexts(content: string): string[][] {
  const article = read(content);
  return article.blocks
    .slice(2)
    .map(({ context = [] }) => context.map((span) => `${span.role} ${textOf(article, span)}`));
}

describe('lists', () => {
  test('have their numbers in the text, whatever they start with', () => {
    const list = '<ol start="3"><li>Open it.</li><li value="7">Wait.</li><li>Close it.</li></ol>';
    expect(outline(list, 'marker')).toEqual([
      'item marker=3. 3. Open it.',
      'item marker=7. 7. Wait.',
      'item marker=8. 8. Close it.',
    ]);
    expect(outline('<ol type="a"><li>Cups</li></ol><ol type="I" start="4"><li>Plates</li></ol>')).toEqual([
      'item a. Cups',
      'item IV. Plates',
    ]);
    expect(outline('<ol reversed><li>Third place</li><li>Second place</li><li>First place</li></ol>')).toEqual([
      'item 3. Third place',
      'item 2. Second place',
      'item 1. First place',
    ]);
  });

  test('do not repeat a number that the author wrote', () => {
    expect(outline('<ol><li>1. Open it.</li></ol>')).toEqual(['item 1. Open it.']);
  });

  test('know how deep they are, and that the rest of an item belongs to it', () => {
    const list = '<ul><li><p>Open it.</p><p>Slowly.</p><pre>open --slow</pre><ul><li>With gloves.</li></ul></li></ul>';
    expect(outline(list, 'depth')).toEqual([
      'item depth=1 Open it.',
      'paragraph depth=1 Slowly.',
      'code depth=1 open --slow',
      'item depth=2 With gloves.',
    ]);
  });

  test('say which tasks are done', () => {
    const list =
      '<ul><li><input type="checkbox" checked> Sweep</li><li><label><input type="checkbox"> Stack</label></li></ul>';
    expect(outline(list, 'isChecked')).toEqual(['item isChecked=true [x] Sweep', 'item isChecked=false [ ] Stack']);
  });

  test('have a heading in an item as a heading', () => {
    expect(outline('<ol><li><h3>Open</h3><p>Turn the wheel.</p></li></ol>', 'level')).toEqual([
      'heading level=3 1. Open',
      'paragraph Turn the wheel.',
    ]);
  });

  test('are boilerplate if they lead to other pages, unless a manual introduces them', () => {
    const links = '<ul><li><a href="a">Cups</a></li><li><a href="b">Plates</a></li><li><a href="c">Bowls</a></li></ul>';
    expect(outline(links, 'rule')).toContain('boilerplate rule=list of links Cups');
    expect(outline(`<p>These may be fired together:</p>${links}`)).toEqual([
      'paragraph These may be fired together:',
      'item Cups',
      'item Plates',
      'item Bowls',
    ]);
  });
});

describe('a line in bold', () => {
  test('is a question if the rest of its item follows', () => {
    const list =
      '<ul><li><p><strong>The door is stuck</strong></p><p>Pull the pin.</p><ul><li>Gently.</li></ul></li></ul>';
    expect(outline(list)).toEqual(['question The door is stuck', 'answer Pull the pin.', 'item Gently.']);
    expect(contexts(list)[1]).toEqual(['question The door is stuck']);
  });

  test('is a heading outside lists, one level below the last', () => {
    const source =
      '<h2>Firing</h2><p><b>In winter</b></p><p>Warm it first.</p><p><b>In summer</b></p><p>Wait for rain.</p>';
    expect(outline(source, 'level')).toEqual([
      'heading level=2 Firing',
      'heading level=3 In winter',
      'paragraph Warm it first.',
      'heading level=3 In summer',
      'paragraph Wait for rain.',
    ]);
  });

  test('is a paragraph if it is a sentence, or if nothing follows', () => {
    expect(outline('<p><b>The kiln is closed on Mondays.</b></p><p>Come on a Tuesday.</p>')[0]).toMatch(/^paragraph/);
    expect(outline('<p>It is hot.</p><p><b>The end</b></p>')[1]).toBe('paragraph The end');
  });
});

describe('code', () => {
  test.each([
    ['a class of its own', '<pre class="language-Bash">fire --now</pre>', 'bash'],
    ['a class of its code element', '<pre><code class="lang-sh">fire --now</code></pre>', 'sh'],
    ['a class around it', '<div class="highlight-source-yaml"><pre>fire --now</pre></div>', 'yaml'],
    ['an attribute', '<pre data-lang="toml">fire --now</pre>', 'toml'],
  ])('has its language from %s', (_, source, language) => {
    expect(outline(source, 'language')).toEqual([`code language=${language} fire --now`]);
  });

  test('keeps its lines, and leaves out their numbers and buttons', () => {
    const numbered = `<div class="highlight"><table class="highlighttable"><tr><td class="linenos"><pre>1\n2</pre></td>
<td class="code"><pre><span>if hot:</span>\n    open()<button>Copy</button></pre></td></tr></table></div>`;
    expect(outline(numbered)).toEqual(['code if hot:\n    open()']);
    expect(outline('<pre><div><span class="ln">1</span>a</div><div><span class="ln">2</span>  b</div></pre>')).toEqual([
      'code a\n  b',
    ]);
  });
});

test('a mail or a standard in one preformatted element has paragraphs', () => {
  const paragraph = 'The kiln must be swept before it is fired,\nand the shelves are to be washed with kiln wash.';
  const lines = Array.from({ length: 10 }, () => paragraph).join('\n\n');
  expect(outline(`<pre>${lines}</pre>`)).toEqual(Array.from({ length: 10 }, () => `paragraph ${paragraph}`));
  expect(outline(`<pre>${'  open(door);\n\n'.repeat(60)}</pre>`)).toHaveLength(1);
});

describe('entries', () => {
  test('are terms and their definitions', () => {
    const list = '<dl><div><dt>--hot</dt><dt>-h</dt><dd><p>Fires at once.</p><p>Use with care.</p></dd></div></dl>';
    expect(outline(list)).toEqual(['term --hot', 'term -h', 'definition Fires at once.', 'definition Use with care.']);
    expect(contexts(list)[3]).toEqual(['term --hot', 'term -h']);
  });

  test('are questions and answers if every term asks', () => {
    const list = '<dl><dt>Is it hot?</dt><dd>Very.</dd><dt>May I look in?</dt><dd>No.</dd></dl>';
    expect(outline(list)).toEqual(['question Is it hot?', 'answer Very.', 'question May I look in?', 'answer No.']);
  });

  test('are paragraphs if the list only indents them', () => {
    expect(outline('<dl><dd>Indented.</dd></dl>')).toEqual(['paragraph Indented.']);
  });

  test('are a summary and its details', () => {
    const details = '<details><summary>May I <i>look in</i>?</summary><p>No.</p><ul><li>Never.</li></ul></details>';
    expect(outline(details)).toEqual(['question May I look in?', 'answer No.', 'item Never.']);
    expect(contexts(details)[2]).toContain('question May I look in?');
  });

  test('may be folded away: what a click shows is read', () => {
    const source = `<h3><button aria-expanded="false" aria-controls="one">May I look in?</button></h3>
<div id="one" role="region" hidden><p>No, the heat would hurt your eyes.</p></div>
<button aria-controls="two">Who fires it?</button><div id="two" style="display: none"><p>Two people from the village.</p></div>
<p hidden>A draft that nobody sees.</p>`;
    expect(outline(source)).toEqual([
      'heading May I look in?',
      'paragraph No, the heat would hurt your eyes.',
      'question Who fires it?',
      'answer Two people from the village.',
    ]);
  });
});

describe('notes', () => {
  test.each([
    [
      'Sphinx',
      '<div class="admonition warning"><p class="admonition-title">Warning</p><p>It is hot.</p></div>',
      'warning',
    ],
    [
      'GitHub',
      '<div class="markdown-alert markdown-alert-tip"><p class="markdown-alert-title">Tip</p><p>It is hot.</p></div>',
      'tip',
    ],
    [
      'Docusaurus',
      '<div class="theme-admonition theme-admonition-danger alert alert--danger"><div class="admonitionHeading_x">danger</div><div><p>It is hot.</p></div></div>',
      'danger',
    ],
    [
      'Starlight',
      '<aside aria-label="Caution" class="starlight-aside starlight-aside--caution"><p class="starlight-aside__title">Caution</p><p>It is hot.</p></aside>',
      'caution',
    ],
    ['a page with ARIA', '<div role="note" aria-label="Note"><p>Note</p><p>It is hot.</p></div>', 'note'],
    [
      'a wiki',
      '<table><tr><td><img src="w.png" alt="Warning icon"></td><td><b>Mind this</b><p>It is hot.</p></td></tr></table>',
      'warning',
    ],
  ])('of %s have a label, and their title in the text', (_, source, label) => {
    const [note = '', ...others] = outline(source, 'label');
    expect(others).toEqual([]);
    expect(note).toMatch(new RegExp(`^note label=${label} [^\\n]+\\nIt is hot\\.$`));
  });

  test('are no asides that lead elsewhere', () => {
    const text =
      'A glaze that runs will glue the cup to the shelf, so leave a finger of bare clay around the foot of each cup.';
    expect(outline(`<aside><p>${text}</p></aside>`)).toEqual([`note ${text}`]);
    expect(outline('<aside><h3>Related</h3><p><a href="a">Cups</a> and <a href="b">plates</a></p></aside>')).toEqual(
      [],
    );
  });
});

describe('tables', () => {
  test('have rows with cells below their header', () => {
    const table = `<table><caption>Heat by ware</caption><thead><tr><th>Ware</th><th>Heat</th></tr></thead>
<tr><td>Cups</td><td></td></tr><tr><td>Plates</td><td>1200</td></tr></table>`;
    expect(outline(table, 'isHeader')).toEqual([
      'caption Heat by ware',
      'row isHeader=true Ware | Heat',
      'row Cups',
      'row Plates | 1200',
    ]);
    const article = read(table);
    const cells = article.blocks
      .filter(({ kind }) => kind === 'row')
      .map((row) => row.cells?.map((cell) => textOf(article, cell)));
    expect(cells).toEqual([
      ['Ware', 'Heat'],
      ['Cups', ''],
      ['Plates', '1200'],
    ]);
    expect(contexts(table)[3]).toContain('header-row Ware | Heat');
  });

  test('keep the blocks of a cell in its row', () => {
    const table =
      '<table><tr><th>Ware</th><th>Heat</th></tr><tr><td>Cups</td><td><p>Slow.</p><ul><li>First 200</li></ul></td></tr></table>';
    expect(outline(table)).toEqual(['row Ware | Heat', 'row Cups | Slow.\nFirst 200']);
  });

  test('have a cell that covers several rows or columns in the text once, and as context of the rows below', () => {
    const table = `<table><tr><th rowspan="2">Ware</th><th colspan="2">Heat</th></tr><tr><th>low</th><th>high</th></tr>
<tr><td rowspan="2">Cups</td><td>900</td><td>1000</td></tr><tr><td>950</td><td>1050</td></tr></table>`;
    expect(outline(table, 'isHeader')).toEqual([
      'row isHeader=true Ware | Heat',
      'row isHeader=true | low | high',
      'row Cups | 900 | 1000',
      'row | 950 | 1050',
    ]);
    expect(contexts(table)[3]).toContain('cell-above Cups');
    const wide = `<table><tr><th>Ware</th><th>Mon</th><th>Tue</th></tr><tr><td rowspan="3">Cups</td><td colspan="2" rowspan="2">closed</td></tr>
<tr></tr><tr><td>900</td><td>1000</td></tr><tr><td>Jugs</td><td>800</td><td>700</td></tr></table>`;
    expect(outline(wide)).toEqual([
      'row Ware | Mon | Tue',
      'row Cups | closed',
      'row | 900 | 1000',
      'row Jugs | 800 | 700',
    ]);
    const [, first = [], second = [], third = []] = contexts(wide);
    expect(first).not.toContain('cell-above Cups');
    expect(second).toEqual(['header-row Ware | Mon | Tue', 'cell-above Cups']);
    expect(third).toEqual(['header-row Ware | Mon | Tue']);
  });

  test('have no header if only their first column names the rows', () => {
    const table = '<table><tr><th>Cups</th><td>900</td></tr><tr><th>Plates</th><td>1000</td></tr></table>';
    expect(outline(table, 'isHeader')).toEqual(['row Cups | 900', 'row Plates | 1000']);
  });

  test('that only lay out the page are read like the page', () => {
    const table = '<table role="presentation"><tr><td><p>Left.</p><p>More.</p></td><td>Right.</td></tr></table>';
    expect(outline(table)).toEqual(['paragraph Left.', 'paragraph More.', 'paragraph Right.']);
  });
});

test('links, struck text and ids are marks', () => {
  const article = read(
    '<h2 id="fuel">Fuel <a class="headerlink" href="#fuel">¶</a></h2><p>We burn <del>coal</del> and  <a href="wood.html">dry <b>wood</b></a>, see <a href="#fuel">above</a>.<br><a name="ash"></a>Ash is kept.</p>',
  );
  const marks = article.marks?.map(({ kind, value, start, end }) => [
    kind,
    value,
    article.text.slice(start, end || start),
  ]);
  expect(marks).toEqual([
    ['anchor', 'fuel', ''],
    ['struck', undefined, 'coal'],
    ['link', 'wood.html', 'dry wood'],
    ['anchor', 'ash', ''],
  ]);
  const [fuel, ash] = article.marks?.filter(({ kind }) => kind === 'anchor') ?? [];
  expect(article.text.slice(fuel?.start).startsWith('Fuel\n')).toBe(true);
  expect(article.text.slice(ash?.start)).toBe('Ash is kept.');
});

test('a fragment is read without looking for boilerplate', () => {
  const blocks = blocksOf(parsePage('<div class="share"><p>Share this</p></div><p>by Jane Doe</p>').body);
  expect(blocks.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['paragraph Share this', 'paragraph by Jane Doe']);
});

describe('a page of a manual keeps', () => {
  test.each([
    ['a section with the id "comments"', '<section id="comments"><h2>Comments</h2><p>Write them below.</p></section>'],
    ['a heading with the id "share"', '<h2 id="share">Share</h2><p>Write them below.</p>'],
    [
      'a part of a page builder',
      '<div class="elementor-widget elementor-widget-text"><h2>Visits</h2><p>Write them below.</p></div>',
    ],
    ['a page with room for a sidebar', '<div class="content-with-sidebar"><p>Write them below.</p></div>'],
    ['where to write to', '<p>Write to the potter at potter@example.com.</p>'],
    ['where to sign up', '<p>You can sign up for a place at the desk.</p>'],
    ['a clause', '<p>(c) The tenant shall sweep the yard.</p>'],
    ['a setting', '<p>image: the name of the picture</p>'],
    ['a line of a list that looks like a byline', '<ul><li>By Jane Doe</li><li>Comments</li></ul>'],
  ])('%s', (_, source) => {
    expect(outline(source).filter((line) => line.startsWith('boilerplate'))).toEqual([]);
    expect(outline(source)).not.toEqual([]);
  });
});

test('what is outside the article is counted by kind', () => {
  const { omitted } = read('', '<div class="cookie-banner"><p>We use cookies.</p><p>Fine.</p></div>');
  expect(omitted).toEqual([
    { what: 'navigation', count: 1 },
    { what: 'cookie notice', count: 1 },
    { what: 'footer', count: 1 },
  ]);
});
