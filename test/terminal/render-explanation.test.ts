import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Answer, PassageTrace, QuestionTrace } from '../../src/answering/answer.js';
import { renderExplanation, renderSourceExplanation } from '../../src/terminal/render-explanation.js';
import { answer, citation, plainScreen } from './answers.js';

const PASSAGE: PassageTrace = {
  passageId: 'bbbbbbbbbb',
  question: null,
  article: 'Blinken and Lavrov in Reykjavik',
  headings: ['The visit', 'Harpa'],
  reasons: [
    { kind: 'same-words', words: ['Reykjavik'] },
    { kind: 'similar-words', pairs: [{ question: 'meet', passage: 'met' }] },
    { kind: 'missing-words', words: ['weather'] },
    { kind: 'found', by: 'both' },
  ],
  rank: 1,
  score: 2.7654,
  termRank: 2,
  vectorRank: 17,
  prior: 0,
  features: {
    maxSimIdf: 0.512,
    maxSim: 0.25,
    sentenceMaxSim: 0.125,
    titleMaxSim: 0,
    termShare: 1,
    articleSimilarity: 0.6,
    sectionGain: 0,
    contextGain: 0,
  },
  words: [{ question: 'meet', passage: 'met', similarity: 0.81 }],
};
const QUESTION: QuestionTrace = {
  question: null,
  earlier: null,
  hasPaste: false,
  outcome: 'answered',
  confidence: 0.873,
  reasons: [
    { kind: 'clear-lead', effect: 'raises', over: 'articles' },
    { kind: 'missing-words', effect: 'lowers', words: ['weather'] },
  ],
};

describe('the explanation of an answer', () => {
  test('says how sure it is and why, and why each source was found', () => {
    expect(renderExplanation(explained(), plainScreen())).toBe(
      `Why this answer?
87% sure that what is shown answers the question. Surer (+) or less sure (−)
than usual, because:
  + No other article comes close.
  − Nothing in the passage matches “weather”.

[1] In “Blinken and Lavrov in Reykjavik”, under “The visit › Harpa”.
    It has “Reykjavik” from the question.
    Similar words: “meet” and “met”.
    Nothing matches “weather”.
    It was found by its words and by its meaning.`,
    );
  });

  test('has no numbers but the confidence and the numbers of the sources', () => {
    const shown = renderExplanation(explained(), plainScreen());
    expect(shown.match(/\d+/g)).toEqual(['87', '1']);
  });

  test('says what a question was read with', () => {
    const shown = renderExplanation(explained([{ ...QUESTION, earlier: 'Who\nmet?', hasPaste: true }]), plainScreen());
    expect(shown).toContain('Read together with the earlier question “Who met?”.\n');
    expect(shown).toContain('Words of what was pasted were searched for too.\n');
  });

  test('says which of several questions it is about', () => {
    const questions = ['Who met?', 'Who left?'].map((question) => ({ ...QUESTION, question }));
    expect(renderExplanation(explained(questions), plainScreen()).match(/For “.*”:\n87% sure/g)).toEqual([
      'For “Who met?”:\n87% sure',
      'For “Who left?”:\n87% sure',
    ]);
  });

  test('says so if nothing is unusual, or if there is no percentage', () => {
    const first = (changes: Partial<QuestionTrace>): string | undefined =>
      renderExplanation(explained([{ ...QUESTION, reasons: [], ...changes }]), plainScreen(120)).split('\n')[1];
    expect(first({})).toBe('87% sure that what is shown answers the question. Nothing about the match is unusual.');
    expect(first({ confidence: null })).toMatch(/^No percentage, because nobody has measured/);
  });

  test('says what comes closest if nothing was found', () => {
    const text = 'The ministers met. '.repeat(20);
    const shown = renderExplanation(
      {
        ...explained([{ ...QUESTION, outcome: 'not-found', confidence: 0.02 }]),
        citations: [],
        ranking: [{ passageId: 'bbbbbbbbbb', articleId: 'aaaaaaaaaa', text, score: 1 }],
      },
      plainScreen(),
    );
    expect(shown).toContain('2% sure that what comes closest answers the question.');
    expect(shown).toMatch(/This passage comes closest:\n {4}“The ministers met\. (?:.|\n)* …”\n {4}In “Blinken/);
    expect(shown.length).toBeLessThan(700);
  });

  test('says so if no passage was looked at', () => {
    const questions = [{ ...QUESTION, outcome: 'not-found', confidence: 0, reasons: [] } as const];
    const trace = { candidates: 0, passages: [], decision: null, questions };
    const nothing = answer({ outcome: 'not-found', confidence: 0, citations: [], trace });
    expect(renderExplanation(nothing, plainScreen())).toBe(
      'Why this answer?\nNo passage has anything in common with the question.',
    );
  });

  test('fits the screen and has no control sequences, whatever is in the article and the question', () => {
    const evil = 'one \u001b]0;owned\u0007\u001b[2J\u009b31m\u202e two';
    const given = explained([{ ...QUESTION, question: evil, earlier: evil }]);
    const trace = { ...given.trace, passages: [{ ...PASSAGE, question: evil, article: evil, headings: [evil] }] };
    const shown = renderExplanation(
      { ...given, trace, citations: [{ ...citation('They met.'), question: evil }] },
      plainScreen(40),
    );
    expect(shown).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(shown.match(/two/g)).toHaveLength(4);
    for (const line of shown.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(40);
  });
});

describe('the explanation of a source', () => {
  test('says that a person pinned it, with what else is known', () => {
    const pinned = {
      ...explained([]),
      notes: [{ kind: 'pinned', question: 'Where?', passageId: 'bbbbbbbbbb' } as const],
    };
    const [first] = pinned.citations;
    if (first === undefined) throw new Error('There is no source');
    expect(renderSourceExplanation(pinned, first, 1, plainScreen())).toContain(
      'A person pinned this passage to the question.',
    );
    // The same passage can be another source too, which nobody pinned.
    expect(renderSourceExplanation(pinned, first, 2, plainScreen())).not.toContain('pinned');
    const unknown = { ...pinned, trace: { ...pinned.trace, passages: [] } };
    expect(renderSourceExplanation(unknown, first, 1, plainScreen())).toBe(
      '[1] A person pinned this passage to the question.',
    );
  });

  test('is null if nothing is known about it', () => {
    expect(renderSourceExplanation(answer(), citation('They met.'), 1, plainScreen())).toBeNull();
  });

  test('is that for its own question', () => {
    const passages = ['Who met?', 'Who left?'].map(
      (question, index): PassageTrace => ({
        ...PASSAGE,
        question,
        reasons: [{ kind: 'found', by: index === 0 ? 'words' : 'meaning' }],
      }),
    );
    const given = { ...explained(), trace: { ...explained().trace, passages } };
    const source = { ...citation('They met.'), question: 'Who left?' };
    expect(renderSourceExplanation(given, source, 2, plainScreen())).toMatch(/^\[2\] (?:.|\n)*found by its meaning\./);
  });
});

function explained(questions: readonly QuestionTrace[] = [QUESTION]): Answer {
  return answer({ trace: { candidates: 7, passages: [PASSAGE], decision: null, questions } });
}
