import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const HEADING = '**Thank you for adding me to The reading room!**';
const SETTINGS = 'People who manage the server set me up with `/setup`, and change everything else with `/settings`.';

const bot = useBot();

/** The messages that welcome a server, in a channel. */
function welcomesIn(channelId: string): string[] {
  const texts = bot.fake.messagesIn(channelId).map(textOf);
  return texts.filter((text) => text.startsWith(HEADING));
}

/** How many welcomes each of these has: the owner, the person who added the bot, and the system channel. */
function counts(adder: string): number[] {
  const { fake } = bot;
  const places = [fake.directChannelId(fake.ownerId), fake.directChannelId(adder), fake.channelIds[1] ?? ''];
  return places.map((channelId) => welcomesIn(channelId).length);
}

test('who adds the bot gets one message; if that is not known, the system channel; if there is none, the owner', async () => {
  const { fake } = bot;
  const adder = fake.addUser('adder').id;
  const systemChannelId = fake.channelIds[1] ?? '';

  fake.addBotAgain({ addedBy: adder, systemChannelId });
  const text = await fake.waitFor('a welcome', () => welcomesIn(fake.directChannelId(adder))[0]);
  expect(text).toContain('answers questions by quoting 4 articles');
  expect(text).toContain('Ask with `/ask`, mention me with a question');
  expect(text).toContain(SETTINGS);
  expect(counts(adder)).toEqual([0, 1, 0]);

  fake.addBotAgain({ systemChannelId });
  await fake.waitFor('a welcome', () => welcomesIn(systemChannelId)[0]);
  expect(counts(adder)).toEqual([0, 1, 1]);

  fake.addBotAgain();
  await fake.waitFor('a welcome', () => welcomesIn(fake.directChannelId(fake.ownerId))[0]);
  expect(counts(adder)).toEqual([1, 1, 1]);
});

test('someone who accepts no direct messages is welcomed in the system channel, unless the bot may not post there', async () => {
  const { fake } = bot;
  const shy = fake.addUser('shy').id;
  fake.closeDirectMessages(shy);
  const [systemChannelId = ''] = fake.channelIds;
  fake.addBotAgain({ addedBy: shy, systemChannelId });
  await fake.waitFor('a welcome', () => welcomesIn(systemChannelId)[0]);

  const before = welcomesIn(fake.directChannelId(fake.ownerId)).length;
  fake.changeChannel(systemChannelId, { deniedPermissions: PermissionFlagsBits.SendMessages });
  fake.addBotAgain({ systemChannelId });
  // Discord posts one message per nonce and channel, so the owner is not told twice.
  await fake.answersTo(fake.sayDirectly({ content: 'help' }).id);
  expect(welcomesIn(systemChannelId)).toHaveLength(1);
  expect(welcomesIn(fake.directChannelId(fake.ownerId))).toHaveLength(before);
  fake.changeChannel(systemChannelId);
});

test('nobody is welcomed when the bot only connects again', async () => {
  const { fake } = bot;
  const { resumes } = fake.connections;
  const said = [...fake.channelIds, fake.directChannelId(fake.ownerId)].flatMap(welcomesIn).length;
  fake.gatewayFaults.dropSockets();
  await fake.waitFor('the resumed session', () => (fake.connections.resumes > resumes ? true : undefined));
  await bot.restart();
  await fake.answersTo(fake.sayDirectly({ content: 'help' }).id);
  expect([...fake.channelIds, fake.directChannelId(fake.ownerId)].flatMap(welcomesIn)).toHaveLength(said);
});
