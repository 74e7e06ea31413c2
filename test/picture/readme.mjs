/**
 * Makes the pictures of the README anew: a bot answers from the sample articles in seeds/, and what it sent is photographed.
 *
 *   npm run -s build && node test/picture/readme.mjs [folder]
 *
 * Writes answer.png and citing.png into the folder, test/picture unless another is named. Needs Chromium (CHROMIUM names one that is not on the PATH).
 */
import { fileURLToPath } from 'node:url';
// Vitest brings Vite, which runs TypeScript; Node 20 does not.
import { runnerImport } from 'vite';

const folder = process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url));
const { module } = await runnerImport(fileURLToPath(new URL('readme-conversations.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
});
try {
  await module.photographConversations(folder);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
