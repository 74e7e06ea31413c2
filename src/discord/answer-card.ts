import type { APIEmbed } from 'discord.js';
import { type Answer, sureness } from '../answering/answer.js';
import { noteText } from '../answering/notes.js';
import { type ArticleReference, nameOf, type Span } from '../corpus/article.js';
import type { Citation } from '../corpus/citation.js';
import { oneLine } from '../corpus/visible-text.js';
import { LIMITS } from './limits.js';
import { escapeMarkdown, shorten, visible } from './markdown.js';
import { linkToPassage } from './passage-link.js';

/** A message of ours. Nobody is ever pinged. */
export interface Card {
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly allowedMentions: { readonly parse: []; readonly repliedUser: false };
}

const COLOURS = { answered: 0x2e7d32, closest: 0xf9a825, 'not-found': 0x757575, plain: 0x3f51b5 } as const;

/** Three quotes, titles and footers of this size keep within the total of a message's embeds. */
const MAX_QUOTE = 1400;
const MAX_TITLE = 200;
const MAX_FOOTER = 200;
/** Of the part of a message that a source was found for. */
const MAX_PART = 100;
/** A note may repeat words of the question; escaping can double its length. */
const MAX_NOTE = 300;
/** Matched words in a row are shown as one stretch up to this length. */
const LONG_MATCH = 100;

/** An answer: the outcome in words, then each source with its quote. */
export function answerCard(answer: Answer): Card {
  return card(
    clip(
      [headline(answer), ...answer.notes.map((note) => escapeMarkdown(shorten(oneLine(noteText(note)), MAX_NOTE)))],
      LIMITS.content,
      '\n',
    ),
    answer.citations.map((citation, index) => citationEmbed(citation, index + 1, COLOURS[answer.outcome])),
  );
}

/** A passage somebody looked up. */
export function passageCard(article: ArticleReference, passage: string): Card {
  return card('', [
    {
      color: COLOURS.plain,
      ...source(article, passage),
      description: quoted(passage, [], LIMITS.embedDescription - 600),
    },
  ]);
}

/** An article somebody looked up, with how it begins. */
export function articleCard(article: ArticleReference, passages: number, opening: string): Card {
  return card(`${passages} ${passages === 1 ? 'passage' : 'passages'}. It begins:`, [
    { color: COLOURS.plain, ...source(article, opening), description: quoted(opening, [], MAX_QUOTE) },
  ]);
}

/** Passages that fit what was looked up, best first. */
export function listCard(
  words: string,
  passages: readonly { readonly article: ArticleReference; readonly text: string }[],
): Card {
  const shown = passages.map(
    ({ article, text }) =>
      `**${escapeMarkdown(shorten(oneLine(nameOf(article)), 100))}**\n${escapeMarkdown(shorten(oneLine(text), 300))}`,
  );
  const heading = `Passages that come closest to “${escapeMarkdown(shorten(oneLine(words), 100))}”`;
  return shown.length === 0
    ? textCard(
        `Nothing found for “${escapeMarkdown(shorten(oneLine(words), 100))}”. Try other words, or /ask a question.`,
      )
    : card(heading, [{ color: COLOURS.plain, description: clip(shown, LIMITS.embedDescription) }]);
}

/** A plain message. The text is ours: article text and questions in it must have been escaped. */
export function textCard(text: string): Card {
  return card(text, []);
}

function card(content: string, embeds: APIEmbed[]): Card {
  return { content, embeds, allowedMentions: { parse: [], repliedUser: false } };
}

function headline({ outcome, confidence }: Answer): string {
  switch (outcome) {
    case 'answered':
      return `**Answered**${sureness(confidence)}, in the words of the source:`;
    case 'closest':
      return `**Perhaps**${sureness(confidence)}. The articles may not answer this; these passages come closest:`;
    case 'not-found':
      return '**Not found.** Nothing in the articles answers this.';
  }
}

function citationEmbed(citation: Citation, number: number, color: number): APIEmbed {
  return {
    color,
    ...source(citation.article, citation.quote, number),
    description: quoted(citation.quote, citation.matches, MAX_QUOTE),
    ...(citation.question !== null && {
      author: { name: shorten(visible(oneLine(`To “${citation.question}”`)), MAX_PART) },
    }),
  };
}

/** Title, link, publisher and date of an article. */
function source(article: ArticleReference, quote: string, number?: number): Pick<APIEmbed, 'title' | 'url' | 'footer'> {
  const url = article.url === null ? null : linkToPassage(article.url, quote);
  const facts = [article.publisher, article.published ?? 'undated'].filter((fact) => fact !== null);
  return {
    title: `${number === undefined ? '' : `[${number}] `}${escapedWithin(oneLine(nameOf(article)), MAX_TITLE)}`,
    ...(url !== null && { url }),
    footer: { text: shorten(visible(oneLine(facts.join(' · '))), MAX_FOOTER) },
  };
}

/** The text as a block quote with its important words in bold. What does not fit is left out at the end and marked. */
function quoted(whole: string, matches: readonly Span[], limit: number): string {
  // More cannot be shown, and a paragraph may be a book.
  const text = whole.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  const pieces: string[] = [];
  let end = 0;
  for (const match of matches.filter((one) => one.end <= text.length)) {
    pieces.push(...words(text.slice(end, match.start)), ...bold(text.slice(match.start, match.end)));
    end = match.end;
  }
  pieces.push(...words(text.slice(end)));
  let body = '';
  for (const piece of pieces) {
    const next = body + piece;
    // Each line end becomes three characters more.
    if (blockQuote(next).length > limit - 2) {
      return blockQuote(`${body.trimEnd()} …`);
    }
    body = next;
  }
  return blockQuote(text.length < whole.length ? `${body.trimEnd()} …` : body);
}

/** In bold as a whole, or word by word where it is so long that the text may have to be cut in it. */
function bold(text: string): string[] {
  if (text.length <= LONG_MATCH) return [`**${escapeMarkdown(text)}**`];
  return (text.match(/\s*\S{1,64}/gu) ?? []).map((word) =>
    word.replace(/\S+/u, (letters) => `**${escapeMarkdown(letters)}**`),
  );
}

/** Escaped, and shortened before that to what fits then: a backslash is never parted from what it escapes. */
function escapedWithin(text: string, limit: number): string {
  let length = limit;
  let escaped = escapeMarkdown(shorten(text, length));
  while (escaped.length > limit) {
    length -= Math.max(1, Math.ceil((escaped.length - limit) / 2));
    escaped = escapeMarkdown(shorten(text, length));
  }
  return escaped;
}

/** Escaped pieces between which a text may be cut: words, and stretches of words that have no spaces. */
function words(text: string): string[] {
  return (text.match(/\s*\S{1,64}|\s+$/gu) ?? []).map(escapeMarkdown);
}

function blockQuote(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.map((line) => `> ${line}`).join('\n');
}

function clip(paragraphs: readonly string[], limit: number, between = '\n\n'): string {
  let text = '';
  for (const paragraph of paragraphs) {
    const next = text === '' ? paragraph : `${text}${between}${paragraph}`;
    if (next.length > limit) break;
    text = next;
  }
  return text;
}
