import { describe, expect, test } from 'vitest';
import { answerQuestion } from '../../src/answering/answer-question.js';
import { BELLS, BY_SENTENCES, depsFor, FERRY } from './bells-and-ferry.js';
import { rankedBy } from './small-library.js';

describe('a question in another language', () => {
  const written = { asked: 'de', written: 'en' };

  test('is at most closest, has no confidence, and gets a note', async () => {
    const asked: [string, string][] = [];
    const compareLanguages = (question: string, passages: string): typeof written => {
      asked.push([question, passages]);
      return written;
    };
    const answer = await answerQuestion('Who  sold bells?', { ...depsFor([BELLS, FERRY]), compareLanguages });
    expect(answer).toMatchObject({ outcome: 'closest', notes: [{ kind: 'language', ...written }] });
    expect(answer.confidence).toBeNull();
    expect(answer.citations).toHaveLength(1);
    expect(asked).toEqual([['Who sold bells?', 'Who council sold bells.']]);
  });

  test('is recognised by the best three passages of each part, however few are listed', async () => {
    const asked: [string, string][] = [];
    const compareLanguages = (question: string, passages: string): null => {
      asked.push([question, passages]);
      return null;
    };
    const articles = ['again', 'twice', 'loud', 'low'].flatMap((word) => [
      { title: null, passages: [[`Who sold bells ${word}.`]] },
      { title: null, passages: [[`When ferry sank ${word}.`]] },
    ]);
    const deps = { ...depsFor(articles), compareLanguages };
    await answerQuestion('Who sold bells?', deps, { limit: 1 });
    await answerQuestion('Who sold bells? When ferry sank?', deps, { limit: 1 });
    const bells = 'Who sold bells again. Who sold bells twice. Who sold bells loud.';
    expect(asked).toEqual([
      ['Who sold bells?', bells],
      [
        'Who sold bells? When ferry sank?',
        `${bells} When ferry sank again. When ferry sank twice. When ferry sank loud.`,
      ],
    ]);
  });

  test('that comes close stays closest, with the note and without confidence', async () => {
    const deps = { ...depsFor([BELLS]), compareLanguages: () => written };
    // One content word of two: -4 + 8/2 = 0; .5.
    expect(await answerQuestion('Who zeppelin bells?', deps)).toMatchObject({
      outcome: 'closest',
      confidence: null,
      notes: [{ kind: 'language', ...written }],
    });
  });

  test('that is not found has no confidence', async () => {
    const deps = { ...depsFor([BELLS]), compareLanguages: () => written };
    expect((await answerQuestion('bells zeppelin flew here', deps)).confidence).toBeNull();
  });

  test('that is not found stays not-found, with the note', async () => {
    const deps = { ...depsFor([BELLS]), compareLanguages: () => written };
    const answer = await answerQuestion('bells zeppelin flew here', deps);
    // One word of four: -4 + 2; .12.
    expect(answer).toMatchObject({ outcome: 'not-found', citations: [], notes: [{ kind: 'language', ...written }] });
  });

  test('in two parts has no answered part', async () => {
    const deps = { ...depsFor([BELLS, FERRY]), compareLanguages: () => written };
    const answer = await answerQuestion('Who sold bells? When ferry sank?', deps);
    expect(answer).toMatchObject({ outcome: 'closest', confidence: null });
    expect(answer.notes).toMatchObject([
      { kind: 'parts', parts: [{ outcome: 'closest' }, { outcome: 'closest' }] },
      { kind: 'language' },
    ]);
  });

  test('in another script is recognised by its letters, without a language check', async () => {
    const compareLanguages = (): never => {
      throw new Error('The language must not be checked');
    };
    const articles = [{ title: null, passages: [['Harpa stands there.']] }];
    const answer = await answerQuestion('Где стоит Harpa?', { ...depsFor(articles), compareLanguages });
    expect(answer.notes).toEqual([{ kind: 'script', asked: 'Cyrillic', written: 'Latin' }]);
    expect(answer.outcome).toBe('not-found');
    const sure = { decision: { ...BY_SENTENCES.decision, intercept: 9 } };
    const coefficients = rankedBy({ maxSim: 1 }, sure);
    const cited = await answerQuestion('Где стоит Harpa?', { ...depsFor(articles), compareLanguages, coefficients });
    expect(cited).toMatchObject({ outcome: 'closest', confidence: null, notes: [{ kind: 'script' }] });
    expect(cited.citations).toHaveLength(1);
  });
});
