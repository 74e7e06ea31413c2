import type { APIEmbed } from 'discord-api-types/v10';
import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  MessageReferenceType,
  RESTJSONErrorCodes,
} from 'discord-api-types/v10';
import { applyRules, type Finding, type Problem, refused, SERVER_FAULT } from './problem.js';

// Limits that Discord's OpenAPI document lacks or states differently. Sources, under
// https://docs.discord.com/developers: /resources/message (content, embeds, allowed mentions, flags),
// /components/reference (components).

/** Characters of a message's content. */
export const MAX_CONTENT_CHARACTERS = 2_000;
/** Characters of all embeds of a message together. */
export const MAX_TOTAL_EMBED_CHARACTERS = 6_000;
/** Action rows of a message without IS_COMPONENTS_V2. */
export const MAX_LEGACY_ROWS = 5;
/** Components of a message, nested ones included. */
export const MAX_TOTAL_COMPONENTS = 40;
/** Characters of all text displays of a message together: https://github.com/discord/discord-api-docs/pull/8562 */
export const MAX_TOTAL_TEXT_DISPLAY_CHARACTERS = 4_000;
/** Discord answers 500 to bodies near this size: https://github.com/discord/discord-api-docs/issues/8554 */
export const MAX_V2_PAYLOAD_BYTES = 10_000;
/** Top-level components of a modal. */
export const MAX_MODAL_COMPONENTS = 5;
/** Characters of the value of a choice, in a command's option and in an autocomplete answer. */
export const MAX_STRING_CHOICE_VALUE_CHARACTERS = 100;

/** What the rules need to know besides the body of a request. */
export interface MessageContext {
  /** Whether the request edits a message. An edit leaves out what stays the same. */
  readonly isEdit: boolean;
  /** Flags of the message that is edited: IS_COMPONENTS_V2 stays once set. Default: none. */
  readonly flagsBefore?: number;
  /** Number of files uploaded with the request. Default: 0. */
  readonly files?: number;
  /** Ids of the people this message may ping: those chosen in an option of the command it answers. Default: nobody. */
  readonly pingable?: readonly string[];
}

/** The parts of a message body that the rules read. They run after the schema check, so the types are right. */
interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly APIEmbed[] | null;
  readonly components?: readonly Component[] | null;
  readonly flags?: number | null;
  readonly poll?: unknown;
  readonly sticker_ids?: readonly string[] | null;
  readonly attachments?: readonly unknown[] | null;
  readonly message_reference?: { readonly type?: number } | null;
  readonly allowed_mentions?: {
    readonly parse?: readonly string[] | null;
    readonly users?: readonly string[] | null;
    readonly roles?: readonly string[] | null;
    readonly replied_user?: boolean | null;
  } | null;
}

interface Component {
  readonly id?: number | null;
  readonly type: ComponentType;
  readonly custom_id?: string | null;
  readonly url?: string | null;
  readonly sku_id?: string | null;
  readonly style?: ButtonStyle;
  readonly label?: string | null;
  readonly emoji?: unknown;
  readonly content?: string;
  readonly components?: readonly Component[] | null;
  readonly accessory?: Component | null;
  readonly component?: Component | null;
  readonly options?: readonly { readonly value: string }[] | null;
}

type MessageRule = (body: MessageBody, context: MessageContext) => Iterable<Finding>;

/**
 * What is wrong with a message although it matches Discord's schema: Discord would refuse it, or it breaks our promise
 * to ping nobody.
 *
 * @param body The body of a request that creates or edits a message, or the `data` of a callback that does.
 */
export function problemsOfMessage(body: unknown, context: MessageContext): Problem[] {
  return applyRules(messageRules, (rule) => rule(body as MessageBody, context));
}

/** The same for a modal: the `data` of an interaction callback of type 9. */
export function problemsOfModal(modal: unknown): Problem[] {
  const { components } = modal as { components: readonly Component[] };
  return applyRules(modalRules, (rule) => rule(components));
}

/** The same for autocomplete choices: the `data` of an interaction callback of type 8. */
export function problemsOfChoices(answer: unknown): Problem[] {
  const { choices } = answer as { choices?: readonly { readonly value: unknown }[] | null };
  return applyRules(choiceRules, (rule) => rule(choices ?? []));
}

const messageRules: Readonly<Record<string, MessageRule>> = {
  *'content length'({ content }) {
    if ((content?.length ?? 0) > MAX_CONTENT_CHARACTERS) {
      yield refused('content', `${content?.length} characters, at most ${MAX_CONTENT_CHARACTERS}`);
    }
  },

  *'message is not empty'(body, { isEdit, files = 0 }) {
    const isForward = body.message_reference?.type === MessageReferenceType.Forward;
    if (isEdit || files > 0 || isForward || body.poll) return;
    const hasText = (body.content ?? '').trim() !== '';
    const lists = [body.embeds, body.components, body.sticker_ids, body.attachments];
    if (!hasText && lists.every((list) => (list ?? []).length === 0)) {
      yield { at: '', text: 'nothing to show', refusedWith: RESTJSONErrorCodes.CannotSendAnEmptyMessage };
    }
  },

  *'total embed characters'({ embeds }) {
    const characters = (embeds ?? []).reduce((sum, embed) => sum + charactersOfEmbed(embed), 0);
    if (characters > MAX_TOTAL_EMBED_CHARACTERS) {
      yield refused('embeds', `${characters} characters in all embeds, at most ${MAX_TOTAL_EMBED_CHARACTERS}`);
    }
  },

  *'unique custom ids'({ components }) {
    yield* duplicateCustomIds(components);
  },

  *'legacy rows'(body, context) {
    const rows = body.components ?? [];
    if (!isComponentsV2(body, context) && rows.length > MAX_LEGACY_ROWS) {
      yield refused('components', `${rows.length} rows, at most ${MAX_LEGACY_ROWS} without IS_COMPONENTS_V2`);
    }
  },

  *'row of buttons or one select'({ components }) {
    for (const [component, at] of everyComponent(components)) {
      if (component.type !== ComponentType.ActionRow) continue;
      const selects = (component.components ?? []).filter(({ type }) => type !== ComponentType.Button);
      if (selects.length > 0 && component.components?.length !== 1)
        yield refused(at, 'a select must be alone in its row');
    }
  },

  *'v2 component needs the v2 flag'(body, context) {
    if (isComponentsV2(body, context)) return;
    for (const [component, at] of everyComponent(body.components)) {
      if (component.type >= ComponentType.Section)
        yield refused(at, `component type ${component.type} without IS_COMPONENTS_V2`);
    }
  },

  *'v2 flag excludes content and embeds'(body, context) {
    if (!isComponentsV2(body, context)) return;
    if (body.content) yield refused('content', 'not together with IS_COMPONENTS_V2');
    for (const part of ['embeds', 'sticker_ids'] as const) {
      if ((body[part] ?? []).length > 0) yield refused(part, 'not together with IS_COMPONENTS_V2');
    }
    if (body.poll) yield refused('poll', 'not together with IS_COMPONENTS_V2');
  },

  *'total components'({ components }) {
    const count = [...everyComponent(components)].length;
    if (count > MAX_TOTAL_COMPONENTS) {
      yield refused('components', `${count} components, at most ${MAX_TOTAL_COMPONENTS}`);
    }
  },

  *'total text display characters'({ components }) {
    const texts = [...everyComponent(components)].filter(([{ type }]) => type === ComponentType.TextDisplay);
    const characters = texts.reduce((sum, [{ content }]) => sum + (content?.length ?? 0), 0);
    if (characters > MAX_TOTAL_TEXT_DISPLAY_CHARACTERS) {
      yield refused('components', `${characters} characters of text, at most ${MAX_TOTAL_TEXT_DISPLAY_CHARACTERS}`);
    }
  },

  *'text displays are not empty'({ components }) {
    for (const [component, at] of everyComponent(components)) {
      if (component.type === ComponentType.TextDisplay && !component.content?.trim()) yield refused(at, 'no text');
    }
  },

  *'v2 payload bytes'(body, context) {
    if (!isComponentsV2(body, context)) return;
    const bytes = Buffer.byteLength(JSON.stringify(body));
    if (bytes > MAX_V2_PAYLOAD_BYTES) {
      yield { at: '', text: `${bytes} bytes, at most ${MAX_V2_PAYLOAD_BYTES}`, refusedWith: SERVER_FAULT };
    }
  },

  *'unique component ids'({ components }) {
    const seen = new Set<number>();
    for (const [{ id }, at] of everyComponent(components)) {
      if (!id) continue;
      if (seen.has(id)) yield refused(at, `id ${id} is used twice`);
      seen.add(id);
    }
  },

  *'button shape'({ components }) {
    for (const [button, at] of everyComponent(components)) {
      if (button.type !== ComponentType.Button) continue;
      const isLink = button.style === ButtonStyle.Link;
      const isPremium = button.style === ButtonStyle.Premium;
      if ((isLink || isPremium) && button.custom_id != null) yield refused(at, 'a link button has no custom_id');
      if (isLink && !button.url) yield refused(at, 'a link button needs a url');
      if (!isLink && button.url != null) yield refused(at, 'only a link button has a url');
      if (!isLink && !isPremium && button.custom_id == null) yield refused(at, 'a button needs a custom_id');
      if (!isPremium && !button.label && button.emoji == null) yield refused(at, 'a button needs a label or an emoji');
    }
  },

  *'unique select values'({ components }) {
    for (const [component, at] of everyComponent(components)) {
      if (component.type !== ComponentType.StringSelect) continue;
      const values = (component.options ?? []).map(({ value }) => value);
      if (new Set(values).size < values.length) yield refused(at, 'two options have the same value');
    }
  },

  *'parse excludes a list'({ allowed_mentions: allowed }) {
    for (const kind of ['users', 'roles'] as const) {
      if (allowed?.parse?.includes(kind) && (allowed[kind] ?? []).length > 0) {
        yield refused('allowed_mentions', `parse "${kind}" together with a list of ${kind}`);
      }
    }
  },

  *'pings nobody'(body, { isEdit, pingable = [] }) {
    const allowed = body.allowed_mentions;
    // An edit that touches neither text nor components cannot ping. Every other request must say that it pings nobody.
    const keepsItsText =
      isEdit && body.content === undefined && body.components === undefined && body.embeds === undefined;
    if (!allowed) {
      if (!keepsItsText)
        yield { at: 'allowed_mentions', text: 'missing: Discord then pings everyone the text mentions' };
      return;
    }
    if (!allowed.parse) yield { at: 'allowed_mentions.parse', text: 'missing, must be []' };
    const users = allowed.users?.filter((id) => !pingable.includes(id));
    const roles = allowed.roles?.filter((id) => !pingable.includes(id));
    for (const [list, pinged] of Object.entries({ parse: allowed.parse, users, roles })) {
      if ((pinged ?? []).length > 0)
        yield { at: `allowed_mentions.${list}`, text: `could ping: ${JSON.stringify(pinged)}` };
    }
    if (allowed.replied_user)
      yield { at: 'allowed_mentions.replied_user', text: 'pings the author of the message replied to' };
  },
};

const modalRules: Readonly<Record<string, (components: readonly Component[]) => Iterable<Finding>>> = {
  *'modal components'(components) {
    if (components.length > MAX_MODAL_COMPONENTS) {
      yield refused('components', `${components.length} components, at most ${MAX_MODAL_COMPONENTS}`);
    }
  },
  *'unique custom ids'(components) {
    yield* duplicateCustomIds(components);
  },
};

const choiceRules: Readonly<Record<string, (choices: readonly { readonly value: unknown }[]) => Iterable<Finding>>> = {
  *'string choice value length'(choices) {
    for (const [index, { value }] of choices.entries()) yield* tooLongChoiceValue(value, `choices.${index}.value`);
  },
};

/** A finding if the value of a choice is too long. Commands and autocomplete answers have the same limit. */
export function* tooLongChoiceValue(value: unknown, at: string): Generator<Finding> {
  if (typeof value !== 'string' || value.length <= MAX_STRING_CHOICE_VALUE_CHARACTERS) return;
  yield refused(at, `${value.length} characters, at most ${MAX_STRING_CHOICE_VALUE_CHARACTERS}`);
}

/** Every component, nested ones included, with its path. */
function* everyComponent(
  components: readonly Component[] | null | undefined,
  at = 'components',
): Generator<[Component, string]> {
  for (const [index, component] of (components ?? []).entries()) {
    const here = `${at}.${index}`;
    yield [component, here];
    yield* everyComponent(component.components, `${here}.components`);
    for (const single of ['accessory', 'component'] as const) {
      const nested = component[single];
      if (nested) yield [nested, `${here}.${single}`];
    }
  }
}

function* duplicateCustomIds(components: readonly Component[] | null | undefined): Generator<Finding> {
  const seen = new Set<string>();
  for (const [{ custom_id: customId }, at] of everyComponent(components)) {
    if (customId == null) continue;
    if (seen.has(customId)) yield refused(at, `custom_id ${JSON.stringify(customId)} is used twice`);
    seen.add(customId);
  }
}

function isComponentsV2(body: MessageBody, { flagsBefore = 0 }: MessageContext): boolean {
  return (((body.flags ?? 0) | flagsBefore) & MessageFlags.IsComponentsV2) !== 0;
}

function charactersOfEmbed(embed: APIEmbed): number {
  const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name];
  for (const field of embed.fields ?? []) texts.push(field.name, field.value);
  return texts.reduce((sum, text) => sum + (text?.trim().length ?? 0), 0);
}
