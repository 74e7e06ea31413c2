import { beforeEach, expect, test } from 'vitest';
import type { Community } from '../../src/community/community.js';
import { ADA, filesWith, GRACE, OTHER_SERVER, SERVER, temporaryCommunity } from './temporary-community.js';

const NOW = Date.parse('2026-05-01T12:00:00Z');
const QUAY = 'Where is the quay?';
const FERRY = 'When does the ferry leave?';

let folder: string;
let community: Community;

beforeEach(() => {
  ({ folder, community } = temporaryCommunity());
});

/** Ada asks, and somebody votes on the answer. */
function voted(
  messageId: string,
  text: string,
  { serverId = SERVER, personId = GRACE, passageId = 'a', isRight = true } = {},
): void {
  community.votes.cast({ messageId, personId, serverId, passageId, isRight }, NOW);
  community.judged.add({ messageId, askedIn: `asked-${messageId}`, personId: ADA, serverId, text });
}

const questions = (): string[] => community.judged.judgements().map(({ question }) => question);
const filesWithText = (text: string): string[] => filesWith(new RegExp(text.replace('?', '\\?')), folder);

test('votes on answers to the same question are counted together, for each passage', () => {
  voted('1', QUAY);
  voted('1', QUAY, { personId: ADA, isRight: false });
  voted('2', QUAY, { serverId: OTHER_SERVER });
  voted('3', QUAY, { passageId: 'b', isRight: false });
  voted('4', FERRY, { passageId: 'a' });
  expect(community.judged.judgements()).toEqual([
    { question: FERRY, passageId: 'a', right: 1, wrong: 0 },
    { question: QUAY, passageId: 'a', right: 2, wrong: 1 },
    { question: QUAY, passageId: 'b', right: 0, wrong: 1 },
  ]);
});

test('votes on an answer whose question is not stored are no judgements', () => {
  community.votes.cast({ messageId: '1', personId: ADA, serverId: SERVER, passageId: 'a', isRight: true }, NOW);
  expect(questions()).toEqual([]);
});

test('a question goes with its last vote, its message, its server’s permission and its server', () => {
  for (const [index, text] of [QUAY, FERRY, 'Who?', 'Why?'].entries())
    voted(String(index), text, { serverId: index < 3 ? SERVER : OTHER_SERVER });
  community.judged.removeUnvoted();
  expect(questions()).toHaveLength(4);
  community.votes.cast({ messageId: '0', personId: GRACE, serverId: SERVER, passageId: 'a', isRight: true }, NOW);
  community.judged.removeUnvoted();
  expect(questions()).toEqual([FERRY, 'Who?', 'Why?']);
  community.forgetQuestion('asked-1');
  expect(questions()).toEqual(['Who?', 'Why?']);
  community.judged.forgetServer(SERVER);
  expect(questions()).toEqual(['Why?']);
  community.forgetServer(OTHER_SERVER);
  expect(questions()).toEqual([]);
  for (const text of [QUAY, FERRY, 'Who?', 'Why?']) expect(filesWithText(text)).toEqual([]);
});

test('is deleted for the person who asked, and for the only person who voted', () => {
  voted('1', QUAY);
  const stored = { personId: ADA, serverId: SERVER, link: 'l', text: QUAY, passageId: 'a', askedAt: NOW };
  community.questions.add({ ...stored, askedIn: 'asked-1', reason: 'voted-wrong' }, 30);
  // The question is stored for two reasons, but she asked it once.
  expect(community.forgetPerson(ADA)).toEqual({ votes: 0, questions: 1, pins: 0, articles: 0 });
  expect(questions()).toEqual([]);
  expect(filesWithText(QUAY)).toEqual([]);

  voted('2', FERRY);
  expect(community.forgetPerson(GRACE)).toEqual({ votes: 2, questions: 0, pins: 0, articles: 0 });
  expect(questions()).toEqual([]);
  expect(filesWithText(FERRY)).toEqual([]);
});
