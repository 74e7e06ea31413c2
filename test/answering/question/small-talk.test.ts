import { describe, expect, test } from 'vitest';
import { isInvitation } from '../../../src/answering/question/small-talk.js';

describe('people ask each other, not the articles', () => {
  test.each([
    'who wants to play?',
    'Who is in?',
    'hey, anyone up for a round?',
    'lets go!',
    'are you a bot?',
    'qui est là ?',
    'кто хочет играть?',
  ])('%s', (message) => {
    expect(isInvitation(message)).toBe(true);
  });
});

describe('these are questions for the articles', () => {
  test.each([
    'who is in charge of the harbour?',
    'who is playing the queen in the second act?',
    'who wants the bridge torn down?',
    'lets encrypt certificates: how often are they renewed?',
    'what does a ferry cost?',
  ])('%s', (message) => {
    expect(isInvitation(message)).toBe(false);
  });
});
