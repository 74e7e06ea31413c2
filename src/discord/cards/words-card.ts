import type { Answer } from '../../answering/answer.js';
import { OWN_WORDS } from '../../community/setting-values.js';
import type { Location } from '../context/location.js';
import type { TypedWords } from '../context/word-drafts.js';
import { button, buttonRow } from '../format/action-rows.js';
import { type Form, makeForm } from '../format/form.js';
import { escapeToFit } from '../format/markdown.js';
import { OUTCOMES } from './accents.js';
import { accentOf, outcomeOf, whomToAsk } from './answer-card.js';
import { type Card, makeCard } from './card.js';
import { MAX_TYPED, type OwnWords } from './own-words.js';
import type { SettingsView } from './settings-card.js';

type WordsView = Pick<SettingsView, 'serverId' | 'asker' | 'texts'>;

/** The form for a server's own words. */
export function wordsForm(typed: TypedWords, { serverId, asker, texts }: WordsView): Form {
  const lines = OWN_WORDS.map((name) => ({
    name,
    label: texts.say(`settings.${name}`),
    help: texts.say(`words.${name}`),
    value: typed[name],
    maxCharacters: MAX_TYPED[name],
  }));
  return makeForm({ action: 'words-form', asker, values: [serverId] }, texts.say('settings.groupWords'), lines);
}

/** How sure the answers of the preview are. */
const SHOWN_CONFIDENCE = 0.87;
/** Characters of a line, escaped. */
const MAX_LINE = 300;

/** Shows what answers look like in a server's new words, which can then be saved. */
export function wordsPreview(words: OwnWords, location: Location, { serverId, asker, texts }: WordsView): Card {
  const previewed: Location = { ...location, settings: { ...location.settings, ...words } };
  const outcomes = OUTCOMES.map((outcome) => {
    const confidence = outcome === 'not-found' ? null : SHOWN_CONFIDENCE;
    const answer: Pick<Answer, 'outcome' | 'confidence' | 'notes'> = { outcome, confidence, notes: [] };
    return outcomeOf(answer, texts, previewed);
  });
  const { answerLine } = words;
  const id = (action: 'words' | 'words-save' | 'words-discard') => ({ action, asker, values: [serverId] });
  return makeCard({
    accent: accentOf('answered', previewed),
    write: (budget) => [
      budget.add(`**${texts.say('words.preview')}**`),
      ...budget.addAll(outcomes),
      ...budget.addAll(whomToAsk(previewed, texts)),
      answerLine === null ? null : budget.add(`-# ${escapeToFit(answerLine, MAX_LINE)}`),
    ],
    rows: [
      buttonRow([
        button(id('words-save'), { emoji: '💾', label: texts.say('words.save') }),
        button(id('words'), { emoji: '✏️', label: texts.say('words.edit') }),
        button(id('words-discard'), { emoji: '↩️', label: texts.say('words.discard') }),
      ]),
    ],
  });
}
