import { stringify } from 'csv-stringify/sync';
import { TimestampStyles, time } from 'discord.js';
import type { UnansweredQuestion } from '../../community/unanswered-questions.js';
import type { VotedPassage } from '../../community/votes.js';
import { nameOf } from '../../corpus/article.js';
import { oneLine } from '../../text/visible-text.js';
import { groupBySimilarity } from '../../vectors/clustering.js';
import { ACCENTS } from '../cards/accents.js';
import { type Card, makeCard, type TextRoom } from '../cards/card.js';
import { findPassage } from '../cards/passage-card.js';
import type { BotContext } from '../context/bot-context.js';
import { Refusal } from '../context/refusal.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { SlashCommand } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
/** The longest that questions are kept. */
const MAX_DAYS = 90;

/** The newest ones: each is embedded, a few milliseconds apiece. */
const MAX_QUESTIONS = 200;
const MAX_PASSAGES = 200;

/**
 * Least similarity of questions in a group. Measured with all-MiniLM-L6-v2 on test/answering/question-pairs.ts: chosen on half of the pairs,
 * where it joins 5 of 12 questions with the same in other words and 2 of 12 with another on the same subject (0.7: 7 and 6); on the other
 * half 8 and 5 of 12 (0.7: 10 and 7). The model sees what a question is about more than what it wants to know: groups are subjects rather
 * than one question, so the other wordings are shown as well.
 */
export const MIN_GROUP_SIMILARITY = 0.77;

const SHOWN_GROUPS = 8;
const SHOWN_PASSAGES = 5;
const SHOWN_LINKS = 3;
const SHOWN_WORDINGS = 3;

/** Questions that are alike, the newest first. */
type Group = readonly UnansweredQuestion[];

/** What the articles did not answer, for those who write them. */
export const GAPS: SlashCommand = {
  definition: slashDefinition('gaps', 'managers', [
    { type: OptionType.Integer, name: 'days', min_value: 1, max_value: MAX_DAYS },
    { type: OptionType.Boolean, name: 'export' },
  ]),
  isQuestion: false,
  isPrivate: () => true,
  async run({ interaction, location, texts, bot }) {
    const { serverId, settings } = location;
    if (serverId === null) throw new Refusal('failure.needsServer');
    const days = interaction.options.getInteger('days') ?? DEFAULT_DAYS;
    const now = Date.now();
    const since = now - days * DAY_MS;
    const { questions, votes } = bot.community;
    questions.removeExpired(now);
    const groups = await grouped(questions.recent(serverId, since, MAX_QUESTIONS), bot);
    const passages = votes.votedWrong(serverId, since, MAX_PASSAGES);
    if (interaction.options.getBoolean('export') === true) return exported(groups, passages, texts, bot);
    return makeCard({
      accent: ACCENTS.plain,
      write: (room) => [
        room.add(texts.say('gaps.heading', { count: days })),
        settings.keptDays === 0 ? room.add(`-# ${texts.say('gaps.notKept')}`) : null,
        groups.length + passages.length === 0
          ? room.add(texts.say(settings.keptDays === 0 ? 'gaps.nothingVoted' : 'gaps.nothing'))
          : null,
        ...groupTexts(groups, room, texts, bot),
        ...(passages.length === 0
          ? []
          : [
              room.add(texts.say('gaps.passages'), { hasDivider: true }),
              ...room.addAll(passages.slice(0, SHOWN_PASSAGES).map((voted) => votedText(voted, texts, bot))),
            ]),
      ],
    });
  },
};

async function grouped(questions: readonly UnansweredQuestion[], bot: BotContext): Promise<Group[]> {
  if (questions.length === 0) return [];
  const vectors = await bot.engine().embed(questions.map(({ text }) => text));
  return groupBySimilarity(vectors, MIN_GROUP_SIMILARITY).map((places) =>
    places.flatMap((place) => questions[place] ?? []),
  );
}

function groupTexts(
  groups: readonly Group[],
  room: TextRoom,
  texts: Texts,
  bot: BotContext,
): ReturnType<TextRoom['addAll']> {
  const shown = room.addAll(groups.slice(0, SHOWN_GROUPS).map((group) => groupText(group, texts, bot)));
  const more = groups.length - shown.length;
  return more === 0 ? shown : [...shown, ...room.addAll([`-# ${texts.say('gaps.more', { count: more })}`])];
}

function groupText(group: Group, texts: Texts, bot: BotContext): string {
  const [newest] = group;
  if (newest === undefined) return '';
  const isVotedWrong = group.some(({ reason }) => reason === 'voted-wrong');
  const links = group
    .slice(0, SHOWN_LINKS)
    .map(({ link, askedAt }) => `${time(new Date(askedAt), TimestampStyles.RelativeTime)} ${link}`);
  const wordings = [...new Set(group.map(({ text }) => escapeToFit(oneLine(text), 100)))].slice(1, 1 + SHOWN_WORDINGS);
  const nearest = newest.passageId === null ? null : findPassage(newest.passageId, bot);
  return [
    `**${texts.say('signs.quoted', { text: escapeToFit(oneLine(newest.text), 200) })}**`,
    [
      texts.say('gaps.asked', { count: group.length }),
      ...(isVotedWrong ? [texts.say('gaps.votedWrong')] : []),
      ...links,
    ].join(' · '),
    ...(wordings.length === 0 ? [] : [`-# ${wordings.map((text) => texts.say('signs.quoted', { text })).join(' · ')}`]),
    ...(nearest === null
      ? []
      : [`-# ${texts.say('gaps.nearest', { passage: escapeToFit(oneLine(nameOf(nearest.article)), 100) })}`]),
  ].join('\n');
}

function votedText({ passageId, right, wrong }: VotedPassage, texts: Texts, bot: BotContext): string {
  const passage = findPassage(passageId, bot);
  const name = passage === null ? passageId : escapeToFit(oneLine(nameOf(passage.article)), 100);
  const opening = passage === null ? '' : `\n-# ${escapeToFit(oneLine(passage.text), 150)}`;
  return `${texts.say('gaps.counts', { right, wrong })} · **${name}**${opening}`;
}

/** All of it as a file: RFC 4180, with formulas defused, because it is opened in a spreadsheet. */
function exported(groups: readonly Group[], passages: readonly VotedPassage[], texts: Texts, bot: BotContext): Card {
  const titleOf = (passageId: string | null): string => {
    const passage = passageId === null ? null : findPassage(passageId, bot);
    return passage === null ? '' : nameOf(passage.article);
  };
  const rows = [
    ...groups.flatMap((group, index) =>
      group.map(({ text, reason, askedAt, link, passageId }) => ({
        kind: reason,
        group: index + 1,
        question: text,
        asked_at: new Date(askedAt).toISOString(),
        link,
        passage_id: passageId ?? '',
        article: titleOf(passageId),
      })),
    ),
    ...passages.map(({ passageId, right, wrong }) => ({
      kind: 'passage',
      passage_id: passageId,
      article: titleOf(passageId),
      right,
      wrong,
    })),
  ];
  const columns = ['kind', 'group', 'question', 'asked_at', 'link', 'passage_id', 'article', 'right', 'wrong'];
  const text = stringify(rows, {
    header: true,
    columns,
    escape_formulas: true,
    bom: true,
    record_delimiter: 'windows',
    // By itself it quotes the whole line end only, and reads half of one as the end of a row.
    quoted_match: /[\r\n]/,
  });
  return { components: [], plain: texts.say('gaps.exported'), file: { name: 'gaps.csv', text } };
}
