import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import { oneLine } from '../../text/visible-text.js';
import { escapeMarkdown, escapeToFit, unescapeMarkdown } from '../format/markdown.js';
import type { CardText, TextRoom } from './card.js';

/** Of the text display that shows what was asked or looked up, and of the line above it. */
const QUERY_ID = 100;
const HEADING_ID = 101;

/** Longer ones are shown by their beginning; the escaping may double it. */
const MAX_QUERY = 800;

/** What was asked, at the top of a card: people see it, and so does the bot after a restart when a button is pressed. */
export function queryText(query: string, room: TextRoom): CardText | null {
  return room.add(`**${escapedQuery(query)}**`, { id: QUERY_ID });
}

/** The query as far as it is shown: what is searched again when somebody turns a page. */
export function shownQuery(query: string): string {
  return unescapeMarkdown(escapedQuery(query));
}

/** A line above it, such as who shared the answer. @param heading Markdown of ours. */
export function headingText(heading: string, room: TextRoom): CardText | null {
  return room.add(`-# ${heading}`, { id: HEADING_ID });
}

/** What a message of ours was asked; null when it does not show it. */
export function queryIn(components: readonly APIMessageTopLevelComponent[]): string | null {
  const text = textIn(components, QUERY_ID);
  return text === null ? null : unescapeMarkdown(text.replace(/^\*\*|\*\*$/g, ''));
}

/** Whether a shown query is only the beginning of what was asked. */
export function isCut(shown: string): boolean {
  return shown.endsWith('…') && escapeMarkdown(shown).length > MAX_QUERY / 2;
}

/** The heading of a message of ours, as `headingText` was given it; null when it has none. */
export function headingIn(components: readonly APIMessageTopLevelComponent[]): string | null {
  return textIn(components, HEADING_ID)?.replace(/^-# /, '') ?? null;
}

function escapedQuery(query: string): string {
  return escapeToFit(oneLine(query), MAX_QUERY);
}

function textIn(components: readonly APIMessageTopLevelComponent[], id: number): string | null {
  for (const component of components) {
    if (component.type !== ComponentType.Container) continue;
    for (const inner of component.components)
      if (inner.type === ComponentType.TextDisplay && inner.id === id) return inner.content;
  }
  return null;
}
