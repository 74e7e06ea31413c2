import { expect, test } from 'vitest';
import { headingPath, headingPathAbove } from '../../src/corpus/heading-path.js';
import { plainExcerpt } from './plain-excerpt.js';

test('headings are joined on one line, without those that are empty', () => {
  expect(headingPath(['Boats', ' Hire\n  by the hour ', '\n', 'Winter'])).toBe('Boats › Hire by the hour › Winter');
  expect(headingPath(['', ' '])).toBe('');
  expect(headingPath([])).toBe('');
});

test('the highest headings give way if there is not enough room, and the nearest is always shown', () => {
  expect(headingPath(['Boats', 'Hire', 'Winter'], 21)).toBe('Boats › Hire › Winter');
  expect(headingPath(['Boats', 'Hire', 'Winter'], 20)).toBe('… › Hire › Winter');
  expect(headingPath(['Boats', 'Winter'], 3)).toBe('… › Winter');
  expect(headingPath(['Winter'], 3)).toBe('Winter');
});

test('an excerpt has the path of its headings, not of its other context', () => {
  const part = { start: 0, end: 0 };
  const context = [
    { ...part, role: 'heading' as const, text: 'Hire' },
    { ...part, role: 'lead-in' as const, text: 'These boats may land:' },
    { ...part, role: 'heading' as const, text: 'Winter' },
  ];
  expect(headingPathAbove(plainExcerpt('Ferries', { context }))).toBe('Hire › Winter');
});
