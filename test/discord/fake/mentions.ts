import { ComponentType } from 'discord-api-types/v10';

/** The parts of a message in which Discord looks for mentions: its content and its text displays, never its embeds. */
interface Texts {
  readonly content?: string | null;
  readonly components?: readonly object[] | null;
}

interface TextComponent {
  readonly type?: number;
  readonly content?: string;
  readonly components?: readonly TextComponent[] | null;
  readonly accessory?: TextComponent | null;
}

/** The ids of the people a message mentions, each once, whether or not it may ping them. */
export function mentionedIds({ content, components }: Texts): string[] {
  const text = [content ?? '', ...textDisplays(components)].join('\n');
  return [...new Set([...text.matchAll(/<@!?(\d+)>/g)].map((match) => match[1] ?? ''))];
}

function textDisplays(components: readonly TextComponent[] | null | undefined): string[] {
  return (components ?? []).flatMap((component) => [
    ...(component.type === ComponentType.TextDisplay ? [component.content ?? ''] : []),
    ...textDisplays(component.components),
  ]);
}
