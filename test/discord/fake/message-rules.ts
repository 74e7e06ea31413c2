import type { APIEmbed } from 'discord-api-types/v10';
import { ComponentType, MessageFlags } from 'discord-api-types/v10';

// Limits that Discord's OpenAPI document does not state or states otherwise. Sources, under
// https://docs.discord.com/developers: /resources/message (content, embeds, allowed mentions, flags),
// /components/reference (components).
export const MAX_CONTENT_CHARACTERS = 2_000;
export const MAX_EMBED_CHARACTERS_IN_ALL = 6_000;
export const MAX_LEGACY_ROWS = 5;
export const MAX_COMPONENTS_COUNTING_NESTED = 40;
/** https://github.com/discord/discord-api-docs/pull/8562 */
export const MAX_TEXT_DISPLAY_CHARACTERS_IN_ALL = 4_000;
/** Discord answers 500 near it: https://github.com/discord/discord-api-docs/issues/8554 */
export const MAX_V2_PAYLOAD_BYTES = 10_000;
export const MAX_MODAL_COMPONENTS = 5;
export const MAX_STRING_CHOICE_VALUE_CHARACTERS = 100;

export const INVALID_FORM_BODY = 50035;
export const EMPTY_MESSAGE = 50006;
/** No code of Discord's: the payload makes it fail with HTTP 500. */
export const SERVER_FAULT = 500;

/** One thing wrong with a payload. */
export interface Problem {
  readonly rule: string;
  /** Where in the payload, as "embeds.0.title"; empty for the whole of it. */
  readonly at: string;
  readonly text: string;
  /** The error code Discord answers with; absent when Discord accepts the payload and the problem is ours. */
  readonly refusedWith?: number;
}

export interface MessageContext {
  /** An edit leaves out what stays as it is. */
  readonly isEdit: boolean;
  /** Flags of the message that is edited: IS_COMPONENTS_V2 stays once set. */
  readonly flagsBefore?: number;
  readonly files?: number;
  /** Whom this message may ping: the people chosen in an option of the command that it answers. Default nobody. */
  readonly pingable?: readonly string[];
}

/** The parts of a message body that the rules read. They run after the schema, so the shapes hold. */
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
  readonly type: number;
  readonly custom_id?: string | null;
  readonly url?: string | null;
  readonly sku_id?: string | null;
  readonly style?: number;
  readonly label?: string | null;
  readonly emoji?: unknown;
  readonly content?: string;
  readonly components?: readonly Component[] | null;
  readonly accessory?: Component | null;
  readonly component?: Component | null;
  readonly options?: readonly { readonly value: string }[] | null;
}

type Finding = Omit<Problem, 'rule'>;
type MessageRule = (body: MessageBody, context: MessageContext) => Iterable<Finding>;

/** What Discord's schema lets through although Discord, or our promise to ping nobody, does not. */
export function problemsOfMessage(body: unknown, context: MessageContext): Problem[] {
  return applyRules(messageRules, (rule) => rule(body as MessageBody, context));
}

/** The same for the `data` of an interaction callback of type 9. */
export function problemsOfModal(modal: unknown): Problem[] {
  const { components } = modal as { components: readonly Component[] };
  return applyRules(modalRules, (rule) => rule(components));
}

/** The same for the `data` of an interaction callback of type 8. */
export function problemsOfChoices(answer: unknown): Problem[] {
  const choices = (answer as { choices?: readonly { value: unknown }[] | null } | undefined)?.choices ?? [];
  return choices.flatMap(({ value }, index) =>
    typeof value === 'string' && value.length > MAX_STRING_CHOICE_VALUE_CHARACTERS
      ? [
          {
            rule: 'string choice value length',
            ...refused(
              `choices.${index}.value`,
              `${value.length} characters, at most ${MAX_STRING_CHOICE_VALUE_CHARACTERS}`,
            ),
          },
        ]
      : [],
  );
}

const messageRules: Readonly<Record<string, MessageRule>> = {
  *'content length'({ content }) {
    if ((content?.length ?? 0) > MAX_CONTENT_CHARACTERS) {
      yield refused('content', `${content?.length} characters, at most ${MAX_CONTENT_CHARACTERS}`);
    }
  },

  *'message is not empty'(body, { isEdit, files = 0 }) {
    const isForward = body.message_reference?.type === 1;
    if (isEdit || files > 0 || isForward || body.poll) return;
    const hasText = (body.content ?? '').trim() !== '';
    const lists = [body.embeds, body.components, body.sticker_ids, body.attachments];
    if (!hasText && lists.every((list) => (list ?? []).length === 0)) {
      yield { at: '', text: 'nothing to show', refusedWith: EMPTY_MESSAGE };
    }
  },

  *'embed characters in all'({ embeds }) {
    const characters = (embeds ?? []).reduce((sum, embed) => sum + charactersOfEmbed(embed), 0);
    if (characters > MAX_EMBED_CHARACTERS_IN_ALL) {
      yield refused('embeds', `${characters} characters over all embeds, at most ${MAX_EMBED_CHARACTERS_IN_ALL}`);
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
      if (selects.length > 0 && component.components?.length !== 1) yield refused(at, 'a select fills its row alone');
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

  *'components counting nested'({ components }) {
    const count = [...everyComponent(components)].length;
    if (count > MAX_COMPONENTS_COUNTING_NESTED) {
      yield refused('components', `${count} components, at most ${MAX_COMPONENTS_COUNTING_NESTED}`);
    }
  },

  *'text displays in all'({ components }) {
    const texts = [...everyComponent(components)].filter(([{ type }]) => type === ComponentType.TextDisplay);
    const characters = texts.reduce((sum, [{ content }]) => sum + (content?.length ?? 0), 0);
    if (characters > MAX_TEXT_DISPLAY_CHARACTERS_IN_ALL) {
      yield refused('components', `${characters} characters of text, at most ${MAX_TEXT_DISPLAY_CHARACTERS_IN_ALL}`);
    }
  },

  *'text displays are not empty'({ components }) {
    for (const [component, at] of everyComponent(components)) {
      if (component.type === ComponentType.TextDisplay && !component.content?.trim()) yield refused(at, 'no text');
    }
  },

  *'bytes of a v2 payload'(body, context) {
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
      const isLink = button.style === 5;
      const isPremium = button.style === 6;
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

  *'parse and a list exclude each other'({ allowed_mentions: allowed }) {
    for (const kind of ['users', 'roles'] as const) {
      if (allowed?.parse?.includes(kind) && (allowed[kind] ?? []).length > 0) {
        yield refused('allowed_mentions', `parse "${kind}" together with a list of ${kind}`);
      }
    }
  },

  *'pings nobody'(body, { isEdit, pingable = [] }) {
    const allowed = body.allowed_mentions;
    // An edit of neither text nor components cannot ping; everything else could the day somebody adds text to it.
    const keepsItsText =
      isEdit && body.content === undefined && body.components === undefined && body.embeds === undefined;
    if (!allowed) {
      if (!keepsItsText)
        yield { at: 'allowed_mentions', text: 'missing: Discord then pings whoever the text mentions' };
      return;
    }
    if (!allowed.parse) yield { at: 'allowed_mentions.parse', text: 'missing, must be []' };
    const users = allowed.users?.filter((id) => !pingable.includes(id));
    for (const [list, pinged] of Object.entries({ parse: allowed.parse, users, roles: allowed.roles })) {
      if ((pinged ?? []).length > 0)
        yield { at: `allowed_mentions.${list}`, text: `could ping: ${JSON.stringify(pinged)}` };
    }
    if (allowed.replied_user) yield { at: 'allowed_mentions.replied_user', text: 'pings the person replied to' };
  },
};

const modalRules: Readonly<Record<string, (components: readonly Component[]) => Iterable<Finding>>> = {
  *'modal components'(components) {
    if (components.length > MAX_MODAL_COMPONENTS) {
      yield refused('data.components', `${components.length} components, at most ${MAX_MODAL_COMPONENTS}`);
    }
  },
  *'unique custom ids'(components) {
    yield* duplicateCustomIds(components);
  },
};

/** Runs every rule and names each finding after its rule. */
export function applyRules<R>(rules: Readonly<Record<string, R>>, run: (rule: R) => Iterable<Finding>): Problem[] {
  return Object.entries(rules).flatMap(([name, rule]) => [...run(rule)].map((finding) => ({ rule: name, ...finding })));
}

export function refused(at: string, text: string): Finding {
  return { at, text, refusedWith: INVALID_FORM_BODY };
}

/** Every component with its place, nested ones included. */
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
