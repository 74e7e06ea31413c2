import { describe, expect, test } from 'vitest';
import { readCollectionFile } from '../../src/reading/collection-file.js';

describe('a collection file', () => {
  test('states what its articles have in common', () => {
    const source = `title: The ferry handbook
url: https://ferry.example/docs
extension: .html
index: [index, start.md]
trailingSlash: false
publisher: Ferry Office
language: en-GB
published: 2024-02-29
`;
    expect(readCollectionFile(source)).toEqual({
      stated: {
        title: 'The ferry handbook',
        url: 'https://ferry.example/docs/',
        extension: '.html',
        index: ['index', 'start'],
        trailingSlash: false,
        publisher: 'Ferry Office',
        language: 'en-GB',
        published: '2024-02-29',
      },
      warnings: [],
    });
  });

  test('may be empty, or hold nothing but a comment', () => {
    expect(readCollectionFile('')).toEqual({ stated: {}, warnings: [] });
    expect(readCollectionFile('# not yet\n')).toEqual({ stated: {}, warnings: [] });
  });

  test.each([
    ['url: ferry.example', 'line 1: url is not an address that starts with https:// or http://'],
    ['\nurl: javascript:alert(1)', 'line 2: url is not an address'],
    ['title:\n', 'line 1: title is not a line of text'],
    ['title: [a, b]', 'line 1: title is not a line of text'],
    ['extension: html', 'line 1: extension is neither drop, keep nor an ending such as .html'],
    ['title: T\ntrailingSlash: perhaps', 'line 2: trailingSlash is neither true nor false'],
    ['language: English please', 'line 1: language is not a language tag like en or pt-BR'],
    ['published: last spring', 'line 1: published is not a date like 2021-05-19'],
    ['licence: MIT', 'line 1: licence is not a field: use title, url, extension'],
    ['constructor: x', 'line 1: constructor is not a field'],
    ['- a\n- b', 'line 1: it has no fields'],
  ])('with %j warns and names the line', (source, warning) => {
    const { warnings } = readCollectionFile(source);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(warning);
  });

  test('keeps its other fields if one cannot be used', () => {
    expect(readCollectionFile('url: nowhere\npublisher: Ferry Office').stated).toEqual({ publisher: 'Ferry Office' });
  });

  test('that is not YAML is not used, and the message names the line', () => {
    const { stated, warnings } = readCollectionFile('title: "open\npublisher: x\n');
    expect(stated).toEqual({});
    expect(warnings[0]).toMatch(/^line \d: .+\. The file is not used$/);
  });
});
