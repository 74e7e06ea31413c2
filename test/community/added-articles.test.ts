import { beforeEach, expect, test } from 'vitest';
import { type AddedArticle, MAX_ADDED } from '../../src/community/added-articles.js';
import type { Community } from '../../src/community/community.js';
import { ADA, filesWith, GRACE, OTHER_SERVER, SERVER, temporaryCommunity } from './temporary-community.js';

let folder: string;
let community: Community;

beforeEach(() => {
  ({ folder, community } = temporaryCommunity());
});

function articleOf(id: string, change: Partial<AddedArticle> = {}): AddedArticle {
  return {
    id,
    serverId: SERVER,
    channelId: '1',
    messageId: `message-${id}`,
    title: `Title ${id}`,
    fileName: 'message.md',
    content: `The quay of ${id} is closed.`,
    url: `https://discord.com/channels/${SERVER}/5/${id}`,
    authorId: ADA,
    authorName: null,
    addedBy: GRACE,
    addedAt: 1,
    ...change,
  };
}

const idsIn = (serverId: string | null): string[] => community.added.list(serverId).map(({ id }) => id);

test('an article is stored with everything about it, in place of one from the same message', () => {
  expect(community.added.add(articleOf('a'))).toBe(true);
  expect(community.added.list(SERVER)).toEqual([articleOf('a')]);
  expect(community.added.add(articleOf('b', { messageId: 'message-a' }))).toBe(true);
  expect(idsIn(SERVER)).toEqual(['b']);
  // Files come from no message.
  for (const id of ['c', 'd']) community.added.add(articleOf(id, { messageId: null, channelId: null }));
  expect(idsIn(SERVER)).toEqual(['b', 'c', 'd']);
  expect(community.added.channels(SERVER)).toEqual(
    new Map([
      ['b', '1'],
      ['c', null],
      ['d', null],
    ]),
  );
});

test('a server can add a limited number', () => {
  for (let count = 0; count < MAX_ADDED; count++) expect(community.added.add(articleOf(String(count)))).toBe(true);
  expect(community.added.add(articleOf('more'))).toBe(false);
  expect(community.added.add(articleOf('other', { serverId: OTHER_SERVER }))).toBe(true);
  // One from the same message takes its place.
  expect(community.added.add(articleOf('again', { messageId: 'message-7' }))).toBe(true);
  expect(idsIn(SERVER)).toHaveLength(MAX_ADDED);
});

test('an article goes with its message, its channel or thread, its server, and by hand', () => {
  for (const id of ['a', 'b', 'c', 'd']) community.added.add(articleOf(id));
  community.added.add(articleOf('e', { serverId: OTHER_SERVER, channelId: '2', url: 'https://discord.com/x/6/7' }));
  expect(community.added.removeFromMessage('message-a')).toBe(true);
  expect(community.added.removeFromMessage('message-a')).toBe(false);
  expect(community.added.remove(OTHER_SERVER, 'b')).toBe(false);
  expect(community.added.remove(SERVER, 'b')).toBe(true);
  expect(idsIn(null)).toEqual(['c', 'd', 'e']);
  expect(community.added.removeFromChannel('5')).toBe(2);
  expect(community.added.removeFromChannel('2')).toBe(1);
  community.added.add(articleOf('f'));
  community.forgetServer(SERVER);
  expect(idsIn(null)).toEqual([]);
});

test('only its author decides about their name, and can remove it', () => {
  community.added.add(articleOf('a'));
  expect(community.added.setAuthorName('a', GRACE, 'Grace')).toBe(false);
  expect(community.added.setAuthorName('a', ADA, 'Ada')).toBe(true);
  expect(community.added.list(SERVER)[0]?.authorName).toBe('Ada');
  expect(community.added.removeByAuthor('a', GRACE)).toBe(false);
  expect(community.added.removeByAuthor('a', ADA)).toBe(true);
});

test('what was made from a person’s messages is deleted for them, in the bytes of the files too', () => {
  community.added.add(articleOf('a'));
  community.added.add(articleOf('b', { authorId: GRACE, addedBy: ADA, content: 'The ferry sails.' }));
  expect(filesWith(/The quay of a/, folder)).not.toEqual([]);
  expect(community.forgetPerson(ADA)).toEqual({ votes: 0, questions: 0, pins: 0, articles: 1 });
  expect(community.added.list(SERVER)).toEqual([
    articleOf('b', { authorId: GRACE, addedBy: null, content: 'The ferry sails.' }),
  ]);
  expect(filesWith(/The quay of a/, folder)).toEqual([]);
  expect(filesWith(new RegExp(ADA), folder)).toEqual([]);
});
