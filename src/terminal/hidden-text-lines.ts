import type { HiddenText } from '../corpus/hidden-text.js';
import { pluralise } from '../text/pluralise.js';

/** Says what no question finds, one line a kind, with the command that shows it. */
export function hiddenTextLines(hidden: readonly HiddenText[]): string[] {
  return hidden.map(({ what, isStored, count, articles, exampleId }) => {
    const where = `${count.toLocaleString('en')} in ${pluralise(articles, 'article')}`;
    return isStored
      ? `hidden, ${what}: ${where}; for example \`footnote show ${exampleId} --all\``
      : `left out, ${what}: ${where}; for example the file of \`footnote show ${exampleId}\``;
  });
}
