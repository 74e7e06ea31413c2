import type { ExitCode } from '../../user-error.js';
import type { CommandContext } from '../command.js';
import { answerLines } from './ask.js';
import { runBot } from './bot.js';
import { runChat } from './chat.js';
import { runIndexing } from './index-articles.js';

/**
 * What `npm start` does: indexes what changed, then runs the bot if there is a token, else a chat, or answers standard
 * input where there is no terminal.
 */
export async function start(context: CommandContext): Promise<ExitCode | undefined> {
  const { app, settings, events, runtime } = context;
  await runIndexing(context, {});
  if (settings.discord.token !== null) return runBot(context);
  if (!context.json && runtime.stdin.isTTY && runtime.stdout.isTTY) await runChat(context);
  else await app.withEngine(settings, events, (engine) => answerLines(engine, {}, context));
  return undefined;
}
