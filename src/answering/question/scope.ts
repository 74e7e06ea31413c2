import type { ArticleReference } from '../../corpus/article.js';

/**
 * The articles that are searched: all of them (null), those of some collections, or a single one. An unknown collection
 * or id is not an error: it matches no article.
 */
export type Scope = null | CollectionScope | { readonly articleId: string };

/** The articles of some collections, without those that are left out. */
export interface CollectionScope {
  /** Null for all articles, also those that are in no collection. */
  readonly collections: readonly string[] | null;
  /** Collections that are left out. Default: none. */
  readonly withoutCollections?: readonly string[];
  /** The ids of articles that are left out. Default: none. */
  readonly withoutArticles?: readonly string[];
}

/** Returns the scope of one collection, or of everything if no collection is given. */
export function scopeOf(collection: string | null | undefined): Scope {
  return collection === null || collection === undefined ? null : { collections: [collection] };
}

/** Whether an article is in a scope. An article without a collection is never in a scope that names collections. */
export function isInScope({ id, collection }: Pick<ArticleReference, 'id' | 'collection'>, scope: Scope): boolean {
  if (scope === null) return true;
  if ('articleId' in scope) return id === scope.articleId;
  const { collections, withoutCollections = [], withoutArticles = [] } = scope;
  if (collection === null) return collections === null && !withoutArticles.includes(id);
  const isNamed = collections === null || collections.includes(collection);
  return isNamed && !withoutCollections.includes(collection) && !withoutArticles.includes(id);
}
