import { expect, test } from 'vitest';
import { rareWords } from '../../../src/answering/question/rare-words.js';

/** A library in which each of these words is in so many passages. */
const FREQUENCIES: Readonly<Record<string, number>> = {
  gearbox: 1,
  jammed: 2,
  motor: 5,
  error: 90,
  exception: 40,
  e17: 1,
  turn: 7,
  srv: 1,
  vane: 3,
  '2031': 1,
};
const statistics = { wordFrequency: (word: string) => FREQUENCIES[word] ?? 0 };

test('the words that the library has are chosen, each once and in their order', () => {
  expect(rareWords('Motor error: the GEARBOX is jammed (gearbox), try later', 64, statistics)).toEqual([
    'motor',
    'error',
    'gearbox',
    'jammed',
  ]);
});

test('if there is no room for all, the rarest are chosen', () => {
  // "gearbox" counts as three tokens, "jammed" as two; "motor" needs two more.
  expect(rareWords('Motor error: the gearbox is jammed', 6, statistics)).toEqual(['gearbox', 'jammed']);
  expect(rareWords('Motor error: the gearbox is jammed', 7, statistics)).toEqual(['motor', 'gearbox', 'jammed']);
  expect(rareWords('Motor error: the gearbox is jammed', 0, statistics)).toEqual([]);
});

test('a name in code that the library does not have is searched for by its parts', () => {
  expect(rareWords('GearboxJammedException in MotorPool', 64, statistics)).toEqual([
    'gearbox',
    'jammed',
    'exception',
    'motor',
  ]);
});

test('what changes from one time to the next is left out', () => {
  const line =
    '2031-02-03 04:05:06 [17] /srv/vane/motor.py:31 http://srv.vane.example/motor 10.0.0.7:80 E17 at line 2031';
  expect(rareWords(line, 64, statistics)).toEqual(['e17']);
});

test('frames of a stack trace are left out, unless there is nothing else', () => {
  const frames = '    at turn (motor.js:3:4)\n    at vane (tower.js:5:6)';
  expect(rareWords(`Error: gearbox jammed\n${frames}`, 64, statistics)).toEqual(['error', 'gearbox', 'jammed']);
  expect(rareWords(frames, 64, statistics)).toEqual(['turn', 'motor', 'vane']);
});

test('nothing is chosen if the library has none of the words', () => {
  expect(rareWords('SIGSEGV in libfoo', 64, statistics)).toEqual([]);
});
