import * as v from 'valibot';

/** What to do about each field that cannot be used, as sentences. Fields are named as in `gold[].file`; '' is the whole value. */
export type Remedies = Readonly<Record<string, string>>;

/** A field that cannot be used. */
export interface FieldProblem {
  readonly path: readonly PropertyKey[];
  /** What is wrong, and what to do about it. */
  readonly problem: string;
}

const MAX_SHOWN_CHARACTERS = 60;

/**
 * Checks a value against a schema. Messages of `v.check` go on behind the name of the field: "is empty".
 *
 * @param remedies For a field that is not in it, the remedy of the field around it is given.
 */
export function checkFields<Value>(
  value: unknown,
  schema: v.GenericSchema<unknown, Value>,
  remedies: Remedies,
): { readonly value: Value } | { readonly problems: readonly FieldProblem[] } {
  const checked = v.safeParse(schema, value);
  if (checked.success) return { value: checked.output };
  const problems = checked.issues.map(({ type, path: items = [], message, input }) => {
    const path = items.map(({ key }) => key as PropertyKey);
    const problem = type === 'check' ? message : input === undefined ? 'is missing' : `is ${shown(input)}`;
    const name = path.length === 0 ? 'it' : nameOf(path);
    return { path, problem: `${name} ${problem}. ${remedyFor(path, remedies)}` };
  });
  return { problems };
}

/** A value as it can be shown in a message. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length <= MAX_SHOWN_CHARACTERS ? text : `${text.slice(0, MAX_SHOWN_CHARACTERS)}…`;
}

/** Names a field as in `gold[0].file`. */
function nameOf(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function remedyFor(path: readonly PropertyKey[], remedies: Remedies): string {
  for (let length = path.length; length > 0; length -= 1) {
    const field = nameOf(path.slice(0, length)).replace(/\[\d+\]/g, '[]');
    const remedy = remedies[field];
    if (remedy !== undefined) return remedy;
  }
  return remedies[''] ?? '';
}
