import type { Texts } from '../locales/texts.js';

/**
 * " · Page 2 of 5", to follow a heading. Empty if there is only one page.
 *
 * @param page Counted from 0.
 */
export function pageSuffix(page: number, pages: number, texts: Texts): string {
  return pages === 1 ? '' : ` · ${texts.say('sources.page', { number: page + 1, count: pages })}`;
}
