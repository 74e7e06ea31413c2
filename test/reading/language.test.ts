import { beforeAll, describe, expect, test } from 'vitest';
import { openLanguageComparison } from '../../src/reading/language.js';

const ENGLISH =
  'Antony Blinken and Sergey Lavrov met for the first time in the Harpa concert hall in Reykjavik on Wednesday. They spoke for an hour and three quarters about arms control, and both called the conversation constructive.';
const GERMAN =
  'Die Außenminister trafen sich am Mittwoch zum ersten Mal im Konzerthaus von Reykjavik. Sie sprachen fast zwei Stunden lang über Rüstungskontrolle, und beide nannten das Gespräch konstruktiv.';

let compare: Awaited<ReturnType<typeof openLanguageComparison>>;

beforeAll(async () => {
  compare = await openLanguageComparison();
});

describe('notices a question in a different language from the articles:', () => {
  test.each([
    ['de', 'Wo haben sich die Außenminister zum ersten Mal getroffen?'],
    ['fr', 'Où les ministres se sont-ils rencontrés pour la première fois ?'],
    ['es', '¿Dónde se reunieron los ministros por primera vez?'],
    ['it', 'Dove si sono incontrati i ministri per la prima volta?'],
    ['pt', 'Onde se encontraram os ministros pela primeira vez?'],
    ['nl', 'Waar hebben de ministers elkaar voor het eerst ontmoet?'],
    ['pl', 'Gdzie ministrowie spotkali się po raz pierwszy?'],
    ['sv', 'Var träffades ministrarna för första gången?'],
    ['tr', 'Bakanlar ilk kez nerede bir araya geldi?'],
    ['hu', 'Hol találkoztak először a külügyminiszterek?'],
    // Capitals and names make no difference.
    ['de', 'WO HABEN SICH BLINKEN UND LAWROW GETROFFEN?'],
  ])('%s: %s', (asked, question) => {
    expect(compare(question, ENGLISH)).toEqual({ asked, written: 'en' });
  });

  test('en: an English question about German articles', () => {
    expect(compare('Where did the foreign ministers meet for the first time?', GERMAN)).toEqual({
      asked: 'en',
      written: 'de',
    });
  });
});

describe('accepts a question in the language of the articles:', () => {
  test.each([
    'Where did Antony Blinken and Sergey Lavrov meet for the first time?',
    'What did the FBI director write in his memo?',
    'Who met whom in Geneva?',
    'How old is the Bundestag in Berlin?',
    'who won the tour de france in 1999',
    'What does “Schadenfreude” mean?',
  ])('%s', (question) => {
    expect(compare(question, ENGLISH)).toBeNull();
  });

  test('a German question about German articles', () => {
    expect(compare('Wo haben sich die Außenminister zum ersten Mal getroffen?', GERMAN)).toBeNull();
  });
});

describe('returns null when it cannot tell:', () => {
  test('a question of fewer than three words', () => {
    expect(compare('Wo war das?', ENGLISH)).toEqual({ asked: 'de', written: 'en' });
    expect(compare('Wo war?', ENGLISH)).toBeNull();
    // Numbers do not count as words.
    expect(compare('Wer gewann 2017 2018 2019?', ENGLISH)).toBeNull();
  });

  test('a question with fewer than three words that are not in the passages', () => {
    expect(compare('Wo trafen sich Blinken und Lavrov?', ENGLISH)).toEqual({ asked: 'de', written: 'en' });
    expect(compare('Wo war Lavrov in Reykjavik?', ENGLISH)).toBeNull();
    // Capitals make no difference.
    expect(compare('WO WAR LAVROV IN REYKJAVIK?', ENGLISH)).toBeNull();
    // The same question, but one of its names is not in the passages.
    expect(compare('Wo war Lavrov in Reykjavik?', ENGLISH.replaceAll('Lavrov', 'he'))).not.toBeNull();
  });

  test('articles without words', () => {
    const question = 'Wo haben sich die Außenminister zum ersten Mal getroffen?';
    expect(compare(question, '')).toBeNull();
    expect(compare(question, '1 2 3')).toBeNull();
  });

  test('a question without words', () => {
    expect(compare('', ENGLISH)).toBeNull();
    expect(compare('????', ENGLISH)).toBeNull();
  });

  test.each(['Blinken Lavrov Reykjavik Harpa', 'Antony Blinken Sergey Lavrov Reykjavik Harpa'])(
    'names, which belong to no language: %s',
    (question) => {
      expect(compare(question, ENGLISH)).toBeNull();
    },
  );
});

test('looks only at the beginning of the passages', () => {
  const question = 'Wo haben sich die Außenminister zum ersten Mal getroffen?';
  expect(compare(question, `${ENGLISH.repeat(5).slice(0, 1000)}${GERMAN.repeat(50)}`)).toEqual({
    asked: 'de',
    written: 'en',
  });
});
