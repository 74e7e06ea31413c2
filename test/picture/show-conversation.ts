import { readFileSync, writeFileSync } from 'node:fs';
import { renderChat } from './chat-page.js';
import { renderChatAsText } from './chat-text.js';
import { takeScreenshot } from './screenshot.js';
import type { Conversation } from './shown-message.js';

/**
 * Shows a conversation from a JSON file as a picture, as an HTML page or as text.
 *
 * @param outFile Path of a PNG, or of a page if it ends in ".html". If undefined, the conversation is printed as text.
 * @throws {Error} if the file has no messages, or if there is no browser for a picture.
 */
export async function showConversation(jsonFile: string, outFile: string | undefined): Promise<void> {
  const { messages, ...options } = JSON.parse(readFileSync(jsonFile, 'utf8')) as Conversation;
  if (!Array.isArray(messages)) throw new Error(`${jsonFile} has no list of "messages"`);
  if (outFile === undefined) process.stdout.write(renderChatAsText(messages, options));
  else if (outFile.endsWith('.html')) writeFileSync(outFile, renderChat(messages, options));
  else await takeScreenshot(renderChat(messages, options), outFile);
}
