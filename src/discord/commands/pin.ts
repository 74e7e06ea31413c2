import type { AutocompleteInteraction, Snowflake } from 'discord.js';
import { MAX_PINNED_QUESTION } from '../../answering/pin-problem.js';
import { oneLine } from '../../text/visible-text.js';
import { fold } from '../autocomplete/fold.js';
import { parseTarget, type SuggestionChoice } from '../autocomplete/suggestions.js';
import { type Card, textCard } from '../cards/card.js';
import { pinnedCard, pinsCard, shownQuestion } from '../cards/pins-card.js';
import { findServerPin, mayPin, removeServerPin, requirePinningServer } from '../context/pins.js';
import { Refusal } from '../context/refusal.js';
import { LIMITS } from '../format/limits.js';
import { isVisible, sanitize, shorten } from '../format/markdown.js';
import { type CommandContext, type SlashCommand, suggestFor } from './command.js';
import { OptionType, subcommandsDefinition } from './definition.js';

const suggestPassages = suggestFor('passage');

/**
 * `/pin`: what is shown first whenever a question is asked in this server. `add` pins a passage, `list` shows what is pinned,
 * `remove` removes it. Only people who may manage messages may use it, and only they see it.
 */
export const PIN: SlashCommand = {
  definition: subcommandsDefinition('pin', 'moderators', [
    {
      name: 'add',
      options: [
        { type: OptionType.String, name: 'question', required: true, max_length: MAX_PINNED_QUESTION },
        { type: OptionType.String, name: 'passage', required: true, autocomplete: true, max_length: 100 },
      ],
    },
    { name: 'list' },
    {
      name: 'remove',
      options: [
        {
          type: OptionType.String,
          name: 'question',
          required: true,
          autocomplete: true,
          max_length: MAX_PINNED_QUESTION,
        },
      ],
    },
  ]),
  isQuestion: false,
  isPrivate: () => true,
  run(context) {
    const serverId = requirePinningServer(context);
    switch (context.interaction.options.getSubcommand()) {
      case 'add':
        return addPin(serverId, context);
      case 'remove':
        return removePin(serverId, context);
      default:
        return pinsCard(serverId, { ...context, asker: context.interaction.user.id, page: 0 });
    }
  },
  suggest(context) {
    if (!mayPin(context)) return [];
    const { name } = context.interaction.options.getFocused(true);
    return name === 'passage' ? suggestPassages(context) : suggestPins(context);
  },
};

function addPin(serverId: Snowflake, { interaction, location, texts, bot }: CommandContext): Card {
  const { options, user } = interaction;
  const question = options.getString('question', true);
  const passageId = passageIdIn(options.getString('passage', true));
  return pinnedCard({ question, passageId, serverId, personId: user.id, location }, texts, bot);
}

/**
 * Reads the passage that was picked from the list, or its id.
 *
 * @throws {Refusal} if it is neither.
 */
function passageIdIn(value: string): string {
  const target = parseTarget(value) ?? parseTarget(`passage:${value.trim()}`);
  if (target?.kind !== 'passage') throw new Refusal('cite.choose');
  return target.id;
}

function removePin(serverId: Snowflake, { interaction, texts, bot }: CommandContext): Card {
  const value = interaction.options.getString('question', true);
  const { pins } = bot.community;
  const id = pinIdIn(value);
  const pin =
    id === null ? findServerPin(value, serverId, bot) : pins.list(serverId).find((listed) => listed.id === id);
  if (!pin || !removeServerPin(pin, serverId, interaction.user.id, bot)) throw new Refusal('pins.unknown');
  return textCard(texts.say('pins.removed', { question: shownQuestion(pin.question) }));
}

/** The pins whose question has all the typed words, the latest first. */
function suggestPins({ interaction, location, bot }: CommandContext<AutocompleteInteraction>): SuggestionChoice[] {
  const typed = fold(interaction.options.getFocused()).split(' ');
  return bot.community.pins
    .list(location.serverId)
    .toReversed()
    .filter(({ question }) => typed.every((word) => ` ${fold(question)}`.includes(` ${word}`)))
    .slice(0, LIMITS.choices)
    .map(({ id, question }) => {
      const line = oneLine(sanitize(question));
      return { name: isVisible(line) ? shorten(line, LIMITS.choiceName) : String(id), value: `pin:${id}` };
    });
}

function pinIdIn(value: string): number | null {
  const match = /^pin:(\d{1,15})$/.exec(value);
  return match === null ? null : Number(match[1]);
}
