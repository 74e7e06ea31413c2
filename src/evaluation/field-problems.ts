import { z } from 'zod';

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
 * Checks a value against a schema. Messages of refinements go on behind the name of the field: "is empty".
 *
 * @param remedies For a field that is not in it, the remedy of the field around it is given.
 */
export function checkFields<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  remedies: Remedies,
): { readonly value: z.infer<Schema> } | { readonly problems: readonly FieldProblem[] } {
  const checked = schema.safeParse(value, { reportInput: true });
  if (checked.success) return { value: checked.data };
  const problems = checked.error.issues.map(({ code, path, message, input }) => {
    const problem = code === 'custom' ? message : input === undefined ? 'is missing' : `is ${shown(input)}`;
    const name = path.length === 0 ? 'it' : z.core.toDotPath(path);
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

function remedyFor(path: readonly PropertyKey[], remedies: Remedies): string {
  for (let length = path.length; length > 0; length -= 1) {
    const field = z.core.toDotPath(path.slice(0, length)).replace(/\[\d+\]/g, '[]');
    const remedy = remedies[field];
    if (remedy !== undefined) return remedy;
  }
  return remedies[''] ?? '';
}
