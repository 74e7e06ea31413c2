import type { ClaimDifference, ClaimVerdict } from '../../answering/claims/find-sources.js';
import { MAX_MESSAGE_CHARACTERS } from '../../answering/claims/message-claims.js';
import { oneLine } from '../../text/visible-text.js';
import { ACCENTS } from '../cards/accents.js';
import { makeCard } from '../cards/card.js';
import { passageText } from '../cards/passage-card.js';
import { escapeToFit } from '../format/markdown.js';
import { contentOf } from '../format/message-content.js';
import type { Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';
import type { MessageCommand } from './command.js';
import { menuDefinition } from './definition.js';

const VERDICT_TEXTS = {
  same: 'claims.same',
  related: 'claims.related',
  nothing: 'claims.nothing',
} as const satisfies Record<ClaimVerdict, TextKey>;

/** Names of the differences that keep two sentences from saying the same. Some have none. */
const DIFFERENCE_TEXTS: Readonly<Partial<Record<ClaimDifference, TextKey>>> = {
  numbers: 'claims.otherNumbers',
  dates: 'claims.otherDates',
  names: 'claims.otherNames',
  roles: 'claims.otherRoles',
  denial: 'claims.otherPolarity',
};

/** Characters of a claim. */
const MAX_CLAIM = 200;

/**
 * "Find the source" in a message's context menu: the closest passage for each claim of the message. Anyone may use it.
 * Only they see the result, so that nobody can use it to show others up.
 */
export const FIND_THE_SOURCE: MessageCommand = {
  definition: menuDefinition('findTheSource', 'everyone'),
  isQuestion: true,
  isPrivate: () => true,
  async run({ interaction, location, texts, bot }) {
    const { content, others } = contentOf(interaction.targetMessage);
    const text = [content, ...others].join('\n').slice(0, MAX_MESSAGE_CHARACTERS);
    const engine = bot.engineFor(interaction.user.id);
    const { sources, leftOut } = await engine.findSources(text, {
      scope: location.scope,
      writtenAt: interaction.targetMessage.createdTimestamp,
    });
    return makeCard({
      accent: ACCENTS.plain,
      write: (budget) => [
        budget.add(`**${texts.say('claims.heading')}**`),
        budget.add(`-# ${texts.say('claims.notAVerdict')}`),
        leftOut === 0 ? null : budget.add(`-# ${texts.say('claims.leftOut', { count: leftOut })}`),
        ...sources.map(({ claim, verdict, difference, citation }, index) => {
          const above = verdictText(claim, verdict, difference, texts);
          if (citation === null) return budget.add(above, { hasDivider: true });
          const passage = { article: citation.article, excerpt: citation.excerpt };
          return passageText(passage, texts, budget, { remaining: sources.length - index, above });
        }),
      ],
    });
  },
};

function verdictText(
  sentence: string,
  verdict: ClaimVerdict,
  difference: ClaimDifference | null,
  texts: Texts,
): string {
  const verdictName = texts.say(VERDICT_TEXTS[verdict]);
  const claim = escapeToFit(oneLine(sentence), MAX_CLAIM);
  const differenceKey = difference === null ? undefined : DIFFERENCE_TEXTS[difference];
  return differenceKey === undefined
    ? texts.say('claims.sentence', { verdict: verdictName, claim })
    : texts.say('claims.differing', { verdict: verdictName, claim, difference: texts.say(differenceKey) });
}
