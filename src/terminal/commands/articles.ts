import type { TerminalCommand } from '../command.js';
import { renderArticleList } from '../render-article.js';

/** Lists the indexed articles. */
export const articlesCommand: TerminalCommand = {
  name: 'articles',
  description: 'list the indexed articles',
  async run({ app, settings, events, json, screen, print }) {
    const articles = await app.withLibrary(settings, events, (library) => library.articles());
    print(json ? JSON.stringify(articles) : renderArticleList(articles, screen));
    return undefined;
  },
};
