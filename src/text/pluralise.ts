/** A count with its noun: "1 article", "2 articles", "1,200 articles". */
export function pluralise(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
