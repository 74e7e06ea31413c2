import type { en } from './en.js';

type PluralEnding = `_${Intl.LDMLPluralRule}`;
type WithoutPlural<Key extends string> = Key extends `${infer Stem}${PluralEnding}` ? Stem : Key;
type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? WithoutPlural<Key> : `${Key}.${Paths<Tree[Key]>}`;
}[keyof Tree & string];

/** The key of a text, such as `answer.undated`. Texts that count something are named without their plural ending. */
export type TextKey = Paths<typeof en>;

/**
 * The shape of a translation: every text of the English one, with a form for each plural of the language. A missing or
 * extra text does not compile.
 */
export type Translation<Plural extends Intl.LDMLPluralRule, Tree = typeof en> = {
  readonly [Key in keyof Tree & string as Key extends `${infer Stem}${PluralEnding}`
    ? `${Stem}_${Plural}`
    : Key]: Tree[Key] extends string ? string : Translation<Plural, Tree[Key]>;
};
