import type { Scope } from '../answering/scope.js';

/** The articles of a scope for a statement; null searches all of them, for which a statement needs no condition. */
export interface ScopedArticles {
  /** A query of their keys, with the parameter `@scope`: what people name is bound and never part of the statement. */
  readonly keys: string;
  /** The value of `@scope`. */
  readonly scope: string;
}

/** How a scope is told in SQL. */
export function scopedArticles(scope: Scope): ScopedArticles | null {
  if (scope === null) return null;
  if ('articleId' in scope) return { keys: 'SELECT key FROM articles WHERE id = @scope', scope: scope.articleId };
  return {
    keys: 'SELECT key FROM articles WHERE collection IN (SELECT value FROM json_each(@scope))',
    scope: JSON.stringify(scope.collections),
  };
}

/** The same text for the same articles: the order of collections and repetitions do not matter. */
export function scopeName(scope: Scope): string {
  return JSON.stringify(
    scope !== null && 'collections' in scope ? { collections: [...new Set(scope.collections)].sort() } : scope,
  );
}
