import * as spec from 'discord-api-spec/zod';
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { ZodMiniType } from 'zod/mini';
import { type MessageContext, problemsOfChoices, problemsOfMessage, problemsOfModal } from './message-rules.js';
import { type Finding, nestedIn, type Problem, refused } from './problem.js';
import { problemsOfSchema, unknownKeys } from './schema.js';
import { MESSAGE_EXTRAS } from './tolerated-keys.js';

interface Callback {
  readonly type?: number;
  readonly data?: { readonly flags?: number } | null;
}

/** One schema for each type of callback. The union of all of them could not say where a body is wrong. */
const callbackSchemas: Readonly<Record<number, ZodMiniType>> = {
  [InteractionResponseType.ChannelMessageWithSource]: spec.CreateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.DeferredChannelMessageWithSource]: spec.CreateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.DeferredMessageUpdate]: spec.UpdateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.UpdateMessage]: spec.UpdateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.ApplicationCommandAutocompleteResult]:
    spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  [InteractionResponseType.Modal]: spec.ModalInteractionCallbackRequestSchema,
};

/**
 * Everything wrong with the first response to an interaction. Types that Footnote never sends, such as PONG, are
 * refused. https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object
 */
export function problemsOfCallback(body: unknown, context: MessageContext): Problem[] {
  const callback = body as Callback | undefined;
  const schema = callbackSchemas[callback?.type ?? 0];
  if (!callback || !schema) {
    const text = `${JSON.stringify(callback?.type)} is not one of ${Object.keys(callbackSchemas).join(', ')}`;
    return [{ rule: 'callback type', ...refused('type', text) }];
  }
  const mismatches = problemsOfSchema(schema, callback);
  if (mismatches.length > 0) return mismatches;
  return [...unknownKeys(schema, callback, MESSAGE_EXTRAS), ...problemsOfRules(callback, context)];
}

function problemsOfRules({ type, data }: Callback, context: MessageContext): Problem[] {
  const missing: Problem = { rule: 'callback has data', ...refused('data', `missing for type ${type}`) };
  switch (type) {
    case InteractionResponseType.ChannelMessageWithSource:
    case InteractionResponseType.UpdateMessage: {
      const isEdit = type === InteractionResponseType.UpdateMessage;
      return data ? problemsOfMessage(data, { ...context, isEdit }).map(inData) : [missing];
    }
    case InteractionResponseType.DeferredChannelMessageWithSource:
      return [...deferralFlags(data?.flags ?? 0)].map((finding) => ({ rule: 'deferral flags', ...finding }));
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      return data ? problemsOfChoices(data).map(inData) : [missing];
    case InteractionResponseType.Modal:
      return problemsOfModal(data).map(inData);
    default:
      return [];
  }
}

function* deferralFlags(flags: number): Generator<Finding> {
  const others = flags & ~MessageFlags.Ephemeral;
  if (others !== 0) yield refused('data.flags', `only EPHEMERAL (64) is allowed, not ${others}`);
}

function inData(problem: Problem): Problem {
  return nestedIn('data', problem);
}
