import type { ChannelSettings } from '../../community/setting-values.js';
import { textCard } from '../cards/card.js';
import { escapeMarkdown } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { SlashCommand } from './command.js';
import { slashDefinition } from './definition.js';

/** `/about`: what the bot does, knows and stores. Anyone may use it, and everyone sees the answer. */
export const ABOUT: SlashCommand = {
  definition: slashDefinition('about', 'everyone'),
  isQuestion: false,
  isPrivate: () => false,
  run({ location: { settings }, texts, bot }) {
    const library = bot.library();
    const { collectionName } = settings;
    return textCard(
      [
        ...(collectionName === null ? [] : [`**${escapeMarkdown(collectionName)}**`]),
        texts.say('about.what', {
          version: bot.version,
          count: library.articleCount,
          passages: texts.say('sources.passages', { count: library.passageCount }),
        }),
        texts.say('howTo.ask'),
        [
          texts.say('about.nothingLeaves'),
          texts.say('about.kept'),
          ...questionsKept(settings, texts),
          texts.say('about.forgetMe'),
        ].join(' '),
      ].join('\n\n'),
    );
  },
};

/** Which questions are stored in a server. */
function questionsKept({ keptDays, learnsFromVotes }: ChannelSettings, texts: Texts): string[] {
  if (keptDays === 0 && !learnsFromVotes) return [texts.say('about.questionsNotKept')];
  return [
    ...(keptDays === 0 ? [] : [texts.say('about.questionsKept', { count: keptDays })]),
    ...(learnsFromVotes ? [texts.say('about.votedQuestionsKept')] : []),
  ];
}
