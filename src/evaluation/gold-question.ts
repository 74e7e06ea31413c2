import type { GoldText } from './gold-text.js';
import type { JudgedPassage, JudgedQuestion } from './judged-set.js';

/**
 * Makes a question that is judged by gold texts, each of which answers it: a passage is right if it contains one of them and is
 * in an article of that text.
 */
export function judgedByGold(
  question: Pick<JudgedQuestion, 'id' | 'text' | 'isAnswerable' | 'half'> & { readonly goldTexts: readonly GoldText[] },
): JudgedQuestion {
  const { isAnswerable, goldTexts } = question;
  const isRight = ({ article, text }: JudgedPassage): boolean =>
    isAnswerable && goldTexts.some((gold) => gold.isAbout(article) && gold.isIn(text));
  return {
    ...question,
    // The gold texts are alternatives, and several may be in one passage, so all together count as one unit.
    relevantGrades: isAnswerable ? [1] : [],
    judge: (passage) =>
      isRight(passage) ? { unit: 'gold', grade: 1 } : { unit: `${passage.article} ${passage.start}`, grade: 0 },
    judgeSentence: null,
  };
}
