/**
 * Makes a picture of messages as Discord sends them, for example those of the fake Discord:
 *
 *   node test/picture/screenshot.mjs messages.json out.png
 *
 * messages.json is {"messages": [...], "names": {"id": "name"}, "now": "2026-11-21T12:00:00Z"}; "names" and "now" are
 * optional. A message may have a "command", the one it responds to. An out.html gets the page itself; without an output
 * file the messages are printed as text. Pictures need Chromium; if it is not on the PATH, set CHROMIUM to its path.
 */
import { fileURLToPath } from 'node:url';
// Node 20 does not run TypeScript. Vite does, and Vitest has it installed.
import { runnerImport } from 'vite';

const [jsonFile, outFile, ...others] = process.argv.slice(2);
if (jsonFile === undefined || others.length > 0) {
  console.error('Usage: node test/picture/screenshot.mjs messages.json [out.png | out.html]');
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
