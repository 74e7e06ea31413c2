import type { Database } from 'better-sqlite3';
import type { HiddenText } from '../corpus/hidden-text.js';

// What is damaged is not counted; whoever needs it says so.

/** Counts the boilerplate in the articles by the rule that it was recognised by. */
const STORED = `
  SELECT coalesce(block.value ->> 'rule', 'boilerplate') AS what, 1 AS isStored,
         count(*) AS count, count(DISTINCT a.key) AS articles, min(a.id) AS exampleId
  FROM articles a, json_each(iif(json_valid(a.blocks), a.blocks, '[]')) block WHERE block.value ->> 'kind' = 'boilerplate' GROUP BY what`;

/** Counts what was left out of the articles. */
const LEFT_OUT = `
  SELECT omission.value ->> 'what' AS what, 0 AS isStored,
         sum(omission.value ->> 'count') AS count, count(DISTINCT a.key) AS articles, min(a.id) AS exampleId
  FROM articles a, json_each(iif(json_valid(a.omitted), a.omitted, '[]')) omission GROUP BY what`;

/** Returns what the articles hold but no question finds, most frequent first. */
export function hiddenTextOf(database: Database): HiddenText[] {
  const rows = database
    .prepare(`${STORED} UNION ALL ${LEFT_OUT} ORDER BY isStored DESC, count DESC, what`)
    .all() as (Omit<HiddenText, 'isStored'> & { readonly isStored: 0 | 1 })[];
  return rows.map((row) => ({ ...row, isStored: row.isStored === 1 }));
}
