import type { HiddenText } from '../corpus/hidden-text.js';
import { pluralise } from '../text/pluralise.js';

/** Describes the text that no question finds: one line for each kind, with a command that shows an example. */
export function hiddenTextLines(hidden: readonly HiddenText[]): string[] {
  return hidden.map(({ what, isStored, count, articles, exampleId }) => {
    const found = `${count.toLocaleString('en')} × ${what} in ${pluralise(articles, 'article')}`;
    return isStored
      ? `hidden: ${found} (see \`footnote show ${exampleId} --all\`)`
      : `left out: ${found} (for example from the file of \`footnote show ${exampleId}\`)`;
  });
}
