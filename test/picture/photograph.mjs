/**
 * Photographs messages that a bot sent, as the payloads of the fake Discord have them:
 *
 *   node test/picture/photograph.mjs messages.json out.png
 *
 * messages.json is {"messages": [...], "names": {"id": "name"}, "now": "2026-11-21T12:00:00Z"}; names and now may be left out,
 * and a message may say in "command" which command it answers. With out.html the page itself is written, without a second
 * file the messages are printed. Pictures need Chromium: CHROMIUM names one that is not on the PATH.
 */
import { fileURLToPath } from 'node:url';
// Vitest brings Vite, which runs TypeScript; Node 20 does not.
import { runnerImport } from 'vite';

const [jsonFile, outFile, ...others] = process.argv.slice(2);
if (jsonFile === undefined || others.length > 0) {
  console.error('Usage: node test/picture/photograph.mjs messages.json [out.png | out.html]');
  process.exit(2);
}

const { module } = await runnerImport(fileURLToPath(new URL('show-conversation.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
});
try {
  await module.showConversation(jsonFile, outFile);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
