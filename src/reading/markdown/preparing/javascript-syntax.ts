/**
 * Finds the end of the JavaScript expression in braces that begins at `start`.
 *
 * @returns The index after the closing brace, or -1 if the expression does not end in this text.
 */
export function endOfExpression(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote || (char === '\n' && quote !== '`')) quote = '';
    } else if (char === '/' && text[at + 1] === '*') {
      const closing = text.indexOf('*/', at + 2);
      if (closing === -1) return -1;
      at = closing + 1;
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** Whether a statement is complete: all its brackets are closed, and its last token does not need another one. */
export function isCompleteStatement(text: string): boolean {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote || (char === '\n' && quote !== '`')) quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if (char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === ')' || char === ']' || char === '}') depth -= 1;
  }
  return depth <= 0 && quote !== '`' && !/(?:[=,(+]|=>|\bfrom)\s*$/.test(text);
}
