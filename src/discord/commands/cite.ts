import { parseTarget } from '../autocomplete/suggestions.js';
import { ACCENTS } from '../cards/accents.js';
import { makeCard } from '../cards/card.js';
import { passageText, toShownPassage } from '../cards/passage-card.js';
import { requirePassage } from '../context/location.js';
import { Refusal } from '../context/refusal.js';
import { buttonRow, contextButton, removeButton } from '../format/action-rows.js';
import { EVERYONE } from '../format/custom-id.js';
import { escapeToFit } from '../format/markdown.js';
import { type SlashCommand, suggestFor } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

/** Characters of a note. */
const MAX_NOTE = 300;

/**
 * `/cite`: a passage for everyone to see. Anyone may use it. It is answered immediately, because a mention in an edited
 * message notifies nobody.
 */
export const CITE: SlashCommand = {
  definition: slashDefinition('cite', 'everyone', [
    { type: OptionType.String, name: 'passage', required: true, autocomplete: true, max_length: 100 },
    { type: OptionType.User, name: 'for' },
    { type: OptionType.String, name: 'note', max_length: MAX_NOTE },
  ]),
  isQuestion: true,
  isImmediate: true,
  isPrivate: () => false,
  run({ interaction, location, texts, bot }) {
    const target = parseTarget(interaction.options.getString('passage', true));
    if (target?.kind !== 'passage') throw new Refusal('cite.choose');
    const passage = toShownPassage(requirePassage(target.id, location, bot));
    const addressee = interaction.options.getUser('for');
    const note = interaction.options.getString('note')?.trim() ?? '';
    return makeCard({
      accent: ACCENTS.plain,
      write: (budget) => [
        // The mentions show names. Only the addressee is notified.
        budget.add(`-# ${texts.say('cite.heading', { person: `<@${interaction.user.id}>` })}`),
        addressee === null ? null : budget.add(texts.say('cite.for', { person: `<@${addressee.id}>` })),
        // Escaping may double the length.
        note === '' ? null : budget.add(escapeToFit(note, 2 * MAX_NOTE)),
        passageText(passage, texts, budget),
      ],
      // Everyone may read on. Only the person who cited it and moderators may remove it.
      rows: [buttonRow([contextButton(target.id, EVERYONE, texts), removeButton(interaction.user.id, texts)])],
      ...(addressee !== null && { pings: addressee.id }),
    });
  },
  suggest: suggestFor('passage'),
};
