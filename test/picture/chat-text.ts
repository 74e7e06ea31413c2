import {
  type APIButtonComponent,
  type APIEmbed,
  type APIMessageComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import { type Block, type Inline, parseInline, parseMarkdown } from './discord-markdown.js';
import { Chat, type ChatOptions, hasFlag, pickedLabel, type ShownMessage, selectLabel } from './shown-message.js';

/** Comes after anything that leads out of the chat. */
const EXTERNAL_LINK = '↗';

/**
 * Renders messages as plain text for a terminal, without Markdown marks: cards have a bar on the left, buttons are
 * written as [ Label ]. It says the same as the page of `renderChat`.
 */
export function renderChatAsText(messages: readonly ShownMessage[], options: ChatOptions = {}): string {
  const chat = new Chat(messages, options);
  return `${messages.map((message) => messageLines(message, chat).join('\n')).join('\n\n')}\n`;
}

function messageLines(message: ShownMessage, chat: Chat): string[] {
  const { author, content = '', embeds = [], components = [], edited_timestamp: editedAt } = message;
  const shownEmbeds = hasFlag(message, MessageFlags.SuppressEmbeds) ? [] : embeds;
  const name = chat.nameOf(author);
  return [
    ...occasionLines(message, chat),
    `${name}${author.bot ? ' [APP]' : ''}  ${chat.timeOf(message)}`,
    ...(hasFlag(message, MessageFlags.Loading) ? [`${name} is thinking…`] : []),
    ...markdownLines(content, chat),
    ...shownEmbeds.flatMap((embed) => withBar('┃ ', embedLines(embed, chat))),
    ...components.flatMap((component) => componentLines(component, chat)),
    ...(editedAt ? ['(edited)'] : []),
    ...(hasFlag(message, MessageFlags.Ephemeral) ? ['Only you can see this'] : []),
  ];
}

function occasionLines(message: ShownMessage, chat: Chat): string[] {
  const occasion = chat.occasionOf(message);
  if (!occasion) return [];
  if (occasion.kind === 'command') return [`${occasion.name} used ${occasion.command ?? 'a command'}`];
  return [`↱ ${occasion.name === undefined ? '' : `${occasion.name} `}${occasion.text}`];
}

function embedLines({ author, title, description, fields = [], footer }: APIEmbed, chat: Chat): string[] {
  return [
    ...(author ? [author.name] : []),
    ...(title ? [inlineText(parseInline(title, chat))] : []),
    ...(description ? markdownLines(description, chat) : []),
    ...fields.flatMap(({ name, value }) => [inlineText(parseInline(name, chat)), ...markdownLines(value, chat)]),
    ...(footer ? [footer.text] : []),
  ];
}

function componentLines(component: APIMessageComponent, chat: Chat): string[] {
  const linesOf = (components: readonly APIMessageComponent[]): string[] =>
    components.flatMap((inner) => componentLines(inner, chat));
  switch (component.type) {
    case ComponentType.Container:
      return withBar('┃ ', linesOf(component.components));
    case ComponentType.TextDisplay:
      return markdownLines(component.content, chat);
    case ComponentType.Section:
      return [...linesOf(component.components), ...componentLines(component.accessory, chat)];
    case ComponentType.Separator:
      return [component.divider === false ? '' : '────────'];
    case ComponentType.ActionRow:
      // Buttons share a line; a select is alone in its row.
      return component.components.every(({ type }) => type === ComponentType.Button)
        ? [linesOf(component.components).join(' ')]
        : linesOf(component.components);
    case ComponentType.Button:
      return [buttonText(component)];
    case ComponentType.RoleSelect:
    case ComponentType.ChannelSelect:
      return [`[ ${pickedLabel(component, chat).text} ▾ ]`];
    case ComponentType.StringSelect:
      return [
        `[ ${selectLabel(component).text}${component.disabled ? ' (disabled)' : ''} ▾ ]`,
        ...component.options.map(({ label, description }) => `  · ${label}${description ? ` – ${description}` : ''}`),
      ];
    default:
      return [];
  }
}

function buttonText(button: APIButtonComponent): string {
  const emoji = 'emoji' in button ? button.emoji : undefined;
  const parts = [
    emoji?.id ? `:${emoji.name ?? ''}:` : emoji?.name,
    'label' in button ? button.label : undefined,
    button.style === ButtonStyle.Link ? EXTERNAL_LINK : undefined,
    button.disabled ? '(disabled)' : undefined,
  ];
  return `[ ${parts.filter(Boolean).join(' ')} ]`;
}

function markdownLines(markdown: string, chat: Chat): string[] {
  return parseMarkdown(markdown, chat).flatMap((block) => blockLines(block));
}

function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'quote':
      return withBar(
        '│ ',
        block.blocks.flatMap((inner) => blockLines(inner)),
      );
    case 'code':
      return block.text.split('\n').map((line) => `    ${line}`);
    case 'item':
      return [`${'  '.repeat(block.depth)}${block.marker} ${inlineText(block.children)}`];
    default:
      return inlineText(block.children).split('\n');
  }
}

function inlineText(inline: readonly Inline[]): string {
  return inline.map((node) => nodeText(node)).join('');
}

function nodeText(node: Inline): string {
  if ('text' in node) return node.text;
  const inner = inlineText(node.children);
  if (node.kind === 'link') return `${inner}${EXTERNAL_LINK}`;
  return node.kind === 'spoiler' ? `(spoiler: ${inner})` : inner;
}

function withBar(bar: string, lines: readonly string[]): string[] {
  return lines.map((line) => `${bar}${line}`.trimEnd());
}
