import type { ConfidenceReason, PassageReason } from '../../answering/explanation/reasons.js';
import { oneLine } from '../../text/visible-text.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';

/** A pasted text can have more words; the first ones say enough. */
const MAX_WORDS = 12;
const MAX_WORD_CHARACTERS = 40;
const MAX_TITLE_CHARACTERS = 150;

/** Writes a reason why a passage was found as a sentence, in Markdown. The terminal has its own in src/terminal/explanation-text.ts. */
export function passageReasonText(reason: PassageReason, texts: Texts): string {
  switch (reason.kind) {
    case 'same-words':
      return texts.say('why.sameWords', { words: listed(reason.words, texts) });
    case 'similar-words':
      return texts.say('why.similarWords', { words: pairsText(reason.pairs, texts) });
    case 'named-words':
      return texts.say(`why.parts.${reason.part}`, { words: listed(reason.words, texts) });
    case 'missing-words':
      return texts.say('why.missingWords', { words: listed(reason.words, texts, 'disjunction') });
    case 'found':
      return texts.say(`why.found.${reason.by}`);
    case 'earlier-article':
      return texts.say('why.earlierArticle');
    case 'learned':
      return texts.say('why.learned');
  }
}

/** Writes a reason for a confidence as a sentence, in Markdown. */
export function confidenceReasonText(reason: ConfidenceReason, texts: Texts): string {
  switch (reason.kind) {
    case 'missing-words':
      return texts.say('why.sure.missing-words', { words: listed(reason.words, texts, 'disjunction') });
    case 'clear-lead':
      return texts.say(reason.over === 'articles' ? 'why.sure.clear-lead' : 'why.sure.clear-lead-passage');
    case 'rival':
      return reason.article === null
        ? texts.say('why.sure.rival-passage')
        : texts.say('why.sure.rival', { article: escapeToFit(oneLine(reason.article), MAX_TITLE_CHARACTERS) });
    default:
      return texts.say(`why.sure.${reason.kind}`);
  }
}

function shown(word: string): string {
  return escapeToFit(word, MAX_WORD_CHARACTERS);
}

function listed(words: readonly string[], texts: Texts, type: Intl.ListFormatType = 'conjunction'): string {
  const quoted = words.slice(0, MAX_WORDS).map((word) => texts.say('signs.quoted', { text: shown(word) }));
  return new Intl.ListFormat(texts.language, { type }).format(words.length > MAX_WORDS ? [...quoted, '…'] : quoted);
}

function pairsText(pairs: Extract<PassageReason, { kind: 'similar-words' }>['pairs'], texts: Texts): string {
  return pairs
    .slice(0, MAX_WORDS)
    .map(({ question, passage }) => texts.say('why.wordPair', { question: shown(question), passage: shown(passage) }))
    .join('; ');
}
