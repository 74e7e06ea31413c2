/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Counted from 0. */
  readonly page: number;
  /** How many pages the list has; at least 1. */
  readonly pages: number;
}

/**
 * Returns a page of a list, or the last one if the list has become shorter.
 *
 * @param wanted Counted from 0.
 */
export function pageOf<Item>(list: readonly Item[], wanted: number, perPage: number): Page<Item> {
  const pages = Math.max(1, Math.ceil(list.length / perPage));
  const page = Math.min(wanted, pages - 1);
  return { items: list.slice(page * perPage, (page + 1) * perPage), page, pages };
}
