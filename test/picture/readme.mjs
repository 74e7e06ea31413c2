/**
 * Makes the pictures in the README: the bot answers from the sample articles in seeds/, and its messages are
 * rendered as screenshots.
 *
 *   npm run -s build && node test/picture/readme.mjs [folder]
 *
 * Writes answer.png and citing.png into the folder (default: test/picture). Needs Chromium; if it is not on the PATH,
 * set CHROMIUM to its path.
 */
import { fileURLToPath } from 'node:url';
// Node 20 does not run TypeScript. Vite does, and Vitest has it installed.
import { runnerImport } from 'vite';

const folder = process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url));
const { module } = await runnerImport(fileURLToPath(new URL('readme-conversations.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
});
try {
  await module.screenshotConversations(folder);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
