import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { COMMUNITY_FILE, Community } from '../../src/community/community.js';
import type { UnansweredQuestion } from '../../src/community/unanswered-questions.js';
import { randomNumbers } from '../library/random.js';
import { temporaryFolder } from '../library/temporary-folder.js';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-05-01T12:00:00Z');
const SERVER = '900000000000000001';
const OTHER_SERVER = '900000000000000002';
const CHANNEL = '800000000000000001';
const ADA = '100000000000000001';
const GRACE = '100000000000000002';

const DEFAULTS = {
  answers: true,
  collections: null,
  askChannel: false,
  forumPosts: false,
  replyPlace: 'here',
  inlineCiting: false,
  language: null,
  keptDays: 0,
};

let folder: string;
let community: Community;

beforeEach(() => {
  folder = temporaryFolder();
  community = Community.open(folder);
  onTestFinished(() => community.close());
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
  const inServer = { place: SERVER, server: SERVER };
  const inChannel = { place: CHANNEL, server: SERVER };
  const resolved = () => community.settings.resolve([CHANNEL, SERVER]);

  test('is that of the channel, else that of the server, else the default', () => {
    expect(resolved()).toEqual(DEFAULTS);
    community.settings.state(inServer, 'replyPlace', 'thread');
    expect(resolved()).toEqual({ ...DEFAULTS, replyPlace: 'thread' });
    community.settings.state(inChannel, 'replyPlace', 'private');
    expect(resolved()).toEqual({ ...DEFAULTS, replyPlace: 'private' });
    expect(community.settings.resolve([SERVER])).toEqual({ ...DEFAULTS, replyPlace: 'thread' });
    community.settings.state(inChannel, 'replyPlace', undefined);
    expect(resolved()).toEqual({ ...DEFAULTS, replyPlace: 'thread' });
  });

  test('that a channel states to be what the default is outdoes the server', () => {
    community.settings.state(inServer, 'language', 'de');
    community.settings.state(inServer, 'collections', ['news']);
    community.settings.state(inServer, 'answers', false);
    community.settings.state(inChannel, 'language', null);
    community.settings.state(inChannel, 'collections', null);
    community.settings.state(inChannel, 'answers', true);
    expect(resolved()).toEqual(DEFAULTS);
    expect(community.settings.stated(CHANNEL)).toEqual({ language: null, collections: null, answers: true });
  });

  test('of one channel says nothing of another one, nor of another server', () => {
    community.settings.state(inChannel, 'answers', false);
    expect(community.settings.resolve(['800000000000000002', SERVER])).toEqual(DEFAULTS);
    expect(community.settings.resolve([OTHER_SERVER])).toEqual(DEFAULTS);
    expect(community.settings.resolve([])).toEqual(DEFAULTS);
  });

  test('whose stored value cannot be read counts as not stated', () => {
    community.settings.state(inServer, 'replyPlace', 'thread');
    const raw = new Database(join(folder, COMMUNITY_FILE));
    const insert = raw.prepare('INSERT INTO settings (place, name, server, value) VALUES (?, ?, ?, ?)');
    for (const [name, value] of [
      ['replyPlace', '"on the moon"'],
      ['answers', 'no'],
      ['collections', '"news"'],
      ['keptDays', '8'],
      ['language', '{'],
      ['ofALaterVersion', 'true'],
      // Not ours either, although every object has it.
      ['constructor', '1'],
    ])
      insert.run(CHANNEL, name, SERVER, value);
    raw.close();
    expect(community.settings.stated(CHANNEL)).toEqual({});
    expect(resolved()).toEqual({ ...DEFAULTS, replyPlace: 'thread' });
  });
});

describe('a vote', () => {
  const vote = { messageId: '1', personId: ADA, serverId: SERVER, passageId: 'a', isRight: true };

  test('counts once for a person and a message, and the same again takes it back', () => {
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

  test('takes the place of the person’s earlier one, on another passage of the message too', () => {
    community.votes.cast(vote, NOW);
    expect(community.votes.cast({ ...vote, isRight: false }, NOW)).toBe('counted');
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 0, wrong: 1 });
    expect(community.votes.cast({ ...vote, isRight: false, passageId: 'b' }, NOW)).toBe('counted');
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 0, wrong: 0 });
    expect(community.votes.countsOf('1', 'b')).toEqual({ right: 0, wrong: 1 });
    expect(community.votes.votedWrong(SERVER, 0, 10)).toEqual([{ passageId: 'b', right: 0, wrong: 1 }]);
  });

  test('brings a passage up among those voted wrong: the most often first, then those less often voted right', () => {
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

describe('a question without an answer', () => {
  test('is not kept where nothing is kept', () => {
    community.questions.keep(question('1'), 0);
    expect(textsIn(SERVER)).toEqual([]);
  });

  test('comes back as it was kept, the newest first, of one server and since one moment', () => {
    const wrong = question('2', { askedAt: NOW + 1, reason: 'voted-wrong', passageId: 'a' });
    community.questions.keep(question('1'), 7);
    community.questions.keep(wrong, 7);
    community.questions.keep(question('3', { serverId: OTHER_SERVER }), 7);
    expect(community.questions.recent(SERVER, NOW, 10)).toEqual([wrong, question('1')]);
    expect(community.questions.recent(SERVER, NOW, 1)).toEqual([wrong]);
    expect(community.questions.recent(SERVER, NOW + 1, 10)).toEqual([wrong]);
  });

  test('is kept once for what asked it', () => {
    community.questions.keep(question('1'), 7);
    community.questions.keep(question('1', { text: 'In other words?' }), 7);
    expect(textsIn(SERVER)).toEqual(['In other words?']);
  });

  test('is gone after its days, also when nothing but the next question comes', () => {
    community.questions.keep(question('1'), 7);
    community.questions.keep(question('2'), 30);
    community.questions.removeExpired(NOW + 7 * DAY_MS - 1);
    expect(textsIn(SERVER)).toHaveLength(2);
    community.questions.removeExpired(NOW + 7 * DAY_MS);
    expect(textsIn(SERVER)).toEqual(['Question 2']);
    community.questions.keep(question('3', { serverId: OTHER_SERVER, askedAt: NOW + 30 * DAY_MS }), 0);
    expect(textsIn(SERVER)).toEqual([]);
  });

  test('is kept shorter when the server says so, and not longer', () => {
    community.questions.keep(question('1'), 30);
    community.questions.keep(question('2', { serverId: OTHER_SERVER }), 30);
    community.questions.shorten(SERVER, 90);
    community.questions.shorten(SERVER, 7);
    community.questions.shorten(SERVER, 30);
    community.questions.removeExpired(NOW + 7 * DAY_MS);
    expect(textsIn(SERVER)).toEqual([]);
    expect(textsIn(OTHER_SERVER)).toEqual(['Question 2']);
  });

  test('is gone at once when the server keeps none any more', () => {
    community.questions.keep(question('1', { text: 'Where is the quay?' }), 30);
    community.questions.keep(question('2', { serverId: OTHER_SERVER }), 30);
    community.questions.shorten(SERVER, 0);
    expect(textsIn(SERVER)).toEqual([]);
    expect(textsIn(OTHER_SERVER)).toEqual(['Question 2']);
    expect(filesWith(/Where is the quay/)).toEqual([]);
  });

  test('is forgotten alone, with every trace of its text', () => {
    community.questions.keep(question('1', { text: 'Where is the quay?' }), 30);
    community.questions.keep(question('2'), 30);
    expect(filesWith(/Where is the quay/)).not.toEqual([]);
    community.questions.forget('1');
    community.questions.forget('5');
    expect(textsIn(SERVER)).toEqual(['Question 2']);
    expect(filesWith(/Where is the quay/)).toEqual([]);
  });
});

describe('what is kept of a person', () => {
  test('is deleted on request, and nobody else’s', () => {
    for (const personId of [ADA, GRACE]) {
      for (const serverId of [SERVER, OTHER_SERVER])
        community.questions.keep(question(`${personId}${serverId}`, { personId, serverId }), 30);
      community.votes.cast({ messageId: '1', personId, serverId: SERVER, passageId: 'a', isRight: false }, NOW);
      community.votes.cast({ messageId: '2', personId, serverId: null, passageId: 'b', isRight: true }, NOW);
    }
    community.settings.state({ place: SERVER, server: SERVER }, 'answers', false);
    expect(community.forgetPerson(ADA)).toEqual({ votes: 2, questions: 2 });
    expect(textsIn(SERVER)).toEqual([`Question ${GRACE}${SERVER}`]);
    expect(textsIn(OTHER_SERVER)).toEqual([`Question ${GRACE}${OTHER_SERVER}`]);
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 0, wrong: 1 });
    expect(community.votes.countsOf('2', 'b')).toEqual({ right: 1, wrong: 0 });
    expect(community.settings.resolve([SERVER]).answers).toBe(false);
    expect(community.forgetPerson(ADA)).toEqual({ votes: 0, questions: 0 });
  });

  test('leaves no trace in the bytes of the files, wherever SQLite had moved it', () => {
    const random = randomNumbers(20_260_501);
    for (let round = 0; round < 4; round++) {
      for (let count = 0; count < 400; count++) {
        const personId = count % 3 === 0 ? ADA : GRACE;
        const name = personId === ADA ? 'ada' : 'grace';
        const id = String(Math.floor(random() * 1e15));
        const text = `said-by-${name} ${'and so on '.repeat(Math.floor(random() * 50))}`;
        community.questions.keep(question(id, { personId, text, link: `linked-by-${name}` }), 30);
        const voted = { messageId: `${id}-of-${name}`, personId, serverId: SERVER, passageId: 'a', isRight: false };
        if (random() < 0.3) community.votes.cast(voted, NOW);
      }
      expect(filesWith(/-by-ada/)).not.toEqual([]);
      community.forgetPerson(ADA);
      expect(filesWith(/-by-ada|-of-ada/)).toEqual([]);
      expect(filesWith(new RegExp(ADA))).toEqual([]);
      expect(filesWith(/said-by-grace/)).not.toEqual([]);
    }
  });
});

test('a server that the bot left is forgotten but for what its moderators chose', () => {
  for (const serverId of [SERVER, OTHER_SERVER]) {
    community.questions.keep(question(serverId, { serverId }), 30);
    community.votes.cast({ messageId: serverId, personId: ADA, serverId, passageId: 'a', isRight: false }, NOW);
    community.settings.state({ place: serverId, server: serverId }, 'replyPlace', 'thread');
  }
  community.forgetServer(SERVER);
  expect(textsIn(SERVER)).toEqual([]);
  expect(community.votes.countsOf(SERVER, 'a')).toEqual({ right: 0, wrong: 0 });
  expect(filesWith(new RegExp(`Question ${SERVER}`))).toEqual([]);
  expect(community.settings.resolve([SERVER]).replyPlace).toBe('thread');
  expect(textsIn(OTHER_SERVER)).toHaveLength(1);
  expect(community.votes.countsOf(OTHER_SERVER, 'a')).toEqual({ right: 0, wrong: 1 });
});

/** The database and its write-ahead log, as far as their bytes hold a text. */
function filesWith(text: RegExp): string[] {
  return readdirSync(folder).filter((name) => text.test(readFileSync(join(folder, name), 'latin1')));
}
