import { NUMBER_SCALES, NUMBER_WORDS, ORDINAL_ENDING } from '../../text/english.js';

/**
 * A figure with its thousands and decimals ("1,550", "2.5"), or a word. Letters that touch a figure belong to it:
 * "G20", "5th".
 */
const NUMBER_OR_WORD = /\p{L}*\d+(?:[.,]\d+)*\p{L}*|\p{L}+/gu;
const ORDINAL = new RegExp(`(?<=\\d)${ORDINAL_ENDING}$`);

/**
 * Returns the numbers of a text in figures, each once: "twenty-five" is 25, "1,550" is 1550, "3 million" is 3 and
 * million. "One" is left out because it is as often a pronoun. A figure in a name ("G20") is left out because it is
 * compared as part of the name.
 */
export function numbersOf(text: string): ReadonlySet<string> {
  const numbers = new Set<string>();
  let tens: number | null = null;
  const closeTens = (): void => {
    if (tens !== null) numbers.add(String(tens));
    tens = null;
  };
  for (const [match] of text.normalize('NFKC').toLowerCase().matchAll(NUMBER_OR_WORD)) {
    const value = NUMBER_WORDS.get(match);
    if (tens !== null && value !== undefined && value > 0 && value < 10) {
      numbers.add(String(tens + value));
      tens = null;
      continue;
    }
    closeTens();
    const figure = match.replace(ORDINAL, '');
    if (value !== undefined && value >= 20) tens = value;
    else if (value !== undefined && match !== 'one') numbers.add(String(value));
    else if (NUMBER_SCALES.has(match)) numbers.add(match);
    else if (/^\d[\d.,]*$/.test(figure)) numbers.add(figure.replace(/,(?=\d{3}(?!\d))/g, ''));
  }
  closeTens();
  return numbers;
}
