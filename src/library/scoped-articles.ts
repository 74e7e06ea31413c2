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
  return {
    keys: 'SELECT key FROM articles WHERE collection IN (SELECT value FROM json_each(@scope))',
    scope: JSON.stringify(scope.collections),
  };
}

/**
 * A key for caches: scopes of the same articles have the same name, whatever the order or repetition of their
 * collections.
 */
export function scopeName(scope: Scope): string {
  return JSON.stringify(
    scope !== null && 'collections' in scope ? { collections: [...new Set(scope.collections)].toSorted() } : scope,
  );
}
