import type { Page } from './page.js';

/** Programs that generate manuals. Some of them call every page an article. */
const MANUAL_GENERATOR =
  /starlight|docusaurus|mkdocs|sphinx|mediawiki|vitepress|vuepress|gitbook|docfx|antora|asciidoctor|doxygen/i;
const JSON_LD_ARTICLE = /"@type"\s*:\s*\[?\s*"(?:\w{0,40}Article|\w{0,40}BlogPosting|Report)"/;

/**
 * Whether a page says that it is news or a blog post: it has a date of publication or calls itself an article. On such a page,
 * parts that lead to other articles are mixed into the article. Any other page with a main part, such as one of a manual, rarely
 * does.
 *
 * @param published The date of publication that the page states.
 */
export function isNews(page: Page, published: string | undefined): boolean {
  if (MANUAL_GENERATOR.test(page.querySelector('meta[name="generator"]')?.getAttribute('content') ?? '')) return false;
  if (published !== undefined) return true;
  if (page.querySelector('meta[property="og:type"]')?.getAttribute('content') === 'article') return true;
  return [...page.querySelectorAll('script[type="application/ld+json"]')].some((script) =>
    JSON_LD_ARTICLE.test(script.textContent ?? ''),
  );
}
