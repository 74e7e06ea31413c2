/** Replaces `\r\n` and `\r` with `\n`. */
export function normaliseLineEndings(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
