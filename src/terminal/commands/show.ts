import { sliceOf } from '../../text/span.js';
import { EXIT, UserError } from '../../user-error.js';
import type { TerminalCommand } from '../command.js';
import { renderArticle, renderInContext } from '../render-article.js';

interface ShowOptions {
  readonly all?: boolean;
}

/** Shows an article, or a passage in its surroundings. */
export const showCommand: TerminalCommand<ShowOptions> = {
  configure: (command) =>
    command
      .argument('<id>', 'id of an article or a passage, from articles or ask --json')
      .option('--all', 'show boilerplate too, marked as such'),
  async run({ app, settings, json, screen, print }, [id = ''], { all = false }) {
    const { article, passage } = await app.withLibrary(settings, (library) => ({
      article: library.articleById(id),
      passage: library.passageById(id),
    }));
    if (article !== null) {
      print(json ? JSON.stringify(article) : renderArticle(article, all, screen));
    } else if (passage !== null) {
      const text = sliceOf(passage.article.text, passage.passage);
      print(json ? JSON.stringify({ ...passage.passage, text }) : renderInContext(passage, screen));
    } else {
      throw new UserError(
        `There is no article or passage with the id "${id}". List the articles with \`footnote articles\`.`,
        {
          exitCode: EXIT.usageError,
        },
      );
    }
    return undefined;
  },
};
