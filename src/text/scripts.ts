/** Scripts by their Unicode names. Japanese counts as Hiragana or Katakana, or as Han if it uses no kana. */
const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Thai',
  'Georgian',
  'Armenian',
] as const;

/** The Unicode name of a script that `mainScript` recognises. */
export type Script = (typeof SCRIPTS)[number];

const LETTERS = SCRIPTS.map((script) => ({ script, pattern: new RegExp(`\\p{Script=${script}}+`, 'gu') }));

/** Returns the script that most letters of a text belong to, or null if the text has no letter of a known script. */
export function mainScript(text: string): Script | null {
  let maxCount = 0;
  let main: Script | null = null;
  for (const { script, pattern } of LETTERS) {
    const count = text.match(pattern)?.reduce((sum, run) => sum + run.length, 0) ?? 0;
    if (count > maxCount) {
      maxCount = count;
      main = script;
    }
  }
  return main;
}
