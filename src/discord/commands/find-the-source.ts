import type { ClaimDifference, ClaimVerdict } from '../../answering/claims.js';
import { MAX_MESSAGE_CHARACTERS } from '../../answering/message-claims.js';
import { oneLine } from '../../text/visible-text.js';
import { UserError } from '../../user-error.js';
import { ACCENTS } from '../cards/accents.js';
import { makeCard } from '../cards/card.js';
import { passageText } from '../cards/passage-card.js';
import { scopeAt } from '../context/location.js';
import { Refusal } from '../context/refusal.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';
import type { MessageCommand } from './command.js';
import { menuDefinition } from './definition.js';

const VERDICTS = {
  same: 'claims.same',
  related: 'claims.related',
  nothing: 'claims.nothing',
} as const satisfies Record<ClaimVerdict, TextKey>;

/** What keeps two sentences from saying the same, where that can be told in words. */
const DIFFERENCES: Readonly<Partial<Record<ClaimDifference, TextKey>>> = {
  numbers: 'claims.otherNumbers',
  dates: 'claims.otherDates',
  names: 'claims.otherNames',
  roles: 'claims.otherRoles',
  denial: 'claims.otherPolarity',
};

const MAX_CLAIM = 200;

/** Shows the passages nearest to what a message claims. Only to whoever asks: it is nobody's business to shame others with it. */
export const FIND_THE_SOURCE: MessageCommand = {
  definition: menuDefinition('findTheSource'),
  isQuestion: true,
  isPrivate: () => true,
  async run({ interaction, location, texts, bot }) {
    const content = interaction.targetMessage.content.slice(0, MAX_MESSAGE_CHARACTERS);
    const found = await bot
      .engine()
      .findSources(content, { scope: scopeAt(location) })
      .catch((error: unknown) => {
        throw error instanceof UserError ? new Refusal('claims.noText') : error;
      });
    const { sources, leftOut } = found;
    return makeCard({
      accent: ACCENTS.plain,
      write: (room) => [
        room.add(`**${texts.say('claims.heading')}**`),
        room.add(`-# ${texts.say('claims.notAVerdict')}`),
        leftOut === 0 ? null : room.add(`-# ${texts.say('claims.leftOut', { count: leftOut })}`),
        ...sources.map(({ claim, verdict, difference, citation }, index) => {
          const above = verdictText(claim, verdict, difference, texts);
          if (citation === null) return room.add(above, { hasDivider: true });
          const passage = { article: citation.article, text: citation.quote };
          return passageText(passage, texts, room, { remaining: sources.length - index, above });
        }),
      ],
    });
  },
};

function verdictText(said: string, reached: ClaimVerdict, difference: ClaimDifference | null, texts: Texts): string {
  const verdict = texts.say(VERDICTS[reached]);
  const claim = escapeToFit(oneLine(said), MAX_CLAIM);
  const differs = difference === null ? undefined : DIFFERENCES[difference];
  return differs === undefined
    ? texts.say('claims.sentence', { verdict, claim })
    : texts.say('claims.differing', { verdict, claim, difference: texts.say(differs) });
}
