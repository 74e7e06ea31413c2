import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { Community } from '../../src/community/community.js';
import { MAX_PINS, type NewPin } from '../../src/community/pins.js';
import { temporaryFolder } from '../library/temporary-folder.js';
import { ADA, filesWith, GRACE, OTHER_SERVER, SERVER, temporaryCommunity } from './temporary-community.js';

let folder: string;
let community: Community;

beforeEach(() => {
  ({ folder, community } = temporaryCommunity());
});

function pinOf(question: string, changes: Partial<NewPin> = {}): NewPin {
  const place = { articleId: 'harbour', text: 'Behind the church.', start: 12 };
  return { serverId: SERVER, question, ...place, personId: ADA, pinnedAt: 1_700_000_000_000, ...changes };
}

function add(pin: NewPin): 'added' | 'replaced' | 'full' {
  const isSame = (question: string): boolean => question.toLowerCase() === pin.question.toLowerCase();
  const added = community.pins.add(pin, isSame);
  if (added === null) return 'full';
  expect(community.pins.list(pin.serverId).at(-1)).toEqual(added.pin);
  return added.isReplaced ? 'replaced' : 'added';
}

const questionsIn = (serverId: string | null): string[] =>
  community.pins.list(serverId).map(({ question }) => question);

describe('a pin', () => {
  test('is returned as it was stored, oldest first, in its server only', () => {
    const [first, second, shared] = [
      pinOf('First?'),
      pinOf('Second?'),
      pinOf('Shared?', { serverId: null, personId: null }),
    ];
    expect([first, second, shared].map(add)).toEqual(['added', 'added', 'added']);
    expect(community.pins.list(SERVER)).toEqual([
      { id: 1, ...first },
      { id: 2, ...second },
    ]);
    expect(community.pins.list(null)).toEqual([{ id: 3, ...shared }]);
    expect(community.pins.list(OTHER_SERVER)).toEqual([]);
  });

  test('replaces the one of the same question in its server', () => {
    for (const serverId of [SERVER, OTHER_SERVER, null]) add(pinOf('Where?', { serverId }));
    expect(add(pinOf('WHERE?', { text: 'Before the church.' }))).toBe('replaced');
    expect(community.pins.list(SERVER)).toEqual([{ id: 4, ...pinOf('WHERE?', { text: 'Before the church.' }) }]);
    expect(questionsIn(OTHER_SERVER)).toEqual(['Where?']);
    expect(questionsIn(null)).toEqual(['Where?']);
  });

  test('is removed by its id, which is never used again', () => {
    add(pinOf('Where?'));
    expect(community.pins.remove(OTHER_SERVER, 1)).toBe(false);
    expect(community.pins.remove(null, 1)).toBe(false);
    expect(community.pins.remove(SERVER, 1)).toBe(true);
    expect(community.pins.remove(SERVER, 1)).toBe(false);
    add(pinOf('When?'));
    expect(community.pins.list(SERVER)).toMatchObject([{ id: 2 }]);
  });

  test('is refused if its server has too many, unless it replaces one', () => {
    for (let count = 1; count <= MAX_PINS; count++) add(pinOf(`Question ${count}?`));
    expect(add(pinOf('One more?'))).toBe('full');
    expect(add(pinOf('question 7?'))).toBe('replaced');
    expect(questionsIn(SERVER)).toHaveLength(MAX_PINS);
    expect(add(pinOf('One more?', { serverId: OTHER_SERVER }))).toBe('added');
    expect(add(pinOf('One more?', { serverId: null }))).toBe('added');
  });
});

test('what a person pinned stays without their name when they want to be forgotten, in the bytes of the files too', () => {
  add(pinOf('Where?'));
  add(pinOf('Where?', { serverId: OTHER_SERVER }));
  add(pinOf('When?', { personId: GRACE }));
  expect(filesWith(new RegExp(ADA), folder)).not.toEqual([]);
  expect(community.forgetPerson(ADA)).toEqual({ votes: 0, questions: 0, pins: 2, articles: 0 });
  expect(community.pins.list(SERVER).map(({ question, personId }) => [question, personId])).toEqual([
    ['Where?', null],
    ['When?', GRACE],
  ]);
  expect(filesWith(new RegExp(ADA), folder)).toEqual([]);
  expect(community.forgetPerson(ADA)).toEqual({ votes: 0, questions: 0, pins: 0, articles: 0 });
});

test('when the bot leaves a server, its pins are deleted, and no others', () => {
  for (const serverId of [SERVER, OTHER_SERVER, null]) add(pinOf(`Asked in ${serverId}?`, { serverId }));
  community.forgetServer(SERVER);
  expect([SERVER, OTHER_SERVER, null].map((serverId) => questionsIn(serverId).length)).toEqual([0, 1, 1]);
  expect(filesWith(new RegExp(`Asked in ${SERVER}`), folder)).toEqual([]);
});

test('a file is opened only if it is there', () => {
  const empty = temporaryFolder();
  expect(Community.openIfThere(empty)).toBeNull();
  expect(readdirSync(empty)).toEqual([]);
  const opened = Community.openIfThere(folder);
  onTestFinished(() => opened?.close());
  expect(opened?.pins.list(null)).toEqual([]);
});
