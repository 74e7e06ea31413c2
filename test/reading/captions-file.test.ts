import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCaptions } from '../../src/reading/captions-file.js';
import { UnreadableFile } from '../../src/reading/source-article.js';
import { readText } from '../../src/reading/text-file.js';
import { outlineOf, textsOf } from './article-folder.js';

/** A SubRip file with a cue of four seconds for each text. */
function subRip(texts: readonly string[], gapSeconds = 0): string {
  return texts
    .map((text, index) => {
      const start = index * (4 + gapSeconds);
      const time = (seconds: number): string =>
        `00:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')},000`;
      return `${index + 1}\n${time(start)} --> ${time(start + 4)}\n${text}\n`;
    })
    .join('\n');
}

describe('captions', () => {
  const CUES = ['The ferry was built', '<i>by two</i> brothers', '{\\an8}who had never', 'seen the sea.'];

  test('become running text, with the time at which each cue begins', () => {
    const article = readCaptions(subRip(CUES));
    expect(article.title).toBeNull();
    expect(outlineOf(article)).toEqual(['paragraph: The ferry was built by two brothers who had never seen the sea.']);
    expect(article.marks.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'time 0:00:00',
      'time 0:00:04',
      'time 0:00:08',
      'time 0:00:12',
    ]);
    expect(article.marks.map(({ start }) => article.text.slice(start).split(' ')[0])).toEqual([
      'The',
      'by',
      'who',
      'seen',
    ]);
  });

  test('are recognised in a text file', () => {
    expect(readText(subRip(CUES)).text).toBe(readCaptions(subRip(CUES)).text);
    expect(readText('The arrow --> points at the quay.').text).toContain('-->');
  });

  test('end a paragraph at the end of a sentence after 60 words, or at a long pause', () => {
    const sentence = 'One two three four five six seven eight nine ten.';
    const paragraphs = textsOf(
      readCaptions(subRip(Array.from({ length: 15 }, (_, index) => `${index} ${sentence}`))),
      'paragraph',
    );
    expect(paragraphs.map((text) => text.split(' ').length)).toEqual([66, 66, 33]);
    expect(textsOf(readCaptions(subRip(['Before.', 'After.'], 20)), 'paragraph')).toEqual(['Before.', 'After.']);
  });

  test('that roll up show each line once', () => {
    const article = readCaptions(subRip(['The ferry', 'The ferry\nwas built', 'was built\nby brothers.', 'The ferry']));
    expect(article.text).toBe('The ferry was built by brothers. The ferry');
  });

  test('may name who speaks', () => {
    const article = readCaptions(
      'WEBVTT\n\nNOTE nobody sees this\n\nSTYLE\n::cue {}\n\nopening\n00:01.000 --> 00:04.000 align:start\n<v Ada>Who rows?\n\n00:04.000 --> 00:05.000\n<v.loud Bo>I do &amp; <c.x>she</c> does.\n',
    );
    expect(outlineOf(article)).toEqual(['turn: Ada: Who rows?', 'turn: Bo: I do & she does.']);
    const speakers = article.blocks.flatMap(({ context = [] }) =>
      context.map(({ start, end }) => article.text.slice(start, end)),
    );
    expect(speakers).toEqual(['Ada', 'Bo']);
  });

  describe('that write who speaks in front of the words', () => {
    const speakersIn = (texts: readonly string[]): string[] => {
      const { text, blocks } = readCaptions(subRip(texts));
      return blocks.map(({ kind, start, end, context = [] }) => {
        const speaker = context.map((span) => text.slice(span.start, span.end)).join();
        return `${kind}${speaker && ` of ${speaker}`}: ${text.slice(start, end)}`;
      });
    };

    test.each<[string, string[], string[]]>([
      [
        'with a colon',
        ['OLGA: Who rows', 'tonight?', 'PER: I do.', 'OLGA: And tomorrow?', 'PER: She does.'],
        [
          'turn of OLGA: OLGA: Who rows tonight?',
          'turn of PER: PER: I do.',
          'turn of OLGA: OLGA: And tomorrow?',
          'turn of PER: PER: She does.',
        ],
      ],
      [
        'after dashes, two in one caption, and one who speaks only once',
        ['- Olga: Who rows?\n- Per: I do.', '- Olga: When?\n- Per: At six.', 'Mrs. Lund: Too late.', '- No.'],
        [
          'turn of Olga: - Olga: Who rows?',
          'turn of Per: - Per: I do.',
          'turn of Olga: - Olga: When?',
          'turn of Per: - Per: At six.',
          'turn of Mrs. Lund: Mrs. Lund: Too late.',
          'paragraph: - No.',
        ],
      ],
      [
        'in brackets, as sounds are too',
        ['[Olga] Who rows?', '[Per] I do.', '[Music] La la', '[Olga] Fine.', '[Per] Good.'],
        [
          'turn of Olga: [Olga] Who rows?',
          'turn of Per: [Per] I do. [Music] La la',
          'turn of Olga: [Olga] Fine.',
          'turn of Per: [Per] Good.',
        ],
      ],
      [
        'on a line of its own',
        ['OLGA:\nWho rows?', 'PER:\nI do.', 'OLGA:\nFine.', 'PER:\nGood.'],
        [
          'turn of OLGA: OLGA: Who rows?',
          'turn of PER: PER: I do.',
          'turn of OLGA: OLGA: Fine.',
          'turn of PER: PER: Good.',
        ],
      ],
    ])('%s', (_, texts, expected) => {
      expect(speakersIn(texts)).toEqual(expected);
    });

    test('name the speaker beside every paragraph of a long answer, and once in the text', () => {
      const answer = Array.from(
        { length: 14 },
        (_, index) => `${index} ${'the oars are long and heavy '.repeat(2).trim()}.`,
      );
      const turns = speakersIn(['OLGA: Why?', 'PER: Because', ...answer, 'OLGA: I see.', 'PER: Yes.']);
      expect(turns.map((turn) => turn.slice(0, 16))).toEqual([
        'turn of OLGA: OL',
        'turn of PER: PER',
        'turn of PER: 5 t',
        'turn of PER: 10 ',
        'turn of OLGA: OL',
        'turn of PER: PER',
      ]);
    });

    test.each<[string, string[]]>([
      [
        'notes and warnings',
        ['Note: Bring oil.', 'It burns long.', 'Warning: Not much.', 'Note: Bring rope.', 'Warning: Old.'],
      ],
      ['sounds', ['[Music] Hello', '[Applause] Thanks', '[Music] Hello', '[Applause] Thanks']],
      ['sentences with a colon', ['The rule is: wait.', 'The law is: go.', 'The rule is: wait.', 'The law is: go.']],
      ['one label', ['Remember: wait.', 'Then go.', 'Remember: wait.', 'Remember: go.']],
      ['labels that never recur', ['First: wait.', 'Second: go.', 'Third: stop.', 'Fourth: rest.']],
      [
        'labels that come late and seldom',
        [
          ...Array.from({ length: 90 }, (_, index) => `and so on ${index}`),
          'Rule: wait.',
          'Law: go.',
          'Rule: wait.',
          'Law: go.',
        ],
      ],
    ])('are not those with %s', (_, texts) => {
      expect(readCaptions(subRip(texts)).blocks.every(({ kind }) => kind === 'paragraph')).toBe(true);
    });
  });

  test('without times are refused', () => {
    expect(() => readCaptions('The ferry')).toThrow(UnreadableFile);
  });
});

test('in any captions, blocks are in order and marks lie inside the text', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('<v Bo>yes', 'a\nb', '', '1\n', 'OLGA: yes', 'PER:\nno', '[Ann] so', '- no'),
        ),
      ),
      (texts) => {
        const source = subRip(['one', ...texts]);
        const { text, blocks, marks } = readCaptions(source.replace(/\r\n?/g, '\n'));
        let end = 0;
        for (const block of blocks) {
          expect(text.slice(end, block.start).trim()).toBe('');
          expect(block.end).toBeGreaterThan(block.start);
          end = block.end;
        }
        for (const mark of marks) expect(mark.end).toBeLessThanOrEqual(text.length);
      },
    ),
  );
});
