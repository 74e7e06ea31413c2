import { join } from 'node:path';
import { EXIT, UserError } from '../../user-error.js';
import { chat } from '../chat.js';
import type { CommandContext, TerminalCommand } from '../command.js';
import { withProgramName } from '../program-name.js';

/** Starts a chat in the terminal. */
export const chatCommand: TerminalCommand = {
  async run(context) {
    if (context.json)
      throw new UserError('The chat has no --json. Use `footnote ask --json`.', { exitCode: EXIT.usageError });
    await runChat(context);
    return undefined;
  },
};

/** Runs the chat until the person leaves it. */
export async function runChat(context: CommandContext): Promise<void> {
  const { app, settings, events, runtime } = context;
  await app.withEngine(settings, events, (engine) => {
    const { library } = engine;
    return chat(
      {
        ask: (question, options) => {
          if (library.isReplaced)
            throw new UserError('The index has been rebuilt. Leave with /quit and start the chat again.');
          library.refresh();
          return engine.ask(question, options);
        },
        articles: () => library.articles(),
        requireCollection: (name) => engine.requireCollection(name),
        passage: (id) => library.passageById(id),
        historyFile: join(settings.indexFolder, 'chat-history'),
        withProgramName: (message) => withProgramName(message, runtime.program),
      },
      { input: runtime.stdin, output: runtime.stdout, screen: () => context.screen },
    );
  });
}
