/** The printed report without its figures. */

/** Replaces each decimal number by `#`, and aligned columns by two spaces. */
export function shapeOf(text: string): string {
  return text.replace(/\d*\.\d+/g, '#').replace(/ {2,}/g, '  ');
}

/** The shape of a report's measures, from the line after its title. All quotes are right. */
export function measuresShape({ quotes }: { readonly quotes: number }): string {
  return `
R@1  #  (# to #)
R@5  #  (# to #)
MRR@10  #  (# to #)
nDCG@10  #  (# to #)
MAP  #  (# to #)
recall@100  #  (# to #)

AUROC, answerable vs. unanswerable  #  (# to #)
answerable questions answered  #  (# to #)
unanswerable questions answered  #  (# to #)
right answers  #  (# to #)
right answers at 60% coverage  #  (# to #)
expected calibration error  #
area under the risk-coverage curve  #

quotes identical to the article  ${quotes} of ${quotes}
time per question  # ms (95th percentile: # ms)
`;
}
