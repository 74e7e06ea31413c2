const PRONOUN = 'he|him|his|she|her|hers|they|them|their|theirs|it|its|there';
const REFERS = new RegExp(`\\b(?:${PRONOUN}|that|this|those|these|else|other)\\b`, 'i');

/** "Is there a treaty?", "how many are there in Russia?": this "there" stands for nothing; in "who was there?" it does. */
const EXISTS = /\b(?:is|are|was|were) there(?=\s+\p{L})|\bhow (?:many|much)\b.*\b(?:is|are|was|were) there\b/giu;

/** "Who is Antonov and what did he do?" says itself who "he" is. */
const NAMED_BEFORE = new RegExp(`\\s\\p{Lu}\\p{L}+\\b[^?]*\\s(?:${PRONOUN})\\b`, 'u');

/** Whether a question has a word that stands for something said before: "what did they do?". */
export function hasAnaphor(question: string): boolean {
  return REFERS.test(question.replace(EXISTS, ' ')) && !NAMED_BEFORE.test(question);
}
