import type { PageElement } from './page.js';

/** Class names of line numbers beside code. */
const LINE_NUMBERS =
  /(?:^|\s)(?:linenos?|linenodiv|lnt?|gutter|blob-num|hljs-ln-numbers|rouge-gutter|rouge-lineno|line-numbers?|line-numbers-rows|gl|react-code-line-number)(?=$|\s)/;
/** Class names of buttons shown on top of code, such as "Copy". */
const CODE_TOOLS =
  /(?:^|[\s_-])(?:copy|copybtn|clipboard|copy-button|clipboard-container|zeroclipboard-container)(?=$|[\s_-])/i;

const LANGUAGE_CLASS =
  /(?:^|\s)(?:language-|lang-|highlight-source-|highlight-text-|highlight-(?!default|none)|brush:\s*|sourceCode\s+)([a-z][\w+#.-]*)/i;

/** Returns the language of preformatted text as its author named it, in lower case. Null if it has none. */
export function codeLanguage(pre: PageElement): string | null {
  const code = pre.querySelector('code');
  const around = [pre, code, pre.parentNode, pre.parentNode?.parentNode ?? null];
  for (const element of around) {
    // The document is not an element.
    if (element === null || element.nodeType !== 1) continue;
    const stated = element.getAttribute('data-lang') ?? element.getAttribute('data-language');
    const found = stated ?? LANGUAGE_CLASS.exec(element.getAttribute('class') ?? '')?.[1];
    if (found && !/^(?:none|plain|plaintext|text|default)$/i.test(found)) return found.toLowerCase();
  }
  return null;
}

/** Shorter preformatted text is code, a poem or an address. */
const MIN_PROSE_CHARACTERS = 600;
const MIN_PROSE_SHARE = 0.6;

/** Whether preformatted text is running text: a mail in an archive, a standard, an old book. */
export function isPreformattedProse(pre: PageElement): boolean {
  if (pre.querySelector('code, span, div') !== null || codeLanguage(pre) !== null) return false;
  const text = pre.textContent ?? '';
  if (text.length < MIN_PROSE_CHARACTERS) return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const isProse = (line: string): boolean =>
    /^[^{}<>=$\\|]*$/.test(line) && (line.match(/\p{L}{2,}/gu)?.length ?? 0) >= 6;
  return lines.filter(isProse).length >= MIN_PROSE_SHARE * lines.length;
}

/** Whether an element shows line numbers or a button beside code. */
export function isCodeFrame(element: PageElement, className: string, isInCode: boolean): boolean {
  const name = element.localName;
  // Prism puts "line-numbers" on the code itself.
  if (name === 'pre' || name === 'code' || name === 'table') return false;
  if (!isInCode && name !== 'td' && name !== 'th') return false;
  return LINE_NUMBERS.test(className) || (isInCode && CODE_TOOLS.test(className));
}
