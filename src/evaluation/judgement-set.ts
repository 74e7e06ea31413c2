import { judgedByGold } from './gold-question.js';
import { containsText, foldText, type GoldText } from './gold-text.js';
import type { JudgedQuestion, JudgedSet } from './judged-set.js';

/** What people voted on a passage as an answer to a question. */
export interface VotedPassage {
  readonly question: string;
  /** How many voted it right. */
  readonly right: number;
  /** How many voted it wrong. */
  readonly wrong: number;
  /** The passage, and the path of its article below the seeds folder; null if it is no longer in the index. */
  readonly passage: { readonly file: string; readonly text: string } | null;
}

/**
 * Makes a judged set of votes. A passage is right if more people voted it right than wrong. Votes that a passage is wrong do not say
 * which one is right, so a question with nothing else is unanswerable as far as anybody knows. Questions with the same letters
 * and digits are one.
 */
export function judgementSet(votes: readonly VotedPassage[]): JudgedSet {
  const byQuestion = new Map<string, VotedPassage[]>();
  for (const vote of votes) {
    const key = foldText(vote.question);
    byQuestion.set(key, [...(byQuestion.get(key) ?? []), vote]);
  }
  const questions = [...byQuestion].flatMap(([id, [first, ...others]]) =>
    first === undefined ? [] : [judgedQuestion(id, first.question, [first, ...others])],
  );
  return { name: 'votes', bulk: null, sha256: null, questions };
}

function judgedQuestion(id: string, text: string, votes: readonly VotedPassage[]): JudgedQuestion {
  const goldTexts = rightPassages(votes);
  return judgedByGold({ id, text, isAnswerable: goldTexts.length > 0, half: 0, goldTexts });
}

function rightPassages(votes: readonly VotedPassage[]): GoldText[] {
  const tallies = new Map<string, { readonly file: string; readonly text: string; balance: number }>();
  for (const { passage, right, wrong } of votes) {
    if (passage === null) continue;
    const key = `${passage.file}\u0000${passage.text}`;
    const tally = tallies.get(key) ?? { ...passage, balance: 0 };
    tally.balance += right - wrong;
    tallies.set(key, tally);
  }
  return [...tallies.values()]
    .filter(({ balance }) => balance > 0)
    .map(({ file, text }) => ({ file, text, isAbout: (article) => article === file, isIn: containsText(text) }));
}
