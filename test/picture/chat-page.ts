import {
  type APIButtonComponent,
  type APIEmbed,
  type APIMessageComponent,
  type APIMessageComponentEmoji,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import { CHAT_STYLE } from './chat-style.js';
import { type Block, type Inline, parseInline, parseMarkdown, webAddress } from './discord-markdown.js';
import { drawEmoji } from './drawn-emoji.js';
import {
  Chat,
  type ChatOptions,
  hasFlag,
  pickedLabel,
  type SelectLabel,
  type ShownMessage,
  selectLabel,
} from './shown-message.js';

const AVATAR_COLOURS = ['#3d7dca', '#8a5bc7', '#c2563f', '#2f8f7f', '#b5487f', '#8b7a2b'];

const BUTTON_CLASSES: Readonly<Record<ButtonStyle, string>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: 'link',
  [ButtonStyle.Premium]: 'primary',
};

// Drawn here rather than taken from Discord.
const EYE =
  '<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.7"><path d="M1.5 10S4.6 4.2 10 4.2 18.5 10 18.5 10 15.4 15.8 10 15.8 1.5 10 1.5 10z"/><circle cx="10" cy="10" r="2.6"/></svg>';
const EXTERNAL_LINK =
  '<svg class="external" viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="1.7"><path d="M8 1.5h4.5V6M12.3 1.7 6.5 7.5M10.5 8.5v4h-9v-9h4"/></svg>';
const ARROW_DOWN =
  '<svg viewBox="0 0 12 12" fill="none" stroke="currentColor" stroke-width="1.8"><path d="m1.5 4 4.5 4.5L10.5 4"/></svg>';

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Renders messages as the HTML page of a chat in a dark theme.
 *
 * Text is escaped, links lead only to the web, and the page's Content-Security-Policy forbids loading and running
 * anything, so hostile messages are harmless. Media, modals and other kinds of components are left out.
 */
export function renderChat(messages: readonly ShownMessage[], options: ChatOptions = {}): string {
  const chat = new Chat(messages, options);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Chat</title>
<style>${CHAT_STYLE}</style>
</head>
<body>
<main class="chat">
${messages.map((message) => messageHtml(message, chat)).join('\n')}
</main>
</body>
</html>
`;
}

function messageHtml(message: ShownMessage, chat: Chat): string {
  const { author } = message;
  const name = chat.nameOf(author);
  const isEphemeral = hasFlag(message, MessageFlags.Ephemeral);
  return `<article class="message${isEphemeral ? ' ephemeral' : ''}">
${occasionHtml(message, chat)}${avatarHtml(name)}
<div class="body">
<div class="header"><span class="name">${textHtml(name)}</span>${author.bot ? badgeHtml() : ''}<span class="time">${escapeHtml(chat.timeOf(message))}</span></div>
${contentHtml(message, chat)}
${isEphemeral ? `<div class="notice">${EYE}<span>Only you can see this</span></div>` : ''}
</div>
</article>`;
}

function occasionHtml(message: ShownMessage, chat: Chat): string {
  const occasion = chat.occasionOf(message);
  if (!occasion) return '';
  const { name } = occasion;
  const who = name === undefined ? '' : `${avatarHtml(name, true)}<span class="who">${textHtml(name)}</span>`;
  const what =
    occasion.kind === 'command'
      ? `<span>used <span class="command">${textHtml(occasion.command ?? 'a command')}</span></span>`
      : `${occasion.isApp ? badgeHtml() : ''}<span class="excerpt${occasion.isPlaceholder ? ' placeholder' : ''}">${textHtml(occasion.text)}</span>`;
  return `<div class="occasion"><span class="hook"></span>${who}${what}</div>\n`;
}

function contentHtml(message: ShownMessage, chat: Chat): string {
  const { content = '', embeds = [], components = [], edited_timestamp: editedAt } = message;
  const isThinking = hasFlag(message, MessageFlags.Loading);
  const shownEmbeds = hasFlag(message, MessageFlags.SuppressEmbeds) ? [] : embeds;
  return [
    isThinking ? `<div class="subtext">${textHtml(chat.nameOf(message.author))} is thinking…</div>` : '',
    markdownHtml(content, chat),
    ...shownEmbeds.map((embed) => embedHtml(embed, chat)),
    components.length > 0 ? `<div class="loose">${componentsHtml(components, chat)}</div>` : '',
    editedAt ? '<div class="edited">(edited)</div>' : '',
  ].join('');
}

function embedHtml(embed: APIEmbed, chat: Chat): string {
  const { title, url, description, author, footer, fields = [], color } = embed;
  const titleHtml = inlineHtml(parseInline(title ?? '', chat));
  const address = webAddress(url ?? '');
  const fieldsHtml = fields.map(
    ({ name, value, inline }) =>
      `<div class="field${inline ? ' inline' : ''}"><div class="field-name">${inlineHtml(parseInline(name, chat))}</div>${markdownHtml(value, chat)}</div>`,
  );
  return `<div class="embed"${accentStyle(color)}>${[
    author ? `<div class="author">${textHtml(author.name)}</div>` : '',
    title ? `<div class="title">${address === undefined ? titleHtml : linkHtml(address, titleHtml)}</div>` : '',
    description ? `<div class="description">${markdownHtml(description, chat)}</div>` : '',
    fields.length > 0 ? `<div class="fields">${fieldsHtml.join('')}</div>` : '',
    footer ? `<div class="footer">${textHtml(footer.text)}</div>` : '',
  ].join('')}</div>`;
}

function componentsHtml(components: readonly APIMessageComponent[], chat: Chat): string {
  return components.map((component) => componentHtml(component, chat)).join('');
}

function componentHtml(component: APIMessageComponent, chat: Chat): string {
  switch (component.type) {
    case ComponentType.Container: {
      const { accent_color: colour, components } = component;
      return `<div class="card${colour == null ? ' plain' : ''}"${accentStyle(colour)}>${componentsHtml(components, chat)}</div>`;
    }
    case ComponentType.TextDisplay:
      return `<div class="text">${markdownHtml(component.content, chat)}</div>`;
    case ComponentType.Section:
      return `<div class="section"><div class="texts">${componentsHtml(component.components, chat)}</div>${componentHtml(component.accessory, chat)}</div>`;
    case ComponentType.Separator: {
      const { divider = true, spacing } = component;
      return `<div class="separator${divider ? ' line' : ''}${spacing === SeparatorSpacingSize.Large ? ' large' : ''}"></div>`;
    }
    case ComponentType.ActionRow:
      return `<div class="row">${componentsHtml(component.components, chat)}</div>`;
    case ComponentType.Button:
      return buttonHtml(component);
    case ComponentType.StringSelect:
      return selectHtml(component, selectLabel(component));
    case ComponentType.RoleSelect:
    case ComponentType.ChannelSelect:
      return selectHtml(component, pickedLabel(component, chat));
    default:
      return '';
  }
}

function buttonHtml(button: APIButtonComponent): string {
  const { style, disabled } = button;
  const emoji = 'emoji' in button && button.emoji ? `<span>${emojiHtml(button.emoji)}</span>` : '';
  const label = 'label' in button && button.label ? `<span>${textHtml(button.label)}</span>` : '';
  const classes = `button ${BUTTON_CLASSES[style] ?? 'secondary'}${disabled ? ' disabled' : ''}`;
  return `<span class="${classes}">${emoji}${label}${style === ButtonStyle.Link ? EXTERNAL_LINK : ''}</span>`;
}

function selectHtml(select: Pick<APIStringSelectComponent, 'disabled'>, { text, isChosen }: SelectLabel): string {
  return `<div class="select${select.disabled ? ' disabled' : ''}"><span class="label${isChosen ? '' : ' empty'}">${textHtml(text)}</span>${ARROW_DOWN}</div>`;
}

/** A server's own emoji are pictures, so their name is shown instead. */
function emojiHtml({ id, name }: APIMessageComponentEmoji): string {
  return textHtml(id ? `:${name ?? ''}:` : (name ?? ''));
}

function markdownHtml(markdown: string, chat: Chat): string {
  return blocksHtml(parseMarkdown(markdown, chat));
}

function blocksHtml(blocks: readonly Block[]): string {
  return blocks.map((block) => blockHtml(block)).join('');
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'quote':
      return `<blockquote>${blocksHtml(block.blocks)}</blockquote>`;
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case 'heading':
      return `<div class="heading level-${block.level}">${inlineHtml(block.children)}</div>`;
    case 'item':
      return `<div class="item" style="margin-left:${6 + block.depth * 18}px"><span class="marker">${escapeHtml(block.marker)}</span><div>${inlineHtml(block.children)}</div></div>`;
    default:
      // Without the <br> an empty line would have no height.
      return `<div class="${block.kind}">${inlineHtml(block.children) || '<br>'}</div>`;
  }
}

function inlineHtml(inline: readonly Inline[]): string {
  return inline.map((node) => nodeHtml(node)).join('');
}

function nodeHtml(node: Inline): string {
  switch (node.kind) {
    case 'text':
      return textHtml(node.text);
    case 'code':
      return `<code>${escapeHtml(node.text)}</code>`;
    case 'mention':
      return `<span class="mention">${textHtml(node.text)}</span>`;
    case 'time':
      return `<span class="time-mark">${escapeHtml(node.text)}</span>`;
    case 'link':
      return linkHtml(node.url, inlineHtml(node.children));
    case 'spoiler':
      return `<span class="spoiler">${inlineHtml(node.children)}</span>`;
    default: {
      const tag = { strong: 'strong', em: 'em', underline: 'u', strike: 's' }[node.kind];
      return `<${tag}>${inlineHtml(node.children)}</${tag}>`;
    }
  }
}

function linkHtml(url: string, inner: string): string {
  return `<a href="${escapeHtml(url)}">${inner}</a>`;
}

function badgeHtml(): string {
  return '<span class="badge">APP</span>';
}

/** A circle with initials. Its colour depends on the name and not on the id: the fake's ids differ in every run. */
function avatarHtml(name: string, isTiny = false): string {
  const hash = Buffer.from(name).reduce((total, byte) => (total * 31 + byte) % 65_521, 7);
  const colour = AVATAR_COLOURS[hash % AVATAR_COLOURS.length];
  const initials = name
    .split(/\s+/)
    .slice(0, isTiny ? 1 : 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0x3f))
    .join('');
  return `<div class="avatar${isTiny ? ' tiny' : ''}" style="background:${colour}">${escapeHtml(initials.toUpperCase())}</div>`;
}

function accentStyle(colour: number | null | undefined): string {
  return Number.isInteger(colour) ? ` style="--accent:#${colour?.toString(16).padStart(6, '0')}"` : '';
}

function textHtml(text: string): string {
  return drawEmoji(escapeHtml(text));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character);
}
