import { stringify } from 'csv-stringify/sync';
import type { UnansweredQuestion } from '../../community/unanswered-questions.js';
import type { VotedPassage } from '../../community/votes.js';

const COLUMNS = ['kind', 'group', 'question', 'asked_at', 'link', 'passage_id', 'article', 'right', 'wrong'];

/**
 * Where a spreadsheet may see the beginning of a formula: a sign at the start of a cell, behind whatever it trims or does not show.
 * Line ends, tabs and semicolons count as starts of a cell. Where the decimal separator is a comma, spreadsheets open CSV files with
 * semicolons as separators, and the quotation marks of a cell then protect nothing. See
 * https://owasp.org/www-community/attacks/CSV_Injection; the wide forms of the signs are signs too.
 */
const FORMULA_START = /(?<=^|[\t\n\r;])(?=[\p{White_Space}\p{C}"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/**
 * Writes unanswered questions and passages marked wrong as CSV (RFC 4180), one per row. Formulas are escaped with an apostrophe,
 * because people open the file in a spreadsheet.
 *
 * @param groups Groups of similar questions. The `group` column numbers them from 1.
 * @param articleNameOf Returns the name of a passage's article, or an empty string if the passage is no longer in the
 * index.
 */
export function gapsCsv(
  groups: readonly (readonly UnansweredQuestion[])[],
  passages: readonly VotedPassage[],
  articleNameOf: (passageId: string) => string,
): string {
  const questionRows = groups.flatMap((group, index) =>
    group.map(({ text, reason, askedAt, link, passageId }) => ({
      kind: reason,
      group: index + 1,
      question: text,
      asked_at: new Date(askedAt).toISOString(),
      link,
      passage_id: passageId ?? '',
      article: passageId === null ? '' : articleNameOf(passageId),
    })),
  );
  const passageRows = passages.map(({ passageId, right, wrong }) => ({
    kind: 'passage',
    passage_id: passageId,
    article: articleNameOf(passageId),
    right,
    wrong,
  }));
  return stringify([...questionRows, ...passageRows], {
    header: true,
    columns: COLUMNS,
    cast: { string: (text) => text.replace(FORMULA_START, "'") },
    bom: true,
    record_delimiter: 'windows',
    // By default only a whole \r\n is quoted, and a lone \r or \n in a question would end the row.
    quoted_match: /[\r\n]/,
  });
}
