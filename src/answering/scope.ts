import type { ArticleReference } from '../corpus/article.js';

/**
 * What a question is asked of: everything (null), the articles of some collections, or one article. Names and ids that
 * nothing has are no mistake: nothing is found in them.
 */
export type Scope = null | { readonly collections: readonly string[] } | { readonly articleId: string };

/** The scope of one collection, or of everything where none is named. */
export function scopeOf(collection: string | null | undefined): Scope {
  return collection === null || collection === undefined ? null : { collections: [collection] };
}

/** Whether an article is asked. One that lies in no collection is not, where collections are named. */
export function isInScope({ id, collection }: Pick<ArticleReference, 'id' | 'collection'>, scope: Scope): boolean {
  if (scope === null) return true;
  if ('articleId' in scope) return id === scope.articleId;
  return collection !== null && scope.collections.includes(collection);
}
