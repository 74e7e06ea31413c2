import {
  type APIEmbed,
  type APIMessage,
  type APIMessageSnapshotFields,
  type APIMessageTopLevelComponent,
  type APIPoll,
  ComponentType,
  type Message,
  type MessageSnapshot,
} from 'discord.js';

/** What people can read in a message. */
export interface MessageContent {
  /** What its author wrote. Markdown. */
  readonly content: string;
  /** What it shows besides, a paragraph each: what was forwarded, then embeds, other bots' components, a poll, captions. */
  readonly others: readonly string[];
}

/** The contents of a message from the gateway or an interaction. What the bot shows itself is nothing to ask about. */
export function contentOf(message: Message): MessageContent {
  const isOwn = message.author.id === message.client.user.id;
  return { content: message.content, others: isOwn ? [] : paragraphsOf(partsOf(message)) };
}

/** The contents of a message from a request. */
export function contentOfPayload(message: APIMessage): MessageContent {
  return { content: message.content, others: paragraphsOf(partsOfPayload(message)) };
}

/** The parts of a message besides what its author wrote, in Discord's format. */
interface MessageParts {
  readonly forwarded: readonly (MessageParts & { readonly content: string })[];
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly poll: Pick<APIPoll, 'question' | 'answers'> | null;
  readonly files: readonly { readonly name: string; readonly caption: string | null }[];
}

function partsOf(message: Message | MessageSnapshot): MessageParts {
  const { embeds, components, attachments } = message;
  const poll = 'poll' in message ? (message.poll ?? null) : null;
  return {
    forwarded: Array.from(
      'messageSnapshots' in message ? (message.messageSnapshots?.values() ?? []) : [],
      (snapshot) => ({
        content: snapshot.content ?? '',
        ...partsOf(snapshot),
      }),
    ),
    embeds: (embeds ?? []).map((embed) => embed.data),
    components: (components ?? []).map((component) => component.toJSON()),
    poll:
      poll === null || poll.partial
        ? null
        : {
            question: { text: poll.question.text ?? '' },
            answers: poll.answers.map(({ id, text }) => ({ answer_id: id, poll_media: { text: text ?? '' } })),
          },
    files: Array.from(attachments?.values() ?? [], ({ name, title, description }) => ({
      name: title ?? name,
      caption: description,
    })),
  };
}

function partsOfPayload(message: APIMessage | APIMessageSnapshotFields): MessageParts {
  const { embeds, components, attachments } = message;
  return {
    forwarded: ('message_snapshots' in message ? (message.message_snapshots ?? []) : []).map(
      ({ message: snapshot }) => ({
        content: snapshot.content,
        ...partsOfPayload(snapshot),
      }),
    ),
    embeds,
    components: components ?? [],
    poll: 'poll' in message ? (message.poll ?? null) : null,
    files: attachments.map(({ filename, title, description }) => ({
      name: title ?? filename,
      caption: description ?? null,
    })),
  };
}

function paragraphsOf({ forwarded, embeds, components, poll, files }: MessageParts): string[] {
  return [
    ...forwarded.flatMap((message) => [message.content, ...paragraphsOf(message)]),
    ...embeds.flatMap(embedTexts),
    ...componentTexts(components),
    ...(poll === null ? [] : [poll.question.text ?? '', ...poll.answers.map(({ poll_media: { text } }) => text ?? '')]),
    ...files.map(({ name, caption }) => caption ?? wordsOfFileName(name)),
  ].filter((text) => text.trim() !== '');
}

function embedTexts({ title, description, fields = [] }: APIEmbed): string[] {
  return [title ?? '', description ?? '', ...fields.map(({ name, value }) => `${name}: ${value}`)];
}

/** The text displays of components, in the order in which they are shown. */
function componentTexts(components: readonly object[]): string[] {
  return components.flatMap((component) => {
    const { type, content, components: inner = [] } = component as TextComponent;
    return [...(type === ComponentType.TextDisplay ? [content ?? ''] : []), ...componentTexts(inner)];
  });
}

interface TextComponent {
  readonly type?: ComponentType;
  readonly content?: string;
  readonly components?: readonly object[];
}

/** "pump_error-3.png" says "pump error 3". "IMG_2041.jpg" and other names that cameras and programs make say nothing. */
function wordsOfFileName(name: string): string {
  const words = name.replace(/\.\w{1,5}$/u, '').split(/[^\p{L}\p{M}\p{N}]+/u);
  return words.filter((word) => word !== '').length > 1 && !MADE_UP_NAME.test(name) ? words.join(' ').trim() : '';
}

const MADE_UP_NAME =
  /^(?:img|dsc|pxl|dcim|image|screen[ _-]?shot|screen[ _-]?recording|unknown|vid|video|signal|whatsapp)\b|^(?:img|dsc|pxl|vid)[_-]|^[\W\d_]*\.\w+$/iu;
