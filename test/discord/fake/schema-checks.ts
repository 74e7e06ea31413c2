import * as spec from 'discord-api-spec/zod';
// The full "zod" sets the English error texts that "zod/mini", which the specification uses, leaves out.
import { z } from 'zod';
import type { ZodMiniType } from 'zod/mini';
import { type CommandScope, problemsOfCommand, problemsOfCommands } from './command-rules.js';
import {
  INVALID_FORM_BODY,
  type MessageContext,
  type Problem,
  problemsOfChoices,
  problemsOfMessage,
  problemsOfModal,
} from './message-rules.js';

export type { MessageContext, Problem } from './message-rules.js';

/** What a request body is; each has a schema in Discord's OpenAPI document. */
export type RequestKind =
  | 'message create'
  | 'message edit'
  | 'interaction callback'
  | 'webhook edit'
  | 'webhook follow-up'
  | 'global command'
  | 'guild command'
  | 'global command edit'
  | 'guild command edit'
  | 'global commands'
  | 'guild commands'
  | 'direct message channel'
  | 'thread'
  | 'thread from message'
  | 'forum post';

/** What the fake answers with. */
export type ReplyKind = keyof typeof replySchemas;

/**
 * Everything wrong with a request body: what Discord's published schema says, then, if the shape holds, keys the
 * schema does not know and the rules it lacks. An empty list means Discord would take it and it pings nobody.
 */
export function problemsOfRequest(
  kind: RequestKind,
  body: unknown,
  context: MessageContext = { isEdit: false },
): Problem[] {
  const coerced = withNumericPermissions(body);
  if (kind === 'interaction callback') return problemsOfCallback(coerced, context);
  const schema = requestSchemas[kind];
  const wrong = problemsOfSchema(schema, coerced);
  if (wrong.length > 0) return wrong;
  return [...unknownKeys(schema, coerced, toleratedKeys[kind]), ...problemsOfRules(kind, coerced, context)];
}

/** Everything in a reply of the fake's own that Discord would not send. */
export function problemsOfReply(kind: ReplyKind, body: unknown): Problem[] {
  const schema: ZodMiniType = replySchemas[kind];
  const wrong = problemsOfSchema(schema, body);
  return wrong.length > 0 ? wrong : unknownKeys(schema, body);
}

export function describeProblem({ rule, at, text }: Problem): string {
  return `${rule}: ${at === '' ? '' : `${at}: `}${text}`;
}

const requestSchemas: Readonly<Record<Exclude<RequestKind, 'interaction callback'>, ZodMiniType>> = {
  'message create': spec.MessageCreateRequestSchema,
  'message edit': spec.MessageEditRequestPartialSchema,
  'webhook edit': spec.IncomingWebhookUpdateRequestPartialSchema,
  'webhook follow-up': spec.IncomingWebhookRequestPartialSchema,
  'global command': spec.ApplicationCommandCreateRequestSchema,
  'guild command': spec.ApplicationCommandCreateRequestSchema,
  'global command edit': spec.ApplicationCommandPatchRequestPartialSchema,
  'guild command edit': spec.ApplicationCommandPatchRequestPartialSchema,
  'global commands': z.array(spec.ApplicationCommandUpdateRequestSchema),
  'guild commands': z.array(spec.ApplicationCommandUpdateRequestSchema),
  'direct message channel': spec.CreatePrivateChannelRequestSchema,
  thread: spec.CreateTextThreadWithoutMessageRequestSchema,
  'thread from message': spec.CreateTextThreadWithMessageRequestSchema,
  'forum post': spec.CreateForumThreadRequestSchema,
};

const replySchemas = {
  'gateway address': spec.GatewayBotResponseSchema,
  'own user': spec.UserPIIResponseSchema,
  user: spec.UserResponseSchema,
  application: spec.ApplicationResponseSchema,
  guild: spec.GuildResponseSchema,
  member: spec.GuildMemberResponseSchema,
  role: spec.GuildRoleResponseSchema,
  'guild channel': spec.GuildChannelResponseSchema,
  'direct message channel': spec.PrivateChannelResponseSchema,
  thread: spec.ThreadResponseSchema,
  threads: spec.ThreadsResponseSchema,
  message: spec.MessageResponseSchema,
  messages: z.array(spec.MessageResponseSchema) as unknown as ZodMiniType,
  command: spec.ApplicationCommandResponseSchema,
  commands: z.array(spec.ApplicationCommandResponseSchema) as unknown as ZodMiniType,
  'callback response': spec.InteractionCallbackResponseSchema,
  error: spec.ErrorResponseSchema,
  'rate limit': spec.RatelimitedResponseSchema,
} satisfies Record<string, ZodMiniType>;

/**
 * discord.js builds one body for every kind of message, so it sends `tts` and the nonce where the specification has
 * none; `nsfw` of commands is documented but not in the specification. Neither is an error.
 */
const messageExtras = ['tts', 'nonce', 'enforce_nonce'];
const toleratedKeys: Readonly<Partial<Record<RequestKind, readonly string[]>>> = {
  'message edit': messageExtras,
  'webhook edit': messageExtras,
  'webhook follow-up': messageExtras,
  'forum post': messageExtras,
  // discord.js builds one body for threads of both kinds.
  'thread from message': ['type', 'invitable'],
  'global command': ['nsfw'],
  'guild command': ['nsfw'],
  'global command edit': ['nsfw'],
  'guild command edit': ['nsfw'],
  'global commands': ['nsfw'],
  'guild commands': ['nsfw'],
};

const EPHEMERAL = 64;

const callbackSchemas: Readonly<Record<number, ZodMiniType>> = {
  4: spec.CreateMessageInteractionCallbackRequestSchema,
  5: spec.CreateMessageInteractionCallbackRequestSchema,
  6: spec.UpdateMessageInteractionCallbackRequestSchema,
  7: spec.UpdateMessageInteractionCallbackRequestSchema,
  8: spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  9: spec.ModalInteractionCallbackRequestSchema,
};

/** Split by type, since a union of all callbacks names no place when it fails. */
function problemsOfCallback(body: unknown, context: MessageContext): Problem[] {
  const callback = body as { readonly type?: number; readonly data?: { readonly flags?: number } | null } | undefined;
  const schema = callbackSchemas[callback?.type ?? 0];
  if (!callback || !schema) {
    const text = `${JSON.stringify(callback?.type)} is not one of ${Object.keys(callbackSchemas).join(', ')}`;
    return [{ rule: 'callback type', at: 'type', text, refusedWith: INVALID_FORM_BODY }];
  }
  const wrong = problemsOfSchema(schema, callback);
  if (wrong.length > 0) return wrong;
  return [...unknownKeys(schema, callback, messageExtras), ...problemsOfCallbackRules(callback, context)];
}

function problemsOfCallbackRules(
  { type, data }: { readonly type?: number; readonly data?: { readonly flags?: number } | null },
  context: MessageContext,
): Problem[] {
  const missing: Problem = {
    rule: 'callback has data',
    at: 'data',
    text: `missing for type ${type}`,
    refusedWith: INVALID_FORM_BODY,
  };
  switch (type) {
    case 4:
    case 7:
      return data ? problemsOfMessage(data, { ...context, isEdit: type === 7 }).map(inData) : [missing];
    case 5: {
      const others = (data?.flags ?? 0) & ~EPHEMERAL;
      if (others === 0) return [];
      return [
        {
          rule: 'deferral flags',
          at: 'data.flags',
          text: `only EPHEMERAL (64) is allowed, not ${others}`,
          refusedWith: INVALID_FORM_BODY,
        },
      ];
    }
    case 8:
      return data ? problemsOfChoices(data).map(inData) : [missing];
    case 9:
      return problemsOfModal(data);
    default:
      return [];
  }
}

function inData(problem: Problem): Problem {
  return { ...problem, at: problem.at === '' ? 'data' : `data.${problem.at}` };
}

function problemsOfRules(kind: RequestKind, body: unknown, context: MessageContext): Problem[] {
  const scope: CommandScope = kind.startsWith('global') ? 'global' : 'guild';
  switch (kind) {
    case 'message create':
    case 'webhook follow-up':
      return problemsOfMessage(body, { ...context, isEdit: false });
    case 'message edit':
    case 'webhook edit':
      return problemsOfMessage(body, { ...context, isEdit: true });
    case 'forum post':
      return problemsOfMessage((body as { readonly message: unknown }).message, { ...context, isEdit: false }).map(
        (problem) => ({ ...problem, at: ['message', problem.at].filter(Boolean).join('.') }),
      );
    case 'global commands':
    case 'guild commands':
      return problemsOfCommands(body, scope);
    case 'global command':
    case 'guild command':
    case 'global command edit':
    case 'guild command edit':
      return problemsOfCommand(body, scope);
    default:
      return [];
  }
}

/**
 * The specification has a number, the documentation and discord.js a string; Discord takes either
 * (https://github.com/discord/discord-api-spec/issues/11).
 */
function withNumericPermissions(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withNumericPermissions);
  if (typeof body !== 'object' || body === null) return body;
  const { default_member_permissions: permissions } = body as { default_member_permissions?: unknown };
  if (typeof permissions !== 'string' || !/^\d+$/.test(permissions)) return body;
  return { ...body, default_member_permissions: Number(permissions) };
}

type Issue = z.core.$ZodIssue;

function problemsOfSchema(schema: ZodMiniType, value: unknown): Problem[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues
    .flatMap((issue) => readable(issue, []))
    .map(({ path, message }) => ({
      rule: 'schema',
      at: path.join('.'),
      text: message,
      refusedWith: INVALID_FORM_BODY,
    }));
}

/** A failed union says only "Invalid input"; the branch the sender meant, known by its `type`, says what is wrong. */
function readable(issue: Issue, parents: readonly PropertyKey[]): { path: readonly PropertyKey[]; message: string }[] {
  const path = [...parents, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: issue.message }];
  const meant = issue.errors.filter(
    (branch) => !branch.some((inner) => inner.path.length === 1 && inner.path[0] === 'type'),
  );
  const candidates = meant.length > 0 ? meant : issue.errors;
  const shortest = candidates.reduce((best, branch) => (branch.length < best.length ? branch : best));
  return shortest.flatMap((inner) => readable(inner, path));
}

/** The parts of a schema's definition that lead to its children. */
interface SchemaDefinition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, ZodMiniType>>;
  readonly element?: ZodMiniType;
  readonly options?: readonly ZodMiniType[];
  readonly innerType?: ZodMiniType;
  readonly valueType?: ZodMiniType;
  readonly left?: ZodMiniType;
  readonly right?: ZodMiniType;
  readonly getter?: () => ZodMiniType;
}

/** Keys that no schema names: Zod drops them silently, and so does Discord, so a misspelt key would go unnoticed. */
function unknownKeys(
  schema: ZodMiniType,
  value: unknown,
  tolerated: readonly string[] = [],
  path: readonly PropertyKey[] = [],
): Problem[] {
  if (typeof value !== 'object' || value === null) return [];
  const definition = schema._zod.def as unknown as SchemaDefinition;
  const into = (child: ZodMiniType, inner: unknown, key?: PropertyKey) =>
    unknownKeys(child, inner, tolerated, key === undefined ? path : [...path, key]);

  if (definition.getter) return into(definition.getter(), value);
  if (definition.innerType) return into(definition.innerType, value);
  if (definition.element) {
    const { element } = definition;
    return (value as readonly unknown[]).flatMap((inner, index) => into(element, inner, index));
  }
  if (definition.options) {
    const perBranch = definition.options
      .filter((branch) => branch.safeParse(value).success)
      .map((branch) => into(branch, value));
    return perBranch.reduce((best, branch) => (branch.length < best.length ? branch : best), perBranch[0] ?? []);
  }
  if (definition.left && definition.right) {
    const left = into(definition.left, value);
    const right = new Set(into(definition.right, value).map(({ at }) => at));
    return left.filter(({ at }) => right.has(at));
  }
  if (definition.valueType) {
    const { valueType } = definition;
    return Object.entries(value).flatMap(([key, inner]) => into(valueType, inner, key));
  }
  const { shape } = definition;
  if (!shape) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const child = shape[key];
    if (child) return into(child, inner, key);
    if (inner === undefined || tolerated.includes(key)) return [];
    return [{ rule: 'unknown key', at: [...path, key].join('.'), text: 'not in the specification' }];
  });
}
