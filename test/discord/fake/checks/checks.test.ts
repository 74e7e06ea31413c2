import { describe, expect, test } from 'vitest';
import type { MessageContext } from './message-rules.js';
import { describeProblem } from './problem.js';
import { problemsOfReply } from './reply-checks.js';
import { problemsOfRequest, type RequestKind } from './request-checks.js';

const quiet = { allowed_mentions: { parse: [] } };
/** IS_COMPONENTS_V2 */
const V2 = 1 << 15;
const row = (...components: object[]) => ({ type: 1, components });
const button = (id: string, more: object = {}) => ({ type: 2, style: 2, label: 'b', custom_id: id, ...more });
const text = (content: string) => ({ type: 10, content });
const chat = (more: object = {}) => ({ name: 'ask', description: 'Ask', type: 1, ...more });
const option = (more: object = {}) => ({ type: 3, name: 'question', description: 'What', ...more });
const numbered = (count: number, type: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `c${index}`, type, ...(type === 1 && { description: 'd' }) }));
const choices = (value: string) => ({ type: 8, data: { choices: [{ name: 'n', value }] } });
const modal = (count: number) => ({
  type: 9,
  data: {
    custom_id: 'm',
    title: 't',
    components: Array.from({ length: count }, (_, index) =>
      row({ type: 4, custom_id: `i${index}`, style: 1, label: 'l' }),
    ),
  },
});
const reply = (more: object) => ({
  content: 'x',
  message_reference: { message_id: '1' },
  allowed_mentions: { parse: [], ...more },
});

interface Case {
  readonly rule: string;
  readonly kind: RequestKind;
  readonly bad: unknown;
  readonly good: unknown;
  readonly context?: MessageContext;
}

/** A message that breaks a rule, and one that only just keeps it. */
function message(rule: string, bad: object, good: object, kind: RequestKind = 'message create'): Case {
  const wrap = (body: object) =>
    kind === 'interaction callback' ? { type: 4, data: { ...quiet, ...body } } : { ...quiet, ...body };
  return { rule, kind, bad: wrap(bad), good: wrap(good) };
}

function commands(rule: string, bad: object[], good: object[], kind: RequestKind = 'global commands'): Case {
  return { rule, kind, bad, good };
}

describe('a rule that the specification lacks finds a bad payload and accepts a good one', () => {
  const cases: readonly Case[] = [
    message('content length', { content: 'x'.repeat(2_001) }, { content: 'x'.repeat(2_000) }),
    message('content length', { content: 'x'.repeat(2_001) }, { content: 'x'.repeat(2_000) }, 'message edit'),
    message('message is not empty', { content: '  ' }, { content: 'x' }),
    message('message is not empty', {}, { embeds: [{ title: 'x' }] }, 'interaction callback'),
    message('message is not empty', { embeds: [] }, { content: 'x' }, 'webhook follow-up'),
    message(
      'total embed characters',
      { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }] },
      { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_000) }] },
    ),
    message(
      'unique custom ids',
      { content: 'x', components: [row(button('a'), button('a'))] },
      { content: 'x', components: [row(button('a'), button('b'))] },
    ),
    message(
      'legacy rows',
      { content: 'x', components: [1, 2, 3, 4, 5, 6].map((id) => row(button(`${id}`))) },
      { content: 'x', components: [1, 2, 3, 4, 5].map((id) => row(button(`${id}`))) },
    ),
    message(
      'row of buttons or one select',
      {
        content: 'x',
        components: [row(button('a'), { type: 3, custom_id: 's', options: [{ label: 'l', value: 'v' }] })],
      },
      { content: 'x', components: [row({ type: 3, custom_id: 's', options: [{ label: 'l', value: 'v' }] })] },
    ),
    message('v2 component needs the v2 flag', { components: [text('x')] }, { components: [text('x')], flags: V2 }),
    message(
      'v2 flag excludes content and embeds',
      { content: 'x', components: [text('x')], flags: V2 },
      { components: [text('x')], flags: V2 },
    ),
    message(
      'v2 flag excludes content and embeds',
      { embeds: [{ title: 'x' }], components: [text('x')], flags: V2 },
      { embeds: [], components: [text('x')], flags: V2 },
    ),
    message(
      'total components',
      { components: [{ type: 17, components: Array.from({ length: 40 }, () => text('x')) }], flags: V2 },
      { components: [{ type: 17, components: Array.from({ length: 39 }, () => text('x')) }], flags: V2 },
    ),
    message(
      'total text display characters',
      { components: [text('x'.repeat(4_000)), text('x')], flags: V2 },
      { components: [text('x'.repeat(3_999)), text('x')], flags: V2 },
    ),
    message(
      'text displays are not empty',
      { components: [text('x'), text(' ')], flags: V2 },
      { components: [text('x')], flags: V2 },
    ),
    message(
      'v2 payload bytes',
      { components: [text('誰'.repeat(3_400))], flags: V2 },
      { components: [text('誰'.repeat(3_200))], flags: V2 },
      'webhook follow-up',
    ),
    message(
      'unique component ids',
      { components: [{ type: 17, id: 3, components: [{ ...text('x'), id: 3 }] }], flags: V2 },
      {
        components: [
          {
            type: 17,
            id: 3,
            components: [
              { ...text('x'), id: 0 },
              { ...text('y'), id: 0 },
            ],
          },
        ],
        flags: V2,
      },
    ),
    message(
      'schema',
      { content: 'x', components: [row({ type: 2, style: 5, label: 'b', url: `https://a.org/${'x'.repeat(500)}` })] },
      { content: 'x', components: [row({ type: 2, style: 5, label: 'b', url: `https://a.org/${'x'.repeat(498)}` })] },
    ),
    message(
      'button shape',
      {
        content: 'x',
        components: [row({ type: 2, style: 5, label: 'b', url: 'https://example.org', custom_id: 'a' })],
      },
      { content: 'x', components: [row({ type: 2, style: 5, label: 'b', url: 'https://example.org' })] },
    ),
    message(
      'unique select values',
      {
        content: 'x',
        components: [
          row({
            type: 3,
            custom_id: 's',
            options: [
              { label: 'l', value: 'v' },
              { label: 'm', value: 'v' },
            ],
          }),
        ],
      },
      {
        content: 'x',
        components: [
          row({
            type: 3,
            custom_id: 's',
            options: [
              { label: 'l', value: 'v' },
              { label: 'l', value: 'w' },
            ],
          }),
        ],
      },
    ),
    message(
      'parse excludes a list',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      { content: 'x' },
    ),
    message('unknown key', { content: 'x', embed: {} }, { content: 'x', embeds: [] }),
    message('unknown key', { embeds: [{ titel: 'x', title: 'x' }] }, { embeds: [{ title: 'x' }] }),
    message(
      'unknown key',
      { content: 'x', components: [row(button('a', { colour: 1 }))] },
      { content: 'x', components: [row(button('a'))] },
    ),
    { rule: 'pings nobody', kind: 'message create', bad: { content: 'x' }, good: { content: 'x', ...quiet } },
    {
      rule: 'pings nobody',
      kind: 'message create',
      bad: { content: 'x', allowed_mentions: { users: ['1'] } },
      good: reply({}),
    },
    {
      rule: 'pings nobody',
      kind: 'message create',
      bad: reply({ replied_user: true }),
      good: reply({ replied_user: false }),
    },
    {
      rule: 'pings nobody',
      kind: 'webhook edit',
      bad: { content: 'x', allowed_mentions: { parse: [], users: ['1', '2'] } },
      good: { content: 'x', allowed_mentions: { parse: [], users: ['1'] } },
      context: { isEdit: true, pingable: ['1'] },
    },
    { rule: 'pings nobody', kind: 'webhook edit', bad: { content: 'x' }, good: { flags: 4 } },
    { rule: 'callback has data', kind: 'interaction callback', bad: { type: 4 }, good: { type: 5 } },
    { rule: 'callback type', kind: 'interaction callback', bad: { type: 99 }, good: { type: 6 } },
    {
      rule: 'deferral flags',
      kind: 'interaction callback',
      bad: { type: 5, data: { flags: V2 } },
      good: { type: 5, data: { flags: 64 } },
    },
    {
      rule: 'string choice value length',
      kind: 'interaction callback',
      bad: choices('x'.repeat(101)),
      good: choices('x'.repeat(100)),
    },
    { rule: 'modal components', kind: 'interaction callback', bad: modal(6), good: modal(5) },
    commands('names of commands and options', [chat({ name: 'Ask' })], [chat({ name: 'frage-später' })]),
    commands(
      'names of commands and options',
      [chat({ options: [option({ name: 'my question' })] })],
      [chat({ options: [option()] })],
    ),
    commands('chat command has a description', [{ name: 'ask' }], [chat()]),
    commands(
      'context menu command has no description',
      [{ name: 'Find it', type: 3, description: 'x' }],
      [{ name: 'Find it', type: 3 }],
    ),
    commands(
      'required options come first',
      [chat({ options: [option(), option({ name: 'b', required: true })] })],
      [chat({ options: [option({ required: true }), option({ name: 'b' })] })],
    ),
    commands(
      'unique option names',
      [chat({ options: [option(), option()] })],
      [chat({ options: [option(), option({ name: 'b' })] })],
    ),
    commands(
      'choices exclude autocomplete',
      [chat({ options: [option({ autocomplete: true, choices: [{ name: 'n', value: 'v' }] })] })],
      [chat({ options: [option({ autocomplete: true, choices: [] })] })],
    ),
    commands(
      'string choice value length',
      [chat({ options: [option({ choices: [{ name: 'n', value: 'x'.repeat(101) }] })] })],
      [chat({ options: [option({ choices: [{ name: 'n', value: 'x'.repeat(100) }] })] })],
    ),
    commands(
      'subcommands are not mixed with options',
      [chat({ options: [{ type: 1, name: 'sub', description: 'd' }, option()] })],
      [chat({ options: [{ type: 1, name: 'sub', description: 'd', options: [option()] }] })],
    ),
    commands('unique command names', [chat(), chat()], [chat(), { name: 'ask', type: 3 }]),
    commands('number of commands', numbered(101, 1), numbered(100, 1)),
    commands('number of commands', numbered(16, 3), numbered(15, 3)),
    commands(
      'known locales',
      [chat({ name_localizations: { xx: 'ask' } })],
      [chat({ name_localizations: { de: 'frage' } })],
    ),
    commands(
      'total command characters',
      [
        chat({
          options: Array.from({ length: 25 }, (_, index) =>
            option({
              name: `o${index}`,
              description: 'x'.repeat(100),
              choices: Array.from({ length: 3 }, (__, c) => ({ name: `n${c}`, value: 'x'.repeat(99) })),
            }),
          ),
        }),
      ],
      [
        chat({
          options: Array.from({ length: 25 }, (_, index) =>
            option({
              name: `o${index}`,
              description: 'x'.repeat(100),
              choices: Array.from({ length: 2 }, (__, c) => ({ name: `n${c}`, value: 'x'.repeat(99) })),
            }),
          ),
        }),
      ],
    ),
    commands('contexts belong to global commands', [chat({ contexts: [0] })], [chat()], 'guild commands'),
  ];

  test.each(cases)('$rule ($kind)', ({ rule, kind, bad, good, context }) => {
    expect(problemsOfRequest(kind, bad, context).map((problem) => problem.rule)).toContain(rule);
    expect(problemsOfRequest(kind, good, context).map(describeProblem)).toEqual([]);
  });
});

test('good payloads of every kind are accepted', () => {
  const good: readonly [RequestKind, unknown][] = [
    ['message create', { content: 'x', tts: false, nonce: '123', enforce_nonce: true, ...quiet }],
    ['message edit', { content: null, embeds: [], components: [text('x')], flags: V2, ...quiet }],
    ['interaction callback', { type: 4, data: { content: 'x', flags: 64, tts: false, ...quiet } }],
    ['interaction callback', { type: 7, data: { components: [], ...quiet } }],
    ['interaction callback', { type: 8, data: { choices: [] } }],
    ['webhook edit', { content: 'x', tts: false, nonce: '1', enforce_nonce: true, ...quiet }],
    ['webhook follow-up', { content: 'x', flags: 64, ...quiet }],
    [
      'global commands',
      [chat({ default_member_permissions: '8', contexts: [0, 1], integration_types: [0], nsfw: false })],
    ],
    ['guild command', chat({ default_member_permissions: null })],
    ['global command edit', { description: 'New' }],
    ['direct message channel', { recipient_id: '1' }],
  ];

  for (const [kind, body] of good) expect(problemsOfRequest(kind, body).map(describeProblem), kind).toEqual([]);
});

test('an edit may omit IS_COMPONENTS_V2 if the message already has it', () => {
  const edit = { components: [text('x')], ...quiet };

  expect(problemsOfRequest('message edit', edit, { isEdit: true, flagsBefore: V2 })).toEqual([]);
  expect(problemsOfRequest('message edit', edit, { isEdit: true }).map(({ rule }) => rule)).toContain(
    'v2 component needs the v2 flag',
  );
});

test('a mismatch with the schema names the place, even inside a union', () => {
  const tooLong = { content: 'x', components: [row(button('a', { label: 'x'.repeat(81) }))], ...quiet };

  expect(problemsOfRequest('message create', tooLong).map(describeProblem)).toEqual([
    'schema: components.0.components.0.label: Too big: expected string to have <=80 characters',
  ]);
});

test('a reply with an invented key or a value of the wrong type is found', () => {
  const user = {
    id: '1',
    username: 'ada',
    avatar: null,
    discriminator: '0',
    public_flags: 0,
    flags: 0,
    global_name: null,
    primary_guild: null,
  };

  expect(problemsOfReply('user', user)).toEqual([]);
  expect(problemsOfReply('user', { ...user, nick: 'a' }).map(({ at }) => at)).toEqual(['nick']);
  expect(problemsOfReply('user', { ...user, id: 1 }).map(({ at }) => at)).toEqual(['id']);
});
