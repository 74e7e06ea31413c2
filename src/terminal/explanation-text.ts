import type { ConfidenceReason, NamingPart, PassageReason } from '../answering/explanation/reasons.js';
import { oneLine } from '../text/visible-text.js';
import { printable } from './screen.js';

/** A pasted text can have more words; the first ones say enough. */
const MAX_WORDS = 12;
const MAX_WORD_CHARACTERS = 40;

/** Writes a reason why a passage was found as an English sentence. */
export function passageReasonText(reason: PassageReason): string {
  switch (reason.kind) {
    case 'same-words':
      return `It has ${listed(reason.words)} from the question.`;
    case 'similar-words':
      return `Similar words: ${pairsText(reason.pairs)}.`;
    case 'named-words':
      return `${PARTS[reason.part]} matches ${listed(reason.words)}.`;
    case 'missing-words':
      return `Nothing matches ${listed(reason.words, 'disjunction')}.`;
    case 'found':
      return FOUND[reason.by];
    case 'earlier-article':
      return 'The previous answer cites this article too, so it counts more.';
    case 'learned':
      return 'Its collection has learned to prefer a passage like this one.';
  }
}

const PARTS: Readonly<Record<NamingPart, string>> = {
  title: 'The title',
  heading: 'The heading above it',
  'lead-in': 'The sentence that introduces it',
  'header-row': 'The header of its table',
  'cell-above': 'The table cell it belongs to',
  question: 'The question that it answers',
  term: 'The term that it explains',
  speaker: 'The name of the speaker',
};

const FOUND: Readonly<Record<Extract<PassageReason, { kind: 'found' }>['by'], string>> = {
  both: 'It was found by its words and by its meaning.',
  words: 'It was found by its words. Its meaning alone would not have been enough.',
  meaning: 'It was found by its meaning. Its words alone would not have been enough.',
  neither: 'Neither its words nor its meaning alone would have been enough, but together they were.',
};

/** Writes a reason for a confidence as an English sentence. */
export function confidenceReasonText(reason: ConfidenceReason): string {
  switch (reason.kind) {
    case 'same-subject':
      return 'The passage as a whole is about the same thing as the question.';
    case 'other-subject':
      return 'The passage as a whole is not quite about the same thing as the question.';
    case 'all-words':
      return 'Every important word of the question is in the passage, or one close to it.';
    case 'most-words':
      return 'The words that match fit well.';
    case 'loose-words':
      return 'The words of the question fit the passage only loosely.';
    case 'missing-words':
      return `Nothing in the passage matches ${listed(reason.words, 'disjunction')}.`;
    case 'clear-lead':
      return reason.over === 'articles' ? 'No other article comes close.' : 'No other passage comes close.';
    case 'rival':
      return reason.article === null
        ? 'Another passage comes close too.'
        : `Another article comes close too: “${printable(oneLine(reason.article))}”.`;
    case 'no-lead':
      return 'It is barely closer than other passages.';
    case 'little-in-title':
      return 'It is the text that matches, and not only the title.';
    case 'much-in-title':
      return 'The title alone matches much of the question, so the text may be about something else.';
    case 'long-question':
      return 'The question says a lot, so it is unlikely to match by chance.';
    case 'short-question':
      return 'The question is short, and a few words are easily matched by chance.';
  }
}

function quoted(word: string): string {
  const shown = word.length > MAX_WORD_CHARACTERS ? `${word.slice(0, MAX_WORD_CHARACTERS).toWellFormed()}…` : word;
  return `“${printable(shown)}”`;
}

function listed(words: readonly string[], type: Intl.ListFormatType = 'conjunction'): string {
  const quotes = words.slice(0, MAX_WORDS).map(quoted);
  return new Intl.ListFormat('en', { type }).format(words.length > MAX_WORDS ? [...quotes, '…'] : quotes);
}

function pairsText(pairs: Extract<PassageReason, { kind: 'similar-words' }>['pairs']): string {
  return pairs
    .slice(0, MAX_WORDS)
    .map(({ question, passage }) => `${quoted(question)} and ${quoted(passage)}`)
    .join('; ');
}
