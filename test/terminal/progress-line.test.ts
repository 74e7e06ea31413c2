import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createOutput } from '../../src/terminal/output.js';
import { createProgressLine, duration } from '../../src/terminal/progress-line.js';

test.each([
  [0, '0 s'],
  [0.04, '0.1 s'],
  [0.44, '0.4 s'],
  [9.94, '9.9 s'],
  [9.96, '10 s'],
  [9, '9 s'],
  [59.4, '59 s'],
  [59.6, '1 min 0 s'],
  [125, '2 min 5 s'],
  [3600, '60 min 0 s'],
  [-5, '0 s'],
])('%d seconds are %s', (seconds, shown) => {
  expect(duration(seconds)).toBe(shown);
});

/** A stream that keeps what is written to it, and a clock that is set by hand. */
function sink(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const stream = new Writable({
    write(part, _encoding, done) {
      written.push(String(part));
      done();
    },
  });
  const output = Object.assign(stream, { isTTY, columns, rows: 24 }) as unknown as NodeJS.WriteStream;
  const clock = { now: 1000 };
  return { written, clock, line: createProgressLine(createOutput(output), () => clock.now) };
}

describe('without a terminal', () => {
  test('a line is written every ten seconds', () => {
    const { written, clock, line } = sink(false);
    line.show(0.1, ['1 article']);
    clock.now += 9_999;
    line.show(0.2, ['2 articles']);
    expect(written).toEqual([]);
    clock.now += 1;
    line.show(0.25, ['3 articles', '40 passages']);
    expect(written).toEqual(['25% · 3 articles · 40 passages · 30 s left\n']);
    clock.now += 5_000;
    line.show(0.3, ['4 articles']);
    line.clear();
    expect(written).toHaveLength(1);
  });

  test('the time left is not shown until there is something to base it on', () => {
    const { written, clock, line } = sink(false);
    clock.now += 10_000;
    line.show(0.02, ['1 article']);
    expect(written).toEqual(['2% · 1 article\n']);
  });

  test('an escape sequence in a fact is not written', () => {
    const { written, clock, line } = sink(false);
    clock.now += 10_000;
    line.show(0, ['\u001b[2Jfile']);
    expect(written.join('')).toBe('0% · \\u001b[2Jfile\n');
  });
});

describe('in a terminal', () => {
  test('one line with a bar is redrawn at most ten times a second', () => {
    const { written, clock, line } = sink(true);
    line.show(0.5, ['3 articles']);
    expect(written.join('')).toContain(`${'█'.repeat(12)}${'░'.repeat(12)} 50% · 3 articles`);
    const drawn = written.length;
    clock.now += 99;
    line.show(0.6, ['4 articles']);
    expect(written).toHaveLength(drawn);
    clock.now += 1;
    line.show(1, ['5 articles']);
    expect(written.slice(drawn).join('')).toContain(`${'█'.repeat(24)} 100% · 5 articles`);
    line.clear();
  });

  test('on a narrow one the bar is left out, and the facts are wrapped between words', () => {
    const { written, line } = sink(true, 40);
    line.show(0.5, ['3 articles', '1,234 passages', '100 passages/s']);
    expect(written.join('')).toContain('50% · 3 articles · 1,234 passages · 100\npassages/s · 0 s left');
    expect(written.join('')).not.toContain('█');
  });

  test('a share above one does not break the bar', () => {
    const { written, line } = sink(true);
    line.show(1.2, []);
    expect(written.join('')).toContain('█'.repeat(24));
  });
});
