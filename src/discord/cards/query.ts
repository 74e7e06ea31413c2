import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import { oneLine } from '../../text/visible-text.js';
import { escapeMarkdown, escapeToFit, unescapeMarkdown } from '../format/markdown.js';
import type { CardText, TextBudget } from './card.js';

// Component ids by which the bot finds the two lines in its own messages.
const QUERY_ID = 100;
const HEADING_ID = 101;

/** Longer queries are shortened. Escaping can double their length, and this limit applies to the escaped text. */
const MAX_QUERY = 800;

/**
 * The question or search words, at the top of a card. They are shown to people, and after a restart the bot reads them
 * from the message when a button is pressed.
 */
export function queryText(query: string, budget: TextBudget): CardText | null {
  return budget.add(`**${escapeQuery(query)}**`, { id: QUERY_ID });
}

/** The query as {@link queryText} shows it, perhaps shortened: it is searched again when someone turns the page. */
export function shownQuery(query: string): string {
  return unescapeMarkdown(escapeQuery(query));
}

/**
 * A line above the query, such as who shared the answer.
 *
 * @param heading Markdown. Escape any part of it that did not come from us.
 */
export function headingText(heading: string, budget: TextBudget): CardText | null {
  return budget.add(`-# ${heading}`, { id: HEADING_ID });
}

/** Reads the query from one of the bot's messages. Returns null if the message does not show one. */
export function queryIn(components: readonly APIMessageTopLevelComponent[]): string | null {
  const text = textIn(components, QUERY_ID);
  return text === null ? null : unescapeMarkdown(text.replace(/^\*\*|\*\*$/g, ''));
}

/** Whether a query read from a message is only the start of what was asked. */
export function isShortened(query: string): boolean {
  // A query far below the limit was not cut: someone typed the "…".
  return query.endsWith('…') && escapeMarkdown(query).length > MAX_QUERY / 2;
}

/** Reads the heading from one of the bot's messages, as {@link headingText} got it. Returns null if there is none. */
export function headingIn(components: readonly APIMessageTopLevelComponent[]): string | null {
  return textIn(components, HEADING_ID)?.replace(/^-# /, '') ?? null;
}

function escapeQuery(query: string): string {
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
