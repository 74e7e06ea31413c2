import type { z } from 'zod';
import type { ZodMiniType } from 'zod/mini';
import { type Problem, refused } from './problem.js';

type Issue = z.core.$ZodIssue;

/** What Zod reports when a value does not match a schema. Empty if it matches. */
export function problemsOfSchema(schema: ZodMiniType, value: unknown): Problem[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues
    .flatMap((issue) => explain(issue, []))
    .map(({ path, message }) => ({ rule: 'schema', ...refused(path.join('.'), message) }));
}

/**
 * A failed union says only "Invalid input". The branch that the sender meant is the one whose `type` matches, and its
 * issues say what is wrong.
 */
function explain(issue: Issue, parents: readonly PropertyKey[]): { path: readonly PropertyKey[]; message: string }[] {
  const path = [...parents, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: issue.message }];
  const meant = issue.errors.filter(
    (branch) => !branch.some((inner) => inner.path.length === 1 && inner.path[0] === 'type'),
  );
  return shortest(meant.length > 0 ? meant : issue.errors).flatMap((inner) => explain(inner, path));
}

/** The parts of a schema's definition that lead to its children. */
interface SchemaDefinition {
  readonly shape?: Readonly<Record<string, ZodMiniType>>;
  readonly element?: ZodMiniType;
  readonly options?: readonly ZodMiniType[];
  readonly innerType?: ZodMiniType;
  readonly valueType?: ZodMiniType;
  readonly left?: ZodMiniType;
  readonly right?: ZodMiniType;
  readonly getter?: () => ZodMiniType;
}

/**
 * Keys of a valid value that its schema does not name. Zod drops them silently, and so does Discord, so without this a
 * misspelt key would go unnoticed.
 *
 * @param tolerated Keys that are fine anywhere in the value.
 * @param path Where the value is, for the problems' paths.
 */
export function unknownKeys(
  schema: ZodMiniType,
  value: unknown,
  tolerated: readonly string[] = [],
  path: readonly PropertyKey[] = [],
): Problem[] {
  if (typeof value !== 'object' || value === null) return [];
  const definition = schema._zod.def as unknown as SchemaDefinition;
  const inside = (child: ZodMiniType, inner: unknown, key?: PropertyKey) =>
    unknownKeys(child, inner, tolerated, key === undefined ? path : [...path, key]);

  if (definition.getter) return inside(definition.getter(), value);
  if (definition.innerType) return inside(definition.innerType, value);
  if (definition.element) {
    const { element } = definition;
    return (value as readonly unknown[]).flatMap((inner, index) => inside(element, inner, index));
  }
  if (definition.options) {
    const branches = definition.options.filter((branch) => branch.safeParse(value).success);
    return branches.length === 0 ? [] : shortest(branches.map((branch) => inside(branch, value)));
  }
  if (definition.left && definition.right) {
    // Of an intersection, a key is unknown only if both sides do not know it.
    const unknownOnTheRight = new Set(inside(definition.right, value).map(({ at }) => at));
    return inside(definition.left, value).filter(({ at }) => unknownOnTheRight.has(at));
  }
  if (definition.valueType) {
    const { valueType } = definition;
    return Object.entries(value).flatMap(([key, inner]) => inside(valueType, inner, key));
  }
  const { shape } = definition;
  if (!shape) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const child = shape[key];
    if (child) return inside(child, inner, key);
    if (inner === undefined || tolerated.includes(key)) return [];
    return [{ rule: 'unknown key', at: [...path, key].join('.'), text: 'not in the specification' }];
  });
}

/** The first of the shortest lists. */
function shortest<T>(lists: readonly T[][]): T[] {
  return lists.reduce((best, list) => (list.length < best.length ? list : best));
}
