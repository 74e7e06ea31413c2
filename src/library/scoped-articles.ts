import type { Scope } from '../answering/question/scope.js';

/** A scope as a condition of an SQL statement. */
export interface ScopedArticles {
  /**
   * A subquery for the keys of the articles. Its parameter is `@scope`: names that people type are bound, never part of
   * the SQL.
   */
  readonly keys: string;
  /** The value of `@scope`. */
  readonly scope: string;
}

/** Translates a scope to SQL. Returns null for the scope of everything, which needs no condition. */
export function scopedArticles(scope: Scope): ScopedArticles | null {
  if (scope === null) return null;
  if ('articleId' in scope) return { keys: 'SELECT key FROM articles WHERE id = @scope', scope: scope.articleId };
  const { collections, withoutCollections = [], withoutArticles = [] } = scope;
  const listed = (part: string): string => `(SELECT value FROM json_each(@scope, '$.${part}'))`;
  const conditions = [
    ...(collections === null ? [] : [`collection IN ${listed('collections')}`]),
    ...(withoutCollections.length === 0
      ? []
      : [`(collection IS NULL OR collection NOT IN ${listed('withoutCollections')})`]),
    ...(withoutArticles.length === 0 ? [] : [`id NOT IN ${listed('withoutArticles')}`]),
  ];
  return {
    keys: `SELECT key FROM articles WHERE ${['@scope IS NOT NULL', ...conditions].join(' AND ')}`,
    scope: JSON.stringify(scope),
  };
}
