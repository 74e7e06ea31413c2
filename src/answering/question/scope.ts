import type { ArticleReference } from '../../corpus/article.js';

/**
 * The articles that are searched: all of them (null), those of some collections, or a single one. An unknown collection
 * or id is not an error: it matches no article.
 */
export type Scope = null | { readonly collections: readonly string[] } | { readonly articleId: string };

/** Returns the scope of one collection, or of everything if no collection is given. */
export function scopeOf(collection: string | null | undefined): Scope {
  return collection === null || collection === undefined ? null : { collections: [collection] };
}

/** Whether an article is in a scope. An article without a collection is never in a scope of collections. */
export function isInScope({ id, collection }: Pick<ArticleReference, 'id' | 'collection'>, scope: Scope): boolean {
  if (scope === null) return true;
  if ('articleId' in scope) return id === scope.articleId;
  return collection !== null && scope.collections.includes(collection);
}
