import type { en } from './en.js';

type PluralEnding = `_${Intl.LDMLPluralRule}`;
type WithoutPlural<Key extends string> = Key extends `${infer Stem}${PluralEnding}` ? Stem : Key;
type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? WithoutPlural<Key> : `${Key}.${Paths<Tree[Key]>}`;
}[keyof Tree & string];

/** Name of a text, such as `answer.undated`; of one that counts something without its plural ending. */
export type TextKey = Paths<typeof en>;

/**
 * The shape of a translation: the texts of English, each in words of its own, and what counts something in each plural of the
 * language. A text too few or too many does not compile.
 */
export type Translation<Plural extends Intl.LDMLPluralRule, Tree = typeof en> = {
  readonly [Key in keyof Tree & string as Key extends `${infer Stem}${PluralEnding}`
    ? `${Stem}_${Plural}`
    : Key]: Tree[Key] extends string ? string : Translation<Plural, Tree[Key]>;
};
