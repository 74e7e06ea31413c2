import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireBuild } from '../build.js';
import { startBot } from '../discord/bot/bot-process.js';
import { FakeDiscord } from '../discord/fake/fake-discord.js';
import { renderChat } from './chat-page.js';
import { takeScreenshot } from './screenshot.js';
import type { Conversation, ShownMessage } from './shown-message.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const BOT_NAME = 'Footnote';

/**
 * Runs a few conversations with the real bot on the fake Discord, and writes a picture of each into a folder.
 *
 * @throws {Error} if the build is missing or stale, or if there is no browser.
 */
export async function screenshotConversations(folder: string): Promise<void> {
  requireBuild();
  mkdirSync(folder, { recursive: true });
  const index = mkdtempSync(join(tmpdir(), 'footnote-picture-'));
  const seeds = join(REPOSITORY, 'seeds');
  execFileSync(process.execPath, [
    join(REPOSITORY, 'dist/cli.js'),
    '--quiet',
    '--seeds',
    seeds,
    '--index',
    index,
    'index',
  ]);
  const fake = await FakeDiscord.start();
  const bot = await startBot({ fake, seeds, index });
  try {
    await bot.ready();
    const names = { [fake.bot.id]: BOT_NAME };
    for (const [file, talk] of Object.entries(CONVERSATIONS)) {
      const conversation: Conversation = { messages: await talk(fake), names };
      await takeScreenshot(renderChat(conversation.messages, conversation), join(folder, file));
    }
  } finally {
    await bot.stop();
    await fake.stop();
    rmSync(index, { recursive: true, force: true });
  }
}

/** What is said in each picture, by file name. */
const CONVERSATIONS: Readonly<Record<string, (fake: FakeDiscord) => Promise<ShownMessage[]>>> = {
  'answer.png': async (fake) => {
    const asked = await fake.slash({ name: 'ask', options: { question: 'Why was Paul Whelan arrested?' } }).response();
    return [shown(fake, asked.id, '/ask')];
  },
  'citing.png': async (fake) => {
    const question = fake.say({
      content: 'Did the New Delhi encounter count as a real meeting?',
      mentionsBot: true,
      authorId: fake.otherReader.id,
    });
    const [answer] = await fake.answersTo(question.id);
    const choices = await fake
      .autocomplete({ name: 'cite', options: { passage: 'merchant' }, focused: 'passage' })
      .choices();
    const passage = String(choices[0]?.value ?? '');
    const cited = await fake
      .slash({
        name: 'cite',
        options: { passage, for: fake.otherReader.id, note: 'This is where the name comes from.' },
      })
      .response();
    const [why] = await fake
      .selectOption({
        messageId: answer?.id ?? '',
        customId: listBelow(answer ?? cited),
        values: ['why'],
        userId: fake.otherReader.id,
      })
      .followUps();
    return [question, shown(fake, answer?.id ?? ''), why ?? cited, shown(fake, cited.id, '/cite')];
  },
};

/** A message as everyone sees it now. */
function shown(fake: FakeDiscord, id: string, command?: string): ShownMessage {
  const message = fake.message(id);
  if (message === undefined) throw new Error(`There is no message ${id}`);
  return { ...message, ...(command !== undefined && { command }) };
}

/** The custom id of the list below an answer. */
function listBelow(message: object): string {
  const id = /"custom_id":"(1:menu:[^"]*)"/.exec(JSON.stringify(message))?.[1];
  if (id === undefined) throw new Error('There is no list');
  return id;
}
