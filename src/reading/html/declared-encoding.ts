/**
 * How far into the file to look. Browsers look at the first 1024 bytes, but programs that save pages put comments in front.
 */
const DECLARATION_BYTES = 4096;

/** Returns the encoding that a page declares in its XML declaration or in a `<meta>`, or null if it declares none. */
export function declaredEncoding(bytes: Uint8Array): string | null {
  // The declaration is ASCII, which has the same bytes in every encoding that can be declared this way.
  const beginning = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const declaration =
    /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)/i.exec(beginning) ??
    /<meta\s[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(beginning);
  return declaration?.[1] ?? null;
}
