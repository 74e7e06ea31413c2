import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Article } from '../../src/corpus/article.js';
import { readArticles } from '../../src/reading/read-articles.js';
import { listSourceFiles } from '../../src/reading/source-files.js';
import { outlineOf, textsOf } from './article-folder.js';

/**
 * Five scraped web pages. They are not part of the repository; without a copy next to the repository, these tests are skipped.
 */
const SCRAPED = fileURLToPath(new URL('../../../shared/seeds', import.meta.url));

describe.skipIf(!existsSync(SCRAPED))('on five scraped pages (skipped if they are not next to the repository)', () => {
  const articles: Article[] = [];
  const all = (kind: 'paragraph' | 'heading' | 'title' | 'boilerplate'): string[] =>
    articles.flatMap((article) => textsOf(article, kind)).map((text) => text.replace(/\s+/g, ' '));

  beforeAll(async () => {
    for (const source of (await listSourceFiles([SCRAPED])).files)
      for await (const reading of readArticles(source)) if (reading.kind === 'article') articles.push(reading.article);
  });

  test('each is an article without a date: a timestamp of the page is not a date of publication', () => {
    expect(articles).toHaveLength(5);
    expect(articles.map(({ published }) => published)).toEqual([null, null, null, null, null]);
  });

  test('titles are found even below boilerplate, and none is made up', () => {
    expect(articles.map(({ title }) => title)).toEqual([
      'Does the Blinken-Lavrov Meeting Signal A Thaw In U.S.-Russia Relations?',
      'Why Thursday’s US-Russia diplomatic meeting was so important',
      'Lavrov-Tillerson Meet: Preparing for Putin-Trump Summit',
      'Blinken & Lavrov Stress For Dialogue Despite Serious Differences',
      null,
    ]);
  });

  test.each([
    '04:01 GMT07 March 2021',
    'Listen Live',
    'Get short URL',
    'Does the Blinken-Lavrov Meeting Signal A Thaw In U.S.-Russia Relations?',
    'US President Donald J. Trump (L) and Russian Foreign Minister Sergei Lavrov (2-L) during a meeting at the White House in Washington, DC',
    'The Russian and US diplomats hold their first meetings after the Administration transition in the US',
    'Want to sound off and share what you think about this? Send us an email at radio@sputniknews.com or find us on Facebook!',
    "Have you heard the news? Sign up to our Telegram channel and we'll keep you up to speed!",
    'meeting, Rex Tillerson, Vladimir Putin, Donald Trump, Sergei Lavrov, US, Russia',
    'Community standardsDiscussion',
    'See also Bella Thorne vs Tana Mongeau: Feud Explained: History and Timeline',
    'Stay with Stanford Arts Review for More Updates.',
    'Leave a Reply',
    'Laura Kelly contributed.',
    'See all Hill.TV See all Video',
    'Most Popular',
    'Load more',
    'See all Video',
  ])('%s is boilerplate', (text) => {
    expect(all('boilerplate')).toContain(text);
    expect(all('paragraph')).not.toContain(text);
    expect(all('heading')).not.toContain(text);
  });

  test('tags and copyright are boilerplate', () => {
    for (const beginning of ['Tags Antony Blinken', 'Copyright 2023 Nexstar']) {
      expect(all('boilerplate').filter((text) => text.startsWith(beginning))).toHaveLength(1);
      expect(all('paragraph').filter((text) => text.startsWith(beginning))).toEqual([]);
    }
  });

  test.each([
    'It happened at all',
    'Blinken again called for the release of Paul Whelan',
    'Russia downplayed the meeting',
    'New Dialogue to Settle Dispute',
    'What Should be Expected Ahead…',
  ])('%s is a heading', (text) => {
    expect(all('heading')).toContain(text);
  });

  test('all boilerplate is short, so no paragraph of an article is lost', () => {
    for (const text of all('boilerplate')) expect(text.split(/\s+/).length, text).toBeLessThanOrEqual(40);
    // One credit alone does not make a text a web page.
    const ending = /[.!?…:”"]$|^Image: /;
    for (const text of all('paragraph')) expect(text, text).toMatch(ending);
  });

  test('most of each text is body', () => {
    for (const article of articles) {
      const letters = textsOf(article, 'paragraph').join('').length;
      expect(letters / article.text.length, outlineOf(article).join('\n')).toBeGreaterThan(0.7);
    }
  });
});
