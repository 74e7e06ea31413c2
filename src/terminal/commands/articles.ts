import type { TerminalCommand } from '../command.js';
import { renderArticleList } from '../render-article.js';

/** Lists the indexed articles. */
export const articlesCommand: TerminalCommand = {
  async run({ app, settings, json, screen, print }) {
    const articles = await app.withLibrary(settings, (library) => library.articles());
    print(json ? JSON.stringify(articles) : renderArticleList(articles, screen));
    return undefined;
  },
};
