import * as spec from 'discord-api-spec/zod';
// The full "zod" sets the English error texts that "zod/mini", which the specification uses, leaves out.
import { z } from 'zod';
import type { ZodMiniType } from 'zod/mini';
import { problemsOfCallback } from './callback-checks.js';
import { type CommandScope, problemsOfCommand, problemsOfCommands } from './command-rules.js';
import { type MessageContext, problemsOfMessage } from './message-rules.js';
import { nestedIn, type Problem } from './problem.js';
import { problemsOfSchema, unknownKeys } from './schema.js';
import { MESSAGE_EXTRAS } from './tolerated-keys.js';

/** What a request body is for. Each kind has a schema in Discord's OpenAPI document. */
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

/**
 * Everything wrong with a request body. The first check is Discord's published schema
 * (https://github.com/discord/discord-api-spec). If the body matches it, two more checks follow: keys that the schema
 * does not know, and the rules that Discord enforces but its schema lacks.
 *
 * @param context What the rules need to know besides the body. Default: a new message that may ping nobody.
 * @returns Problems in no particular order. Empty means that Discord would accept the body and that it pings nobody.
 */
export function problemsOfRequest(
  kind: RequestKind,
  body: unknown,
  context: MessageContext = { isEdit: false },
): Problem[] {
  const coerced = withNumericPermissions(body);
  if (kind === 'interaction callback') return problemsOfCallback(coerced, context);
  const schema = requestSchemas[kind];
  const mismatches = problemsOfSchema(schema, coerced);
  if (mismatches.length > 0) return mismatches;
  return [...unknownKeys(schema, coerced, toleratedKeys[kind]), ...problemsOfRules(kind, coerced, context)];
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

/** Keys that are accepted although the specification lacks them. */
const toleratedKeys: Readonly<Partial<Record<RequestKind, readonly string[]>>> = {
  'message edit': MESSAGE_EXTRAS,
  'webhook edit': MESSAGE_EXTRAS,
  'webhook follow-up': MESSAGE_EXTRAS,
  'forum post': MESSAGE_EXTRAS,
  // discord.js builds one body for both kinds of threads.
  'thread from message': ['type', 'invitable'],
  // `nsfw` is documented, but missing from the specification.
  'global command': ['nsfw'],
  'guild command': ['nsfw'],
  'global command edit': ['nsfw'],
  'guild command edit': ['nsfw'],
  'global commands': ['nsfw'],
  'guild commands': ['nsfw'],
};

function problemsOfRules(kind: RequestKind, body: unknown, context: MessageContext): Problem[] {
  const scope: CommandScope = kind.startsWith('global') ? 'global' : 'guild';
  switch (kind) {
    case 'message create':
    case 'webhook follow-up':
      return problemsOfMessage(body, { ...context, isEdit: false });
    case 'message edit':
    case 'webhook edit':
      return problemsOfMessage(body, { ...context, isEdit: true });
    case 'forum post': {
      const { message } = body as { readonly message: unknown };
      return problemsOfMessage(message, { ...context, isEdit: false }).map((problem) => nestedIn('message', problem));
    }
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
 * The specification wants a number; the documentation and discord.js use a string. Discord takes either:
 * https://github.com/discord/discord-api-spec/issues/11
 */
function withNumericPermissions(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withNumericPermissions);
  if (typeof body !== 'object' || body === null) return body;
  const { default_member_permissions: permissions } = body as { default_member_permissions?: unknown };
  if (typeof permissions !== 'string' || !/^\d+$/.test(permissions)) return body;
  return { ...body, default_member_permissions: Number(permissions) };
}
