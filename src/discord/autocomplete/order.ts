/** Compares by UTF-16 code units, as `startsWith` and `<` do. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Compares dates written as `YYYY-MM-DD` for sorting newest first. Empty dates come last. */
export function latestFirst(a = '', b = ''): number {
  return compareText(b, a);
}

/** Where an article stands among the others. */
interface Place {
  readonly collection: string | null;
  readonly file: string;
}

/** Compares articles in the library's order: by collection, those in none first, and then by file. */
export function compareByFile(a: Place, b: Place): number {
  return compareText(a.collection ?? '', b.collection ?? '') || compareText(a.file, b.file);
}
