import type { AnswerNote, AnswerPart } from '../../answering/answer-notes.js';
import { percentOf } from '../../answering/confidence/percent-of.js';
import { MAX_QUESTIONS } from '../../answering/question/question.js';
import type { Script } from '../../text/scripts.js';
import { oneLine } from '../../text/visible-text.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';
import { dateOf } from './source-line.js';

/** Characters of the question that a note repeats. */
const MAX_QUOTED = 150;

/** Puts a note of an answer into a sentence, in Markdown. The terminal has its own in src/answering/answer-notes.ts. */
export function noteText(note: AnswerNote, texts: Texts): string {
  switch (note.kind) {
    case 'pinned':
      return texts.say('notes.pinned', { question: quoted(note.question) });
    case 'script':
      return texts.say('notes.script', {
        asked: scriptName(note.asked, texts),
        written: scriptName(note.written, texts),
      });
    case 'language':
      return texts.say('notes.language', {
        asked: languageName(note.asked, texts),
        written: languageName(note.written, texts),
      });
    case 'spelling':
      return texts.say('notes.spelling', { typed: quoted(note.typed), read: quoted(note.read) });
    case 'follow-up':
      return texts.say('notes.followUp', { earlier: quoted(note.earlier) });
    case 'shortened':
      return texts.say('notes.shortened');
    case 'parts':
      return partsText(note, texts);
    case 'years-apart':
      return texts.say('notes.yearsApart', {
        dates: note.published
          .map((date, index) => `${numberOf(index + 1)} ${dateOf({ published: date }, texts)}`)
          .join(', '),
      });
    case 'figures-differ':
      return texts.say('notes.figuresDiffer', {
        figures: note.figures
          .map(({ citation, figures }) => `${numberOf(citation)} ${joinWithAnd(figures.map(quoted), texts)}`)
          .join('; '),
      });
    case 'withheld':
      return texts.say('notes.withheld');
    case 'uncalibrated':
      return texts.say('notes.uncalibrated');
  }
}

const PART_TEXTS = {
  answered: 'notes.partAnswered',
  closest: 'notes.partClosest',
  'not-found': 'notes.partNotFound',
} as const satisfies Record<string, TextKey>;

function partsText({ parts, skipped }: Extract<AnswerNote, { readonly kind: 'parts' }>, texts: Texts): string {
  const all = texts.say('notes.parts', { parts: parts.map((part) => partText(part, texts)).join('; ') });
  return skipped === 0 ? all : `${all} ${texts.say('notes.skipped', { count: skipped, most: MAX_QUESTIONS })}`;
}

function partText({ question, outcome, confidence }: AnswerPart, texts: Texts): string {
  const text = texts.say(PART_TEXTS[outcome], { question: quoted(question) });
  if (confidence === null || outcome === 'not-found') return text;
  return `${text} (${texts.say('answer.sure', { percent: percentOf(confidence) })})`;
}

function quoted(text: string): string {
  return escapeToFit(oneLine(text), MAX_QUOTED);
}

function numberOf(citation: number): string {
  return `\\[${citation}\\]`;
}

function joinWithAnd(texts: readonly string[], { language }: Texts): string {
  return new Intl.ListFormat(language).format(texts);
}

/**
 * The name of a language in the language of `texts`, or its code if the name is unknown.
 *
 * @param code ISO 639-1 code.
 */
export function languageName(code: string, { language }: Texts): string {
  return new Intl.DisplayNames(language, { type: 'language', fallback: 'code' }).of(code) ?? code;
}

/** ISO 15924 codes, which `Intl.DisplayNames` needs. */
const SCRIPT_CODES: Readonly<Record<Script, string>> = {
  Latin: 'Latn',
  Cyrillic: 'Cyrl',
  Greek: 'Grek',
  Arabic: 'Arab',
  Hebrew: 'Hebr',
  Han: 'Hani',
  Hiragana: 'Hira',
  Katakana: 'Kana',
  Hangul: 'Hang',
  Devanagari: 'Deva',
  Bengali: 'Beng',
  Tamil: 'Taml',
  Thai: 'Thai',
  Georgian: 'Geor',
  Armenian: 'Armn',
};

/**
 * The name of a script in the language of `texts`, or the English one if the name is unknown.
 *
 * @internal Exported for its test.
 */
export function scriptName(script: Script, { language }: Texts): string {
  return new Intl.DisplayNames(language, { type: 'script', fallback: 'none' }).of(SCRIPT_CODES[script]) ?? script;
}
