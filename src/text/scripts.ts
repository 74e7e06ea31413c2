/** Scripts by their names in Unicode. Japanese counts by its own letters or, without any, as Han. */
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

export type Script = (typeof SCRIPTS)[number];

const LETTERS = SCRIPTS.map((script) => ({ script, pattern: new RegExp(`\\p{Script=${script}}`, 'gu') }));

/** The script that most letters of a text are of, or null where none of the known ones occurs. */
export function mainScript(text: string): Script | null {
  let most = 0;
  let main: Script | null = null;
  for (const { script, pattern } of LETTERS) {
    const count = text.match(pattern)?.length ?? 0;
    if (count > most) {
      most = count;
      main = script;
    }
  }
  return main;
}
