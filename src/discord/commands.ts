import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { MAX_QUESTION_CHARACTERS } from '../answering/question.js';
import { UserError } from '../user-error.js';
import { answerCard, articleCard, type Card, listCard, passageCard, textCard } from './answer-card.js';
import type { Reply } from './failure.js';
import { readTarget } from './look-up.js';
import type { DiscordParts } from './parts.js';

/** A slash command: what Discord shows of it, and what it does. Registration and dispatch use the same list. */
export interface SlashCommand {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  readonly run: (interaction: ChatInputCommandInteraction, parts: DiscordParts) => Promise<Reply>;
  readonly suggest?: (interaction: AutocompleteInteraction, parts: DiscordParts) => { name: string; value: string }[];
}

const EVERYWHERE: Pick<RESTPostAPIChatInputApplicationCommandsJSONBody, 'type' | 'contexts' | 'integration_types'> = {
  type: ApplicationCommandType.ChatInput,
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

const ASK: SlashCommand = {
  definition: {
    ...EVERYWHERE,
    name: 'ask',
    description: 'Ask the articles: the answer is quoted from them, with its source',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'question',
        description: 'What you want to know, in a sentence or a few words',
        required: true,
        max_length: MAX_QUESTION_CHARACTERS,
      },
    ],
  },
  run: async (interaction, parts) => {
    const answer = await parts.ask(interaction.options.getString('question', true));
    return { card: answerCard(answer), answer };
  },
};

const FIND: SlashCommand = {
  definition: {
    ...EVERYWHERE,
    name: 'find',
    description: 'Look up an article or a passage as you type',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'words',
        description: 'Words of a title or a passage; choose from the list, or press Enter to search',
        required: true,
        autocomplete: true,
        max_length: MAX_QUESTION_CHARACTERS,
      },
    ],
  },
  run: async (interaction, parts) => {
    const words = interaction.options.getString('words', true);
    const target = readTarget(words);
    if (target === null) return { card: await find(words, parts) };
    return { card: target.kind === 'passage' ? showPassage(target.id, parts) : showArticle(target.id, parts) };
  },
  suggest: (interaction, parts) => parts.lookUp().suggest(interaction.options.getFocused()),
};

const ABOUT: SlashCommand = {
  definition: {
    ...EVERYWHERE,
    name: 'about',
    description: 'What this bot does, what it knows and what it keeps',
  },
  run: async (_interaction, parts) => {
    const articles = parts.articles();
    const card = textCard(
      [
        `**Footnote ${parts.version}** answers questions by quoting ${articles.length} articles (${parts.passageCount()} passages), word for word, each quote with its source. When the articles do not hold the answer, it says so.`,
        HOW_TO_ASK,
        'Nothing is generated and nothing leaves the machine it runs on. Questions are not stored.',
      ].join('\n\n'),
    );
    return { card };
  },
};

/** What people can do, for /about and for a message that only mentions the bot. */
export const HOW_TO_ASK =
  'Ask with `/ask`, by mentioning me with a question, or in a direct message. `/find` looks up an article or a passage as you type.';

export const COMMANDS: readonly SlashCommand[] = [ASK, FIND, ABOUT];

async function find(words: string, parts: DiscordParts): Promise<Card> {
  const { ranking } = await parts.ask(words);
  return listCard(
    words,
    ranking.flatMap(({ passageId }) => {
      const found = parts.passage(passageId);
      return found === null
        ? []
        : [{ article: found.article, text: found.article.text.slice(found.passage.start, found.passage.end) }];
    }),
  );
}

function showPassage(id: string, parts: DiscordParts): Card {
  const found = parts.passage(id);
  if (found === null) throw new UserError('That passage is no longer in the index. Look it up again.');
  return passageCard(found.article, found.article.text.slice(found.passage.start, found.passage.end));
}

function showArticle(id: string, parts: DiscordParts): Card {
  const article = parts.article(id);
  const opening = article?.paragraphs.find(({ kind }) => kind === 'body');
  if (article === null || opening === undefined)
    throw new UserError('That article is no longer in the index. Look it up again.');
  const passages = parts.articles().find((listed) => listed.id === id)?.passages ?? 0;
  return articleCard(article, passages, article.text.slice(opening.start, opening.end));
}
