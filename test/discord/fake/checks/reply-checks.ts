import * as spec from 'discord-api-spec/zod';
import { z } from 'zod';
import type { ZodMiniType } from 'zod/mini';
import type { Problem } from './problem.js';
import { problemsOfSchema, unknownKeys } from './schema.js';

/** What the fake sends: an answer to a request, or a part of a gateway event. */
export type ReplyKind = keyof typeof replySchemas;

/**
 * Everything in a payload of the fake's own that Discord would not send like this. A bot that is tested against wrong
 * payloads is tested against the wrong Discord.
 */
export function problemsOfReply(kind: ReplyKind, body: unknown): Problem[] {
  const schema: ZodMiniType = replySchemas[kind];
  const mismatches = problemsOfSchema(schema, body).filter(({ at }) => !isForwardType(at));
  return mismatches.length > 0 ? mismatches : unknownKeys(schema, body);
}

/**
 * The specification knows only replies. A forwarded message has the type 1:
 * https://docs.discord.com/developers/resources/message#message-reference-types
 */
function isForwardType(at: string): boolean {
  return /(?:^|\.)message_reference\.type$/.test(at);
}

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
