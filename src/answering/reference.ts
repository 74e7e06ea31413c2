const REFERS = /\b(?:he|him|his|she|her|hers|they|them|their|theirs|it|its|there|that|this|those|these|else|other)\b/i;

/** "Is there a treaty?": this "there" stands for nothing. */
const EXISTS = /\b(?:is|are|was|were) there\b|\bthere (?:is|are|was|were)\b/gi;

/** Whether a question has a word that stands for something said before: "what did they do?". */
export function refersBack(question: string): boolean {
  return REFERS.test(question.replace(EXISTS, ' '));
}
