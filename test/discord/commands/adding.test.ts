import { type APIMessage, GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCommunity } from '../bot/indexed-folder.js';
import { readerOf } from '../bot/reader.js';
import { choose, openSettings } from '../bot/settings-card.js';
import { controlOf, isPrivate, quotesIn, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';
import type { InteractionHandle } from '../fake/people/interaction-handle.js';

const bot = useBot({
  fake: { grantedIntents: GatewayIntentBits.MessageContent },
  env: { DISCORD_MESSAGE_CONTENT: 'on', FOOTNOTE_PERSON_LIMIT: '1000' },
});
const { ask } = readerOf(bot);
const MODERATOR = { permissions: PermissionFlagsBits.ManageMessages };
/** Another process loads the model and writes the index. */
const PATIENT = { timeoutMs: 30_000 };

let channel: string;
let other: string;

beforeAll(() => {
  [channel = '', other = ''] = bot.fake.channelIds;
});

/** Waits until a question is answered with some words, or no longer is. */
async function untilAnswer(
  question: string,
  words: string,
  { isShown = true, ...place }: { isShown?: boolean; channelId?: string; direct?: boolean } = {},
): Promise<APIMessage> {
  const endsAt = performance.now() + PATIENT.timeoutMs;
  for (;;) {
    const answer = await ask({ question }, place);
    const quoted = quotesIn(answer)
      .map(({ text }) => text)
      .join('\n');
    if (quoted.includes(words) === isShown) return answer;
    if (performance.now() > endsAt) throw new Error(`The answer to ${question} is ${textOf(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const told = async (handle: InteractionHandle): Promise<string> => textOf(await handle.response(PATIENT));
const addMessage = (targetId: string, name = 'Add as article') =>
  bot.fake.useMessageCommand({ name, targetId, ...MODERATOR });

function addFile(name: string, data: string) {
  const file = bot.fake.uploadFile({ name, data });
  return bot.fake.slash({ name: 'add', options: { file }, ...MODERATOR });
}

/** Removes an article by the words of its title. */
async function remove(words: string): Promise<string> {
  const { fake } = bot;
  const [choice] = await fake
    .autocomplete({ name: 'remove', options: { article: words }, focused: 'article', ...MODERATOR })
    .choices();
  const article = String(choice?.value ?? 'added:none');
  return told(fake.slash({ name: 'remove', options: { article }, ...MODERATOR }));
}

describe('a file', () => {
  test('becomes an article of the server, and only of it, until it is removed', async () => {
    const question = 'When does the pottery room open?';
    const handle = addFile('Pottery.md', '# The pottery room\n\nThe pottery room opens at seven on Tuesdays.\n');
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    expect(await told(handle)).toBe(
      '📎 “Pottery.md” is now an article of this server. I can answer from it within a few seconds; `/remove` takes it away.',
    );
    await untilAnswer(question, 'opens at seven on Tuesdays');
    // Elsewhere it is not searched, suggested or listed.
    await untilAnswer(question, 'opens at seven', { direct: true, isShown: false });
    const suggest = (place: object) =>
      bot.fake.autocomplete({ name: 'find', options: { words: 'potter' }, focused: 'words', ...place }).choices();
    expect(await suggest({})).not.toEqual([]);
    expect(await suggest({ direct: true })).toEqual([]);
    const listed = async (place: object) => textOf(await bot.fake.slash({ name: 'sources', ...place }).response());
    expect(await listed({})).toContain('The pottery room');
    expect(await listed({ direct: true })).not.toContain('The pottery room');

    expect(await remove('pottery')).toBe('“Pottery.md” is removed.');
    await untilAnswer(question, 'opens at seven', { isShown: false });
  }, 60_000);

  test('is searched whatever collections a channel has, and is no collection to choose', async () => {
    const { fake } = bot;
    await told(addFile('tram.txt', 'The tram to the quarry leaves every eleven minutes from the old gate.\n'));
    const card = await choose(fake, await openSettings(fake, { channel }), 'collections', 'kitchen');
    expect(JSON.stringify(card.components)).not.toContain('@');
    await untilAnswer('How often does the tram to the quarry leave?', 'every eleven minutes', { channelId: channel });
    await choose(fake, card, 'collections', 'Server default');
    await remove('tram');
  }, 60_000);

  test.each([
    ['a picture', 'photo.png', 'x', 'I can’t read files of this type. Save it as .txt, .md or .html.'],
    ['more than 1 MB', 'long.txt', 'x'.repeat(1_000_001), 'That file is larger than 1 MB. Split it.'],
    [
      'nothing to cite',
      'empty.md',
      '# Only a heading\n',
      'There is nothing in it that can be cited, so it was not added.',
    ],
  ])('with %s is refused', async (_, name, data, message) => {
    expect(await told(addFile(name, data))).toBe(message);
    expect(readCommunity(bot.folder, 'SELECT id FROM added_articles')).toEqual([]);
  });

  test('cannot leave its folder by its name', async () => {
    await told(addFile('../../escaped.md', 'The lamp oil is kept behind the third door of the boathouse.\n'));
    await untilAnswer('Where is the lamp oil kept?', 'behind the third door');
    expect(readCommunity(bot.folder, 'SELECT file_name FROM added_articles')).toEqual([
      { file_name: '_.._escaped.md' },
    ]);
    await remove('escaped');
  }, 60_000);
});

describe('a message', () => {
  const FACT = 'The ice house key hangs behind the bar since spring.';
  const QUESTION = 'Where does the ice house key hang?';

  test('becomes an article with a link to it, and follows its edits and its deletion', async () => {
    const { fake } = bot;
    const message = fake.say({ content: FACT, authorId: fake.otherReader.id, channelId: channel });
    expect(await told(addMessage(message.id))).toContain(`Only people who can see <#${channel}> get it in answers.`);
    const answer = await untilAnswer(QUESTION, 'behind the bar');
    expect(textOf(answer)).toContain(message.id);
    expect(textOf(answer)).not.toContain('linus');

    fake.editMessage({ messageId: message.id, content: 'The ice house key hangs at the fire station since spring.' });
    await untilAnswer(QUESTION, 'at the fire station');
    fake.deleteMessage(message.id);
    await untilAnswer(QUESTION, 'at the fire station', { isShown: false });
    expect(readCommunity(bot.folder, 'SELECT id FROM added_articles')).toEqual([]);
  }, 60_000);

  test('shows who wrote it only if they agree, and they can remove it', async () => {
    const { fake } = bot;
    const { id: authorId } = fake.addUser('skipper');
    const message = fake.say({ content: FACT, authorId, channelId: channel });
    await told(addMessage(message.id));
    const asked = await fake.waitFor('the question to the author', () => {
      const [first] = fake.messagesIn(fake.directChannelId(authorId));
      return first;
    });
    expect(textOf(asked)).toContain('made a message of yours an article of “The reading room”');
    const pressed = async (choice: string, userId = authorId) => {
      const customId = controlsOf(asked).find((id) => id.endsWith(`:${choice}`)) ?? controlOf(asked, 'credit');
      return fake.pressButton({ messageId: asked.id, customId, userId });
    };
    expect(textOf(await (await pressed('show')).response(PATIENT))).toBe('Your name is shown with it from now on.');
    const withName = await untilAnswer(QUESTION, 'behind the bar');
    expect(await nameShown('skipper')).toBe(true);
    expect(textOf(withName)).toContain(message.id);
    await fake.slash({ name: 'forget-me', userId: authorId }).response();
    await untilAnswer(QUESTION, 'behind the bar', { isShown: false });

    async function nameShown(name: string): Promise<boolean> {
      const endsAt = performance.now() + PATIENT.timeoutMs;
      while (performance.now() < endsAt) {
        if (textOf(await ask({ question: QUESTION })).includes(name)) return true;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      return false;
    }
  }, 90_000);

  test('is not shown to people who cannot see its channel, nor where others would read it', async () => {
    const { fake } = bot;
    const message = fake.say({ content: FACT, channelId: other });
    await told(addMessage(message.id));
    await untilAnswer(QUESTION, 'behind the bar', { channelId: channel });
    fake.changeChannel(other, { deniedPermissions: PermissionFlagsBits.ViewChannel });
    await untilAnswer(QUESTION, 'behind the bar', { channelId: channel, isShown: false });
    await untilAnswer(QUESTION, 'behind the bar', { channelId: other, isShown: false });
    fake.changeChannel(other);
    await untilAnswer(QUESTION, 'behind the bar', { channelId: channel });
    await remove('ice house');
  }, 90_000);

  test('that answers a question becomes its answer, and the question leaves /gaps', async () => {
    const { fake } = bot;
    const asked = fake.say({ content: 'Who has the ice house key on Sundays?', channelId: channel });
    const reply = fake.say({
      content: 'Ask Marit at the ropewalk.',
      replyTo: asked.id,
      authorId: fake.otherReader.id,
      channelId: channel,
    });
    await told(addMessage(reply.id, 'This answers it'));
    const answer = await untilAnswer('Who has the ice house key on Sundays?', 'Ask Marit at the ropewalk');
    expect(textOf(answer)).toContain('Who has the ice house key on Sundays?');
    await remove('ice house');
    const remark = fake.say({ content: FACT, channelId: channel });
    expect(await told(addMessage(remark.id, 'This answers it'))).toContain('replies to no question');
  }, 60_000);
});

test('only people who may manage messages can add and remove', async () => {
  const { fake } = bot;
  const NOT_ALLOWED = 'Only people who may manage messages here can add and remove articles.';
  const message = fake.say({ content: 'The ferry sleeps in winter.', channelId: channel });
  const file = fake.uploadFile({ name: 'a.txt', data: 'x' });
  for (const handle of [
    fake.useMessageCommand({ name: 'Add as article', targetId: message.id }),
    fake.useMessageCommand({ name: 'This answers it', targetId: message.id }),
    fake.slash({ name: 'add', options: { file } }),
    fake.slash({ name: 'remove', options: { article: 'added:0' } }),
  ]) {
    const refused = await handle.response();
    expect([isPrivate(refused), textOf(refused)]).toEqual([true, NOT_ALLOWED]);
  }
  const suggested = fake.autocomplete({ name: 'remove', options: { article: '' }, focused: 'article' });
  expect(await suggested.choices()).toEqual([]);
});

function controlsOf({ components = [] }: APIMessage): string[] {
  return (JSON.stringify(components).match(/"custom_id":"[^"]+"/g) ?? []).map((one) => one.slice(13, -1));
}
