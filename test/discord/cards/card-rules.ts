// What is true of every card.
import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { expect } from 'vitest';
import { bodyOf, type Card } from '../../../src/discord/cards/card.js';
import { readAnswer, readSource, type ShownAnswer, type ShownSource } from '../bot/shown-answer.js';
import { asShown } from '../bot/shown-text.js';
import type { MessageContext } from '../fake/checks/message-rules.js';
import { problemsOfRequest } from '../fake/checks/request-checks.js';

const NEW: MessageContext = { isEdit: false };
const MAX_PLAIN = 2_000;

/** Expects that Discord accepts a card, and the plain text that is sent instead if it does not. */
export function expectAccepted(card: Card): void {
  const body = bodyOf(card);
  expect(problemsOfRequest('message create', body, NEW)).toEqual([]);
  expect(JSON.stringify(body.components).isWellFormed()).toBe(true);
  expect(JSON.stringify(body.components)).not.toMatch(/\\ud[89a-f]/);
  const plain = bodyOf({ ...card, components: [] });
  expect(plain.content?.length).toBeLessThanOrEqual(MAX_PLAIN);
  expect(problemsOfRequest('message create', plain, NEW)).toEqual([]);
}

/** Expects a link that works in Markdown, or none. */
export function expectGoodLink({ url }: Pick<ShownSource, 'url'>): void {
  if (url === null) return;
  expect(url.length).toBeLessThanOrEqual(512);
  expect(['http:', 'https:']).toContain(new URL(url).protocol);
  // No character that would end the link or format the text around it.
  expect(url).toMatch(/^[!-~]+$/);
  expect(url.replace(':~:text=', '')).not.toMatch(/[()<>*~`|\\]/);
}

/** Expects a passage as a whole, or its beginning with an ellipsis, and a good link. */
export function expectPassage(markdown: string, whole: string): void {
  const source = readSource(markdown);
  expectGoodLink(source);
  expectBeginning(source.quote, whole);
}

/** Expects a text as a whole, or its beginning with an ellipsis. */
export function expectBeginning(quote: ShownSource['quote'], whole: string): void {
  const shown = asShown(whole.toWellFormed());
  expect(quote).not.toBeNull();
  const { text, isCut } = quote ?? { text: '', isCut: false };
  if (isCut && !shown.endsWith(' …')) {
    expect(text).not.toBe('');
    expect(shown.startsWith(text)).toBe(true);
  } else expect(text + (isCut ? ' …' : '')).toBe(shown);
}

/** Expects a text as a whole, or a part of it. */
export function expectPart(quote: ShownSource['quote'], whole: string): void {
  const shown = asShown(whole.toWellFormed());
  expect(quote).not.toBeNull();
  const { text, isCut } = quote ?? { text: '', isCut: false };
  // The text may have ellipses at its ends of its own.
  expect(`… ${shown} …`).toContain(text);
  expect(text === '').toBe(shown === '' || (isCut && shown === '…'));
}

/** A card as part of a message, for functions that read messages. */
export function componentsOf(card: Card): { readonly components: APIMessageTopLevelComponent[] } {
  return { components: [...card.components] };
}

/** Reads a card as people see it. */
export function readCard(card: Card): ShownAnswer {
  return readAnswer(componentsOf(card));
}
