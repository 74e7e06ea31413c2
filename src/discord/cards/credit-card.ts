import type { AddedArticle } from '../../community/added-articles.js';
import { button, buttonRow } from '../format/action-rows.js';
import { EVERYONE } from '../format/custom-id.js';
import type { Texts } from '../locales/texts.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';

/** What an author can decide about an article from their message. The names are part of sent messages: do not rename them. */
export const CREDIT_CHOICES = ['show', 'hide', 'remove'] as const;

/** Asks the author of an article whether their name may be shown with it. @param text Markdown, with everything escaped. */
export function creditCard({ id, authorId }: Pick<AddedArticle, 'id' | 'authorId'>, text: string, texts: Texts): Card {
  const buttons = CREDIT_CHOICES.map((choice) =>
    button(
      { action: 'credit', asker: authorId ?? EVERYONE, values: [id, choice] },
      { label: texts.say(`added.${choice}`) },
    ),
  );
  return makeCard({ accent: ACCENTS.plain, write: (budget) => [budget.add(text)], rows: [buttonRow(buttons)] });
}
