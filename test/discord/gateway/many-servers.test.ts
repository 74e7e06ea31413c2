import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectReykjavik, readerOf } from '../bot/reader.js';
import { choose, MANAGER, openSettings } from '../bot/settings-card.js';
import { textOf } from '../bot/shown-message.js';
import { useArticles, useBot } from '../bot/use-bot.js';

const SERVERS = 1000;
/** Memory for a server with twenty channels. discord.js keeps it all. */
const MAX_KILOBYTES_EACH = 150;

const articles = useArticles();
const alone = useBot({ articles });
const bot = useBot({ articles, fake: { quietGuilds: SERVERS } });
const { ask } = readerOf(bot);

function residentKilobytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

test('a bot that is in 1,000 servers with 20,000 channels answers, welcomes nobody, and keeps its memory', async () => {
  const { fake } = bot;
  expectReykjavik(await ask());
  expectReykjavik(await readerOf(alone).ask());
  expect(fake.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))).toEqual([]);

  const [own, other] = [residentKilobytes(bot.process.pid), residentKilobytes(alone.process.pid)];
  console.log(`memory in MB: ${Math.round(own / 1024)} in ${SERVERS} servers, ${Math.round(other / 1024)} in one`);
  expect((own - other) / SERVERS).toBeLessThan(MAX_KILOBYTES_EACH);

  const card = await choose(fake, await openSettings(fake, { server: true }), 'answers', 'off');
  expect(textOf(card)).toContain('**Answers**: off');
  expect(textOf(await fake.slash({ name: 'status', ...MANAGER }).response())).toContain('**Footnote');
});
