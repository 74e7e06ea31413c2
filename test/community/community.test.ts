import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Community } from '../../src/community/community.js';
import { COMMUNITY_FILE } from '../../src/community/community-file.js';
import type { UnansweredQuestion } from '../../src/community/unanswered-questions.js';
import { randomNumbers } from '../library/random.js';
import { ADA, filesWith, GRACE, OTHER_SERVER, SERVER, temporaryCommunity } from './temporary-community.js';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-05-01T12:00:00Z');
const CHANNEL = '800000000000000001';

const DEFAULTS = {
  answers: true,
  collections: null,
  onlyWhenSure: false,
  askChannel: false,
  forumPosts: false,
  threadQuestions: true,
  directFallback: false,
  replyPlace: 'here',
  inlineCiting: false,
  language: null,
  keptDays: 0,
  learnsFromVotes: false,
  allowedRoles: null,
  ignoredRoles: null,
  directMessages: true,
  logChannel: null,
  collectionName: null,
  answerLine: null,
  askText: null,
  askRole: null,
  pingsAskRole: false,
  signs: null,
  accentColour: null,
};

let folder: string;
let community: Community;

beforeEach(() => {
  ({ folder, community } = temporaryCommunity());
});

function question(askedIn: string, changes: Partial<UnansweredQuestion> = {}): UnansweredQuestion {
  return {
    askedIn,
    personId: ADA,
    serverId: SERVER,
    link: 'https://discord.com/channels/1/2/3',
    text: `Question ${askedIn}`,
    reason: 'not-found',
    passageId: null,
    askedAt: NOW,
    ...changes,
  };
}

const textsIn = (server: string): string[] => community.questions.recent(server, 0, 1000).map(({ text }) => text);

describe('a setting', () => {
  const inServer = { locationId: SERVER, serverId: SERVER };
  const inChannel = { locationId: CHANNEL, serverId: SERVER };
  const resolved = () => community.settings.resolve([CHANNEL, SERVER]);

  test('comes from the channel, else from the server, else from the defaults', () => {
    expect(resolved()).toEqual(DEFAULTS);
    community.settings.set(inServer, 'replyPlace', 'thread');
    expect(resolved()).toEqual({ ...DEFAULTS, replyPlace: 'thread' });
    community.settings.set(inChannel, 'replyPlace', 'private');
    expect(resolved()).toEqual({ ...DEFAULTS, replyPlace: 'private' });
    expect(community.settings.resolve([SERVER])).toEqual({ ...DEFAULTS, replyPlace: 'thread' });
    community.settings.set(inChannel, 'replyPlace', undefined);
    expect(resolved()).toEqual({ ...DEFAULTS, replyPlace: 'thread' });
  });

  test('of a channel overrides that of its server, even if it equals the default', () => {
    community.settings.set(inServer, 'language', 'de');
    community.settings.set(inServer, 'collections', ['news']);
    community.settings.set(inServer, 'answers', false);
    community.settings.set(inChannel, 'language', null);
    community.settings.set(inChannel, 'collections', null);
    community.settings.set(inChannel, 'answers', true);
    expect(resolved()).toEqual(DEFAULTS);
    expect(community.settings.ownSettings(CHANNEL)).toEqual({ language: null, collections: null, answers: true });
  });

  test('does not affect other channels or servers', () => {
    community.settings.set(inChannel, 'answers', false);
    expect(community.settings.resolve(['800000000000000002', SERVER])).toEqual(DEFAULTS);
    expect(community.settings.resolve([OTHER_SERVER])).toEqual(DEFAULTS);
    expect(community.settings.resolve([])).toEqual(DEFAULTS);
  });

  test('is ignored if its stored value cannot be read', () => {
    community.settings.set(inServer, 'replyPlace', 'thread');
    const raw = new Database(join(folder, COMMUNITY_FILE));
    const insert = raw.prepare('INSERT INTO settings (place, name, server, value) VALUES (?, ?, ?, ?)');
    for (const [name, value] of [
      ['replyPlace', '"on the moon"'],
      ['answers', 'no'],
      ['collections', '"news"'],
      ['keptDays', '8'],
      ['language', '{'],
      ['ofALaterVersion', 'true'],
      // Not a setting, although every object has this property.
      ['constructor', '1'],
    ])
      insert.run(CHANNEL, name, SERVER, value);
    raw.close();
    expect(community.settings.ownSettings(CHANNEL)).toEqual({});
    expect(resolved()).toEqual({ ...DEFAULTS, replyPlace: 'thread' });
  });
});

describe('a vote', () => {
  const vote = { messageId: '1', personId: ADA, serverId: SERVER, passageId: 'a', isRight: true };

  test('counts once per person and message, and voting the same way again takes it back', () => {
    expect(community.votes.cast(vote, NOW)).toBe('counted');
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 1, wrong: 0 });
    expect(community.votes.cast({ ...vote, personId: GRACE }, NOW)).toBe('counted');
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 2, wrong: 0 });
    expect(community.votes.cast(vote, NOW)).toBe('taken back');
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 1, wrong: 0 });
    expect(community.votes.cast(vote, NOW)).toBe('counted');
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 2, wrong: 0 });
    expect(community.votes.countsOf('2', 'a')).toEqual({ right: 0, wrong: 0 });
  });

  test('replaces the person’s earlier vote on the message, even for another passage', () => {
    community.votes.cast(vote, NOW);
    expect(community.votes.cast({ ...vote, isRight: false }, NOW)).toBe('counted');
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 0, wrong: 1 });
    expect(community.votes.cast({ ...vote, isRight: false, passageId: 'b' }, NOW)).toBe('counted');
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 0, wrong: 0 });
    expect(community.votes.countsOf('1', 'b')).toEqual({ right: 0, wrong: 1 });
    expect(community.votes.votedWrong(SERVER, 0, 10)).toEqual([{ passageId: 'b', right: 0, wrong: 1 }]);
  });

  test('lists passages voted wrong, most often first, then those voted right less often', () => {
    const messages = new Set<string>();
    const cast = (passageId: string, isRight: boolean, at = NOW, serverId: string | null = SERVER) => {
      const messageId = String(messages.size + 1);
      messages.add(messageId);
      community.votes.cast({ ...vote, messageId, passageId, isRight, serverId }, at);
    };
    for (const passageId of ['twice', 'twice', 'liked', 'once', 'also once']) cast(passageId, false);
    for (const passageId of ['liked', 'right only']) cast(passageId, true);
    cast('long ago', false, NOW - 1);
    cast('elsewhere', false, NOW, OTHER_SERVER);
    cast('directly', false, NOW, null);
    expect(community.votes.votedWrong(SERVER, NOW, 10)).toEqual([
      { passageId: 'twice', right: 0, wrong: 2 },
      { passageId: 'also once', right: 0, wrong: 1 },
      { passageId: 'once', right: 0, wrong: 1 },
      { passageId: 'liked', right: 1, wrong: 1 },
    ]);
    expect(community.votes.votedWrong(SERVER, NOW, 1)).toEqual([{ passageId: 'twice', right: 0, wrong: 2 }]);
  });
});

describe('an unanswered question', () => {
  test('is not stored without a retention period', () => {
    community.questions.add(question('1'), 0);
    expect(textsIn(SERVER)).toEqual([]);
  });

  test('is returned as it was stored, newest first, by server and start time', () => {
    const wrong = question('2', { askedAt: NOW + 1, reason: 'voted-wrong', passageId: 'a' });
    community.questions.add(question('1'), 7);
    community.questions.add(wrong, 7);
    community.questions.add(question('3', { serverId: OTHER_SERVER }), 7);
    expect(community.questions.recent(SERVER, NOW, 10)).toEqual([wrong, question('1')]);
    expect(community.questions.recent(SERVER, NOW, 1)).toEqual([wrong]);
    expect(community.questions.recent(SERVER, NOW + 1, 10)).toEqual([wrong]);
  });

  test('is stored once per message', () => {
    community.questions.add(question('1'), 7);
    community.questions.add(question('1', { text: 'In other words?' }), 7);
    expect(textsIn(SERVER)).toEqual(['In other words?']);
  });

  test('is deleted after its retention period, at the latest when the next question is added', () => {
    community.questions.add(question('1'), 7);
    community.questions.add(question('2'), 30);
    community.questions.removeExpired(NOW + 7 * DAY_MS - 1);
    expect(textsIn(SERVER)).toHaveLength(2);
    community.questions.removeExpired(NOW + 7 * DAY_MS);
    expect(textsIn(SERVER)).toEqual(['Question 2']);
    community.questions.add(question('3', { serverId: OTHER_SERVER, askedAt: NOW + 30 * DAY_MS }), 0);
    expect(textsIn(SERVER)).toEqual([]);
  });

  test('expires earlier if the server shortens retention, and never later', () => {
    community.questions.add(question('1'), 30);
    community.questions.add(question('2', { serverId: OTHER_SERVER }), 30);
    community.questions.shortenRetention(SERVER, 90);
    community.questions.shortenRetention(SERVER, 7);
    community.questions.shortenRetention(SERVER, 30);
    community.questions.removeExpired(NOW + 7 * DAY_MS);
    expect(textsIn(SERVER)).toEqual([]);
    expect(textsIn(OTHER_SERVER)).toEqual(['Question 2']);
  });

  test('is deleted immediately when the server turns storage off', () => {
    community.questions.add(question('1', { text: 'Where is the quay?' }), 30);
    community.questions.add(question('2', { serverId: OTHER_SERVER }), 30);
    community.questions.shortenRetention(SERVER, 0);
    expect(textsIn(SERVER)).toEqual([]);
    expect(textsIn(OTHER_SERVER)).toEqual(['Question 2']);
    expect(filesWith(/Where is the quay/, folder)).toEqual([]);
  });

  test('can be deleted on its own, with every trace of its text', () => {
    community.questions.add(question('1', { text: 'Where is the quay?' }), 30);
    community.questions.add(question('2'), 30);
    expect(filesWith(/Where is the quay/, folder)).not.toEqual([]);
    community.questions.forget('1');
    community.questions.forget('5');
    expect(textsIn(SERVER)).toEqual(['Question 2']);
    expect(filesWith(/Where is the quay/, folder)).toEqual([]);
  });
});

describe('everything stored about a person', () => {
  test('is deleted on request, and nothing about anyone else', () => {
    for (const personId of [ADA, GRACE]) {
      for (const serverId of [SERVER, OTHER_SERVER])
        community.questions.add(question(`${personId}${serverId}`, { personId, serverId }), 30);
      community.votes.cast({ messageId: '1', personId, serverId: SERVER, passageId: 'a', isRight: false }, NOW);
      community.votes.cast({ messageId: '2', personId, serverId: null, passageId: 'b', isRight: true }, NOW);
    }
    community.settings.set({ locationId: SERVER, serverId: SERVER }, 'answers', false);
    expect(community.forgetPerson(ADA)).toEqual({ votes: 2, questions: 2, pins: 0, articles: 0 });
    expect(textsIn(SERVER)).toEqual([`Question ${GRACE}${SERVER}`]);
    expect(textsIn(OTHER_SERVER)).toEqual([`Question ${GRACE}${OTHER_SERVER}`]);
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 0, wrong: 1 });
    expect(community.votes.countsOf('2', 'b')).toEqual({ right: 1, wrong: 0 });
    expect(community.settings.resolve([SERVER]).answers).toBe(false);
    expect(community.forgetPerson(ADA)).toEqual({ votes: 0, questions: 0, pins: 0, articles: 0 });
  });

  test('leaves no trace in the bytes of the files, wherever SQLite has moved it', () => {
    const random = randomNumbers(20_260_501);
    for (let round = 0; round < 4; round++) {
      for (let count = 0; count < 400; count++) {
        const personId = count % 3 === 0 ? ADA : GRACE;
        const name = personId === ADA ? 'ada' : 'grace';
        const id = String(Math.floor(random() * 1e15));
        const text = `said-by-${name} ${'and so on '.repeat(Math.floor(random() * 50))}`;
        community.questions.add(question(id, { personId, text, link: `linked-by-${name}` }), 30);
        const voted = { messageId: `${id}-of-${name}`, personId, serverId: SERVER, passageId: 'a', isRight: false };
        if (random() < 0.3) community.votes.cast(voted, NOW);
      }
      expect(filesWith(/-by-ada/, folder)).not.toEqual([]);
      community.forgetPerson(ADA);
      expect(filesWith(/-by-ada|-of-ada/, folder)).toEqual([]);
      expect(filesWith(new RegExp(ADA), folder)).toEqual([]);
      expect(filesWith(/said-by-grace/, folder)).not.toEqual([]);
    }
  });
});

test('when the bot leaves a server, only the settings its moderators chose are kept', () => {
  for (const serverId of [SERVER, OTHER_SERVER]) {
    community.questions.add(question(serverId, { serverId }), 30);
    community.votes.cast({ messageId: serverId, personId: ADA, serverId, passageId: 'a', isRight: false }, NOW);
    community.settings.set({ locationId: serverId, serverId }, 'replyPlace', 'thread');
  }
  community.forgetServer(SERVER);
  expect(textsIn(SERVER)).toEqual([]);
  expect(community.votes.countsOf(SERVER, 'a')).toEqual({ right: 0, wrong: 0 });
  expect(filesWith(new RegExp(`Question ${SERVER}`), folder)).toEqual([]);
  expect(community.settings.resolve([SERVER]).replyPlace).toBe('thread');
  expect(textsIn(OTHER_SERVER)).toHaveLength(1);
  expect(community.votes.countsOf(OTHER_SERVER, 'a')).toEqual({ right: 0, wrong: 1 });
});
