import type { FrontMatterValue, ParsedFrontMatter } from './front-matter-value.js';

/** Reads JSON front matter, as Hugo allows it. */
export function readJsonFields(content: string): ParsedFrontMatter {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return { fields: [], problems: [{ line: 1, reason: error instanceof Error ? error.message : 'it is not JSON' }] };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fields: [], problems: [{ line: 1, reason: 'it is not an object' }] };
  const lines = content.split('\n');
  const fields = Object.entries(value).map(([key, field]) => ({
    key,
    value: usable(field),
    line: lines.findIndex((line) => line.trimStart().startsWith(JSON.stringify(key))) + 1 || 1,
  }));
  return { fields, problems: [] };
}

function usable(value: unknown): FrontMatterValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return { unusable: 'an object' };
  // Only the first value of a list is ever used, so lists inside it need not be read.
  return value.map((one: unknown) => (Array.isArray(one) ? { unusable: 'a list' } : usable(one)));
}
