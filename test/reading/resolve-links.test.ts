import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Collections } from '../../src/reading/collections.js';
import { readHtml } from '../../src/reading/html-file.js';
import { readArticles } from '../../src/reading/read-articles.js';
import { resolveLinks } from '../../src/reading/resolve-links.js';
import { listSourceFiles } from '../../src/reading/source-files.js';
import { temporaryFolder } from '../library/temporary-folder.js';

/** Reads the links of one of some files, as the articles of a library. */
async function linksOf(file: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const { files: sources, collectionFiles } = await listSourceFiles([folder]);
  const collections = await Collections.read(collectionFiles);
  const links: string[] = [];
  for (const source of sources.filter((one) => one.file === file))
    for await (const result of readArticles(source, collections))
      if (result.kind === 'article')
        for (const mark of result.article.marks) if (mark.kind === 'link') links.push(mark.value ?? '');
  return links;
}

/** The addresses that links in `docs/guide/boats.md` get. */
function resolved(written: readonly string[], stated: string | null = null): (string | undefined)[] {
  const addressOf = (file: string): string | null =>
    file.startsWith('docs/') && stated === null ? `https://ferry.example/${file.slice(5).replace(/\.\w+$/, '')}` : null;
  const marks = written.map((value) => ({ kind: 'link', start: 0, end: 1, value }) as const);
  return resolveLinks(marks, { file: 'docs/guide/boats.md', stated, addressOf }).map(({ value }) => value);
}

describe('a link to another source file', () => {
  test('leads to the page that the collection file gives that file', async () => {
    const links = await linksOf('docs/guide/boats.md', {
      'docs/_collection.yaml': 'url: https://ferry.example/d\nextension: .html\n',
      'docs/guide/boats.md':
        '[A](winter%20boats.md#ice), [b](../README.md), [c](./old/sails.mdx?plain=1#x), [d](crew.html).',
    });
    expect(links).toEqual([
      'https://ferry.example/d/guide/winter%20boats.html#ice',
      'https://ferry.example/d/',
      'https://ferry.example/d/guide/old/sails.html?plain=1#x',
      'https://ferry.example/d/guide/crew.html',
    ]);
  });

  test('leads to the page of another collection if it is there', async () => {
    const links = await linksOf('docs/boats.md', {
      'docs/_collection.yaml': 'url: https://ferry.example/d',
      'news/_collection.yaml': 'url: https://news.example\ntrailingSlash: true',
      'docs/boats.md': '[Read](../news/storm.md) or [not](../old/storm.md) or [never](../../storm.md).',
    });
    expect(links).toEqual(['https://news.example/storm/', '../old/storm.md', '../../storm.md']);
  });

  test('is found from the address of the page itself, if that is made like the name of its file', () => {
    const links = ['rope.md#knots', '../crew.md', './README.md', '../../../sea.md'];
    expect(resolved(links, 'https://a.example/h/guide/boats/')).toEqual([
      'https://a.example/h/guide/rope/#knots',
      'https://a.example/h/crew/',
      'https://a.example/h/guide/',
      '../../../sea.md',
    ]);
    expect(resolved(links, 'https://a.example/h/guide/Boats.html').slice(0, 3)).toEqual([
      'https://a.example/h/guide/rope.html#knots',
      'https://a.example/h/crew.html',
      'https://a.example/h/guide/',
    ]);
    expect(resolved(links, 'https://git.example/main/guide/boats.md').slice(0, 3)).toEqual([
      'https://git.example/main/guide/rope.md#knots',
      'https://git.example/main/crew.md',
      'https://git.example/main/guide/README.md',
    ]);
  });

  test('stays on the site of the page, whatever the address of that looks like', () => {
    expect(resolved(['rope.md'], 'https://a.example//b.example/boats')).toEqual(['https://a.example//b.example/rope']);
    const long = `https://a.example/${'a.b'.repeat(100_000)}/boats?x=1#y`;
    expect(resolved(['rope.md'], long)).toEqual([long.replace(/boats.*/, 'rope')]);
  });

  test('stays as it is if the address of the page says nothing about others', () => {
    expect(resolved(['rope.md'], 'https://a.example/2024/05/a-new-boat/')).toEqual(['rope.md']);
    expect(resolved(['rope.md'], 'https://a.example/')).toEqual(['rope.md']);
    expect(resolved(['../crew.md', '../../crew.md'], 'https://a.example/boats')).toEqual([
      '../crew.md',
      '../../crew.md',
    ]);
  });
});

test('links to anything else stay as they are', () => {
  const others = [
    'https://b.example/x.md',
    'javascript:a.md',
    'mailto:a@b.md',
    '//b.example/x.md',
    '/x.md',
    '#x.md',
    '?x.md',
    'rope',
    '../',
    'rope.pdf',
    '%E0%A4%A.md',
  ];
  expect(resolved(others)).toEqual(others);
  expect(resolved(['rope.html'], 'https://a.example/guide/boats/')).toEqual(['rope.html']);
});

test('a page with a base address has its links relative to it', () => {
  const page = (head: string): (string | undefined)[] =>
    readHtml(
      `<html><head>${head}</head><body><main><h1>Boats</h1><p>Read <a href="rope.html#a">of rope</a> and <a href="https://b.example/">more</a>.</p></main></body></html>`,
    ).marks.flatMap(({ kind, value }) => (kind === 'link' ? [value] : []));
  expect(page('<base href="https://a.example/h/">')).toEqual(['https://a.example/h/rope.html#a', 'https://b.example/']);
  expect(page('<link rel="canonical" href="https://a.example/h/boats"><base href="/old/">')).toEqual([
    'https://a.example/old/rope.html#a',
    'https://b.example/',
  ]);
  expect(page('<base href="/old/">')).toEqual(['rope.html#a', 'https://b.example/']);
  expect(page('<base href="javascript:x">')).toEqual(['rope.html#a', 'https://b.example/']);
});

test('no link makes reading fail, and none gets an unsafe scheme', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('.', '/', 'a', '%', ':', '#', '?', '.md', '\\', ' ', 'é') }),
      (value) => {
        for (const stated of [null, 'https://a.example/guide/boats/']) {
          const [link] = resolved([value], stated);
          if (link !== value) expect(link).toMatch(/^https:\/\/(?:a|ferry)\.example\//);
        }
      },
    ),
  );
});
