import { type APIUser, ComponentType } from 'discord-api-types/v10';
import type { MessageRequest } from './stored-message.js';
import type { World } from './world.js';

/** The parts of a message in which Discord looks for mentions: its content and its text displays, never its embeds. */
interface Texts {
  readonly content?: string | null;
  readonly components?: readonly object[] | null;
}

interface TextComponent {
  readonly type?: number;
  readonly content?: string;
  readonly components?: readonly TextComponent[] | null;
}

/** Ids of the people a text mentions, each once, whether or not the message may ping them. */
export function mentionedIds({ content, components }: Texts): string[] {
  const text = [content ?? '', ...textDisplays(components)].join('\n');
  return [...new Set([...text.matchAll(/<@!?(\d+)>/g)].map((match) => match[1] ?? ''))];
}

/** Ids of the roles a text mentions, each once. */
export function mentionedRoles({ content }: Texts): string[] {
  return [...new Set([...(content ?? '').matchAll(/<@&(\d+)>/g)].map((match) => match[1] ?? ''))];
}

/**
 * The people that a message of the bot mentions: those in its text whom `allowed_mentions` names, and the author of the
 * message it replies to. https://docs.discord.com/developers/resources/message#allowed-mentions-object
 */
export function mentionedUsers(
  world: World,
  { message_reference: reference, allowed_mentions: allowed, ...body }: MessageRequest,
): APIUser[] {
  const mayMention = (id: string) => !allowed?.parse || allowed.parse.includes('users') || allowed.users?.includes(id);
  const author = world.messages.get(reference?.message_id ?? '')?.payload.author.id;
  const pingsAuthor = author !== undefined && (allowed?.replied_user ?? !allowed);
  const ids = [...mentionedIds(body).filter(mayMention), ...(pingsAuthor ? [author] : [])];
  return [...new Set(ids)].flatMap((id) => world.users.get(id) ?? []);
}

function textDisplays(components: readonly TextComponent[] | null | undefined): string[] {
  return (components ?? []).flatMap((component) => [
    ...(component.type === ComponentType.TextDisplay ? [component.content ?? ''] : []),
    ...textDisplays(component.components),
  ]);
}
