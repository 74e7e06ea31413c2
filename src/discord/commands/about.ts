import { textCard } from '../cards/card.js';
import type { SlashCommand } from './command.js';
import { slashDefinition } from './definition.js';

/** `/about`: what the bot does, knows and stores. Anyone may use it, and everyone sees the answer. */
export const ABOUT: SlashCommand = {
  definition: slashDefinition('about', 'everyone'),
  isQuestion: false,
  isPrivate: () => false,
  run({ location: { settings }, texts, bot }) {
    const { library } = bot.engine();
    return textCard(
      [
        texts.say('about.what', {
          version: bot.version,
          count: library.articleCount,
          passages: texts.say('sources.passages', { count: library.passageCount }),
        }),
        texts.say('howTo.ask'),
        [
          texts.say('about.nothingLeaves'),
          texts.say('about.kept'),
          settings.keptDays === 0
            ? texts.say('about.questionsNotKept')
            : texts.say('about.questionsKept', { count: settings.keptDays }),
          texts.say('about.forgetMe'),
        ].join(' '),
      ].join('\n\n'),
    );
  },
};
