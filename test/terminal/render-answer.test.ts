import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { AnswerNote } from '../../src/answering/answer-notes.js';
import { toTerminal } from '../../src/terminal/output.js';
import { confidenceSuffix, renderAnswer } from '../../src/terminal/render-answer.js';
import { sourceLine } from '../../src/terminal/source-line.js';
import { answer, citation, colouredScreen, plainScreen, reference } from './answers.js';

const QUOTE =
  'Antony Blinken and Sergey Lavrov sat down together in Reykjavik on Wednesday 19 May 2021, beside the old harbour.';

describe('an answer in a terminal', () => {
  test('shows the confidence, and each quote with its source', () => {
    const citations = [
      citation(QUOTE, ['Reykjavik']),
      citation('They left.', [], reference({ title: null, publisher: null, published: null, url: null })),
    ];
    expect(renderAnswer(answer({ citations }), plainScreen())).toBe(
      `Answered (87% sure).

    “Antony Blinken and Sergey Lavrov sat down together in Reykjavik on
    Wednesday 19 May 2021, beside the old harbour.”
[1] Blinken and Lavrov in Reykjavik · Example · 2021-05-19
    https://example.com/reykjavik

    “They left.”
[2] diplomacy/reykjavik.md · undated`,
    );
  });

  test('leads to the section, if the page has an id for it', () => {
    const cited = { ...citation(QUOTE), location: { anchor: 'the talks', page: '7', time: null } };
    expect(renderAnswer(answer({ citations: [cited] }), plainScreen(120))).toContain(
      '· page 7\n    https://example.com/reykjavik#the%20talks',
    );
  });

  test('fits 40 columns', () => {
    expect(renderAnswer(answer({ citations: [citation(QUOTE)] }), plainScreen(40))).toBe(
      `Answered (87% sure).

    “Antony Blinken and Sergey Lavrov
    sat down together in Reykjavik on
    Wednesday 19 May 2021, beside the
    old harbour.”
[1] Blinken and Lavrov in Reykjavik ·
    Example · 2021-05-19
    https://example.com/reykjavik`,
    );
  });

  test('says "perhaps" when it is not sure, and "not found" when there is nothing', () => {
    const closest = renderAnswer(answer({ outcome: 'closest', confidence: 0.31 }), plainScreen());
    expect(closest.split('\n')[0]).toBe('Perhaps (31% sure). These passages come closest.');
    const partly = renderAnswer(answer({ outcome: 'partly', confidence: 0.9 }), plainScreen());
    expect(partly.split('\n')[0]).toBe('Partly answered (90% sure). Not all of your questions have an answer here.');
    const nothing = renderAnswer(answer({ outcome: 'not-found', citations: [] }), plainScreen());
    expect(nothing).toBe('Not found. Nothing in the articles answers this.');
  });

  test('shows no confidence when it is unknown', () => {
    const first = (outcome: 'answered' | 'closest'): string | undefined =>
      renderAnswer(answer({ outcome, confidence: null }), plainScreen()).split('\n')[0];
    expect(first('closest')).toBe('Perhaps. These passages come closest.');
    expect(first('answered')).toBe('Answered.');
  });

  test('shows its notes below the outcome, each wrapped to the screen', () => {
    const notes: AnswerNote[] = [
      { kind: 'spelling', typed: 'rekjavik', read: 'reykjavik' },
      { kind: 'script', asked: 'Cyrillic', written: 'Latin' },
    ];
    const shown = renderAnswer(answer({ outcome: 'not-found', notes, citations: [] }), plainScreen(50));
    expect(shown).toBe(
      `Not found. Nothing in the articles answers this.
Searched for “reykjavik” instead of “rekjavik”.
The question is in Cyrillic script, but the
articles are in Latin script. Try asking in the
language of the articles.`,
    );
  });

  test('to several questions says which question each quote is for', () => {
    const citations = [
      { ...citation('They met in Reykjavik.'), question: 'Where did they meet' },
      { ...citation('Comey was fired.', [], reference({ url: null })), question: 'who was fired in 2017?' },
    ];
    expect(renderAnswer(answer({ citations }), plainScreen())).toBe(
      `Answered (87% sure).

For “Where did they meet”:
    “They met in Reykjavik.”
[1] Blinken and Lavrov in Reykjavik · Example · 2021-05-19
    https://example.com/reykjavik

For “who was fired in 2017?”:
    “Comey was fired.”
[2] Blinken and Lavrov in Reykjavik · Example · 2021-05-19`,
    );
  });

  test('wraps a quote to the screen, not as the article does', () => {
    const wrapped = citation('They met \n in\nReykjavik.');
    const [block] = wrapped.excerpt.blocks;
    const blocks = block === undefined ? [] : [{ ...block, isWrapped: true }];
    const citations = [{ ...wrapped, excerpt: { ...wrapped.excerpt, blocks } }];
    const shown = renderAnswer(answer({ citations }), plainScreen());
    expect(shown).toContain('    “They met in Reykjavik.”');
  });

  test('shows matched words in bold, and the outcome and the source in colour', () => {
    const shown = toTerminal(renderAnswer(answer(), colouredScreen()));
    expect(shown).toBe(
      '\u001b[32mAnswered (87% sure).\u001b[39m\n\n' +
        '    “They \u001b[1mmet\u001b[22m in \u001b[1mReykjavik\u001b[22m on Wednesday.”\n' +
        '\u001b[36m[1] Blinken and Lavrov in Reykjavik · Example · 2021-05-19\u001b[39m\n' +
        '    \u001b[2mhttps://example.com/reykjavik\u001b[22m',
    );
  });

  test('strikes out in what introduces a quote what the author struck out', () => {
    const cited = citation('Yes.');
    const introduction = [{ text: 'May large\ndogs come?', struck: [{ start: 4, end: 9 }], isLabel: true }];
    const citations = [{ ...cited, excerpt: { ...cited.excerpt, introduction } }];
    expect(renderAnswer(answer({ citations }), plainScreen())).toContain(
      '    │ May ~~large~~ dogs come?\n    │ Yes.\n',
    );
    expect(toTerminal(renderAnswer(answer({ citations }), colouredScreen()))).toContain('\u001b[9mlarge\u001b[29m');
  });

  test('passes no control sequence of an article on to the terminal', () => {
    const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e';
    const article = reference({
      title: `a${evil}`,
      publisher: `b${evil}`,
      url: `https://example.com/${evil}`,
      published: null,
    });
    const shown = renderAnswer(
      answer({ citations: [citation(`One ${evil} two.`, ['One', 'two'], article)] }),
      plainScreen(),
    );
    expect(shown).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  });

  test('passes no control sequence of a question on to the terminal', () => {
    const evil = 'one \u001b]0;owned\u0007\u001b[2J\u009b31m\u202e two';
    const notes: AnswerNote[] = [
      { kind: 'follow-up', earlier: evil },
      { kind: 'parts', parts: [{ question: evil, outcome: 'answered', confidence: null }], skipped: 0 },
      { kind: 'spelling', typed: evil, read: evil },
      { kind: 'years-apart', published: [evil] },
      { kind: 'figures-differ', figures: [{ citation: 1, figures: [evil] }] },
    ];
    const citations = [{ ...citation('They met.'), question: evil }];
    const shown = renderAnswer(answer({ notes, citations }), plainScreen(60));
    expect(shown).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(shown.match(/two/g)).toHaveLength(7);
  });
});

test('a source is named by its title, or by its file if it has none', () => {
  expect(sourceLine(reference())).toBe('Blinken and Lavrov in Reykjavik · Example · 2021-05-19');
  expect(sourceLine(reference({ title: null, publisher: null, published: null }))).toBe('diplomacy/reykjavik.md');
});

test('no line of an answer is wider than the screen, except for a link, which is never broken', () => {
  const letters = fc.constantFrom(
    ...Array.from('abc äé .,“”—北京会谈😀👩🏽שלום'),
    '❤️',
    '🇮🇸',
    'e\u0301',
    '\n',
    '\t',
    '\u00a0',
    '\u001b[1m',
    'averyveryverylongword',
  );
  const text = fc.array(letters, { minLength: 1, maxLength: 200 }).map((each) => each.join('').trim() || 'x');
  fc.assert(
    fc.property(text, text, fc.integer({ min: 40, max: 200 }), (quote, title, columns) => {
      const question = title.replace(/\s+/g, ' ');
      const article = reference({ title: question, url: null });
      const notes: AnswerNote[] = [{ kind: 'follow-up', earlier: question }];
      const citations = [{ ...citation(quote, [], article), question }];
      const shown = renderAnswer(answer({ notes, citations }), plainScreen(columns));
      for (const line of shown.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
    }),
    { numRuns: 200 },
  );
});

test.each(['partly', 'closest', 'not-found'] as const)('the headline of "%s" fits 40 columns', (outcome) => {
  const shown = renderAnswer(answer({ outcome, citations: [] }), plainScreen(40));
  for (const line of shown.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(40);
});

test('confidence is shown as a whole percentage, never as certainty, and not at all if it is unknown', () => {
  const shares = [0, 0.004, 0.5, 0.125, 0.994, 0.999, 1];
  expect(shares.map(confidenceSuffix)).toEqual([
    ' (1% sure)',
    ' (1% sure)',
    ' (50% sure)',
    ' (13% sure)',
    ' (99% sure)',
    ' (99% sure)',
    ' (99% sure)',
  ]);
  expect(confidenceSuffix(null)).toBe('');
});
