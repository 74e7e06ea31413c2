import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import type { FakeDiscord } from '../fake/fake-discord.js';

// The requests that the bot answers with, for injecting faults and for counting.

/** Sends a message: the reply to a mention. */
export const REPLY = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
/** Acknowledges a command, a button or typing. */
export const CALLBACK = { method: 'POST', path: /^\/interactions\/.*\/callback$/ };
/** Edits the message of an interaction: the answer after "thinking…". */
export const EDIT = { method: 'PATCH', path: /^\/webhooks\/.*\/messages\// };
/** Starts a thread from a message. */
export const THREAD = { method: 'POST', path: /^\/channels\/\d+\/messages\/\d+\/threads$/ };
/** Opens the direct messages with a person. */
export const DIRECT_CHANNEL = { method: 'POST', path: /^\/users\/@me\/channels$/ };

/** Posts a message as the bot itself: an earlier version of it, or somebody with its token. */
export async function postAsBot(fake: FakeDiscord, channelId: string, body: object): Promise<APIMessage> {
  const response = await request(fake, 'POST', `channels/${channelId}/messages`, {
    ...body,
    allowed_mentions: { parse: [] },
  });
  return (await response.json()) as APIMessage;
}

/** Registers commands as the bot itself, replacing those that are there. */
export async function putCommands(fake: FakeDiscord, commands: readonly object[]): Promise<void> {
  const response = await request(fake, 'PUT', `applications/${fake.bot.id}/commands`, commands);
  expect(response.status).toBe(200);
}

function request({ api, token }: FakeDiscord, method: string, path: string, body: object): Promise<Response> {
  return fetch(`${api}/v10/${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
