import type { ModalMessageModalSubmitInteraction } from 'discord.js';
import { OWN_WORDS, type OwnWord } from '../../community/setting-values.js';
import type { Card } from '../cards/card.js';
import { readWords } from '../cards/own-words.js';
import { wordsPreview } from '../cards/words-card.js';
import type { BotContext } from '../context/bot-context.js';
import { requireManagedServer } from '../context/managed-server.js';
import { Refusal } from '../context/refusal.js';
import type { TypedWords } from '../context/word-drafts.js';
import { decodeControl } from '../format/custom-id.js';
import { cardOrFailure } from '../sending/failures.js';
import { type InteractionContext, interactionContextOf, refuse } from '../sending/interaction-context.js';
import { acknowledge, completeResponse, followUpPrivately } from '../sending/interaction-responses.js';

/** Responds when someone sends the form for a server's own words: with a preview, or with what is wrong. */
export async function handleForm(interaction: ModalMessageModalSubmitInteraction, bot: BotContext): Promise<void> {
  const context = interactionContextOf(interaction, bot);
  const { texts, sending } = context;
  const id = decodeControl(interaction.customId);
  if (id?.action !== 'words-form') return refuse(context, texts.say('outdated.button'));
  if (id.asker !== interaction.user.id) return refuse(context, texts.say('private.notYours'));
  if (!(await acknowledge(interaction, 'edit', sending))) return;
  const { card, isFailure } = await cardOrFailure(() => previewOf(context), sending);
  if (card === null) return;
  if (isFailure) await followUpPrivately(interaction, card, sending);
  else await completeResponse(interaction, card, 'edit', sending);
}

/** @throws {Refusal} if what was typed cannot be used. It stays in the form. */
function previewOf({
  interaction,
  location,
  texts,
  bot,
}: InteractionContext<ModalMessageModalSubmitInteraction>): Card {
  const guild = requireManagedServer(interaction);
  const typed = Object.fromEntries(
    OWN_WORDS.map((name): [OwnWord, string] => [name, interaction.fields.getTextInputValue(name)]),
  ) as unknown as TypedWords;
  const asker = interaction.user.id;
  bot.wordDrafts.set(guild.id, asker, typed);
  const words = readWords(typed, (emojiId) => guild.emojis.cache.has(emojiId));
  if (typeof words === 'string') throw new Refusal(words);
  return wordsPreview(words, location, { serverId: guild.id, asker, texts });
}
