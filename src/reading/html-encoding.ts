/** Where browsers look for it, and a little further: comments of programs that save pages stand before it. */
const DECLARATION_BYTES = 4096;

/** The encoding that a page states in its first `<meta>` that does, or in its XML declaration; null when it states none. */
export function declaredEncoding(bytes: Uint8Array): string | null {
  // Names of encodings and what stands around them are the same bytes in all that is read here.
  const beginning = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const declaration =
    /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)/i.exec(beginning) ??
    /<meta\s[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(beginning);
  return declaration?.[1] ?? null;
}
