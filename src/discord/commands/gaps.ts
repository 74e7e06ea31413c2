import { type Snowflake, TimestampStyles, time } from 'discord.js';
import type { UnansweredQuestion } from '../../community/unanswered-questions.js';
import type { VotedPassage } from '../../community/votes.js';
import { nameOf } from '../../corpus/article.js';
import { oneLine } from '../../text/visible-text.js';
import { groupBySimilarity } from '../../vectors/clustering.js';
import { ACCENTS } from '../cards/accents.js';
import { type Card, type CardText, makeCard, type TextBudget } from '../cards/card.js';
import { openingLine } from '../cards/opening.js';
import { findPassage } from '../cards/passage-card.js';
import type { BotContext } from '../context/bot-context.js';
import { canPinTo, mayPin } from '../context/pins.js';
import { Refusal } from '../context/refusal.js';
import { type CardRow, selectRow } from '../format/action-rows.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { SlashCommand } from './command.js';
import { OptionType, slashDefinition } from './definition.js';
import { gapsCsv } from './gaps-csv.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
/** The longest retention period of questions. */
const MAX_DAYS = 90;

/** Only the newest questions are grouped: each has to be embedded, which takes a few milliseconds. */
const MAX_QUESTIONS = 200;
const MAX_PASSAGES = 200;

/**
 * Minimum similarity of the questions in a group. Measured with all-MiniLM-L6-v2 on test/vectors/question-pairs.ts. It
 * was chosen on half of the pairs: there it groups 5 of 12 rephrased questions, and 2 of 12 different questions about
 * one subject (0.7: 7 and 6). On the other half it groups 8 and 5 of 12 (0.7: 10 and 7). The model sees what a question
 * is about better than what it wants to know, so a group is closer to a topic than to a question. That is why other
 * wordings are shown as well.
 */
export const MIN_GROUP_SIMILARITY = 0.77;

const SHOWN_GROUPS = 8;
const SHOWN_PASSAGES = 5;
const SHOWN_LINKS = 3;
const SHOWN_WORDINGS = 3;

// Characters.
const MAX_QUESTION = 200;
const MAX_WORDING = 100;
const MAX_ARTICLE_NAME = 100;
const MAX_OPENING = 150;

/** Similar questions, newest first. */
type Group = readonly UnansweredQuestion[];

/** Unanswered questions and passages marked wrong in a server. */
interface Gaps {
  readonly days: number;
  readonly groups: readonly Group[];
  readonly passages: readonly VotedPassage[];
  /** Whether the server stores the text of unanswered questions. */
  readonly areQuestionsStored: boolean;
}

/**
 * `/gaps`: the questions that the articles could not answer, and passages marked wrong, for the people who write the
 * articles. Only people who manage the server may use it, and only they see it.
 */
export const GAPS: SlashCommand = {
  definition: slashDefinition('gaps', 'managers', [
    { type: OptionType.Integer, name: 'days', min_value: 1, max_value: MAX_DAYS },
    { type: OptionType.Boolean, name: 'export' },
  ]),
  isQuestion: false,
  isPrivate: () => true,
  async run(context) {
    const { interaction, location, texts, bot } = context;
    const { serverId, settings } = location;
    if (serverId === null) throw new Refusal('failure.needsServer');
    const days = interaction.options.getInteger('days') ?? DEFAULT_DAYS;
    const now = Date.now();
    const since = now - days * DAY_MS;
    const { questions, votes } = bot.community;
    questions.removeExpired(now);
    const gaps: Gaps = {
      days,
      groups: await groupQuestions(questions.recent(serverId, since, MAX_QUESTIONS), interaction.user.id, bot),
      passages: votes.votedWrong(serverId, since, MAX_PASSAGES),
      areQuestionsStored: settings.keptDays > 0,
    };
    if (interaction.options.getBoolean('export') === true) return csvCard(gaps, texts, bot);
    const rows = mayPin(context) ? pinRows(gaps, interaction.user.id, texts) : [];
    return gapsCard(gaps, rows, texts, bot);
  },
};

async function groupQuestions(
  questions: readonly UnansweredQuestion[],
  personId: Snowflake,
  bot: BotContext,
): Promise<Group[]> {
  if (questions.length === 0) return [];
  const vectors = await bot.engineFor(personId).embed(questions.map(({ text }) => text));
  const groups = groupBySimilarity(vectors, MIN_GROUP_SIMILARITY);
  return groups.map((indices) => indices.flatMap((index) => questions[index] ?? []));
}

function csvCard({ groups, passages }: Gaps, texts: Texts, bot: BotContext): Card {
  const articleNameOf = (passageId: string): string => {
    const passage = findPassage(passageId, bot);
    return passage === null ? '' : nameOf(passage.article);
  };
  const text = gapsCsv(groups, passages, articleNameOf);
  return { components: [], plain: texts.say('gaps.exported'), file: { name: 'gaps.csv', text, type: 'text/csv' } };
}

function gapsCard(
  { days, groups, passages, areQuestionsStored }: Gaps,
  rows: readonly CardRow[],
  texts: Texts,
  bot: BotContext,
): Card {
  const isEmpty = groups.length + passages.length === 0;
  return makeCard({
    accent: ACCENTS.plain,
    write: (budget) => [
      budget.add(texts.say('gaps.heading', { count: days })),
      areQuestionsStored ? null : budget.add(`-# ${texts.say('gaps.notKept')}`),
      isEmpty ? budget.add(texts.say(areQuestionsStored ? 'gaps.nothing' : 'gaps.nothingVoted')) : null,
      ...groupTexts(groups, budget, texts, bot),
      passages.length === 0 ? null : budget.add(texts.say('gaps.passages'), { hasDivider: true }),
      ...budget.addAll(passages.slice(0, SHOWN_PASSAGES).map((passage) => votedText(passage, texts, bot))),
    ],
    rows,
  });
}

/** The list of the questions that a passage can be pinned to: the newest of each group. */
function pinRows({ groups }: Gaps, asker: Snowflake, texts: Texts): CardRow[] {
  const questions = groups
    .slice(0, SHOWN_GROUPS)
    .flatMap(([newest]) => (newest !== undefined && canPinTo(newest.text) ? [newest] : []));
  if (questions.length === 0) return [];
  const choices = questions.map(({ askedIn, text }) => ({ value: askedIn, label: text }));
  return [selectRow({ action: 'gap', asker, values: [] }, choices, { placeholder: texts.say('pins.chooseQuestion') })];
}

function groupTexts(groups: readonly Group[], budget: TextBudget, texts: Texts, bot: BotContext): CardText[] {
  const shown = budget.addAll(groups.slice(0, SHOWN_GROUPS).map((group) => groupText(group, texts, bot)));
  const more = groups.length - shown.length;
  return more === 0 ? shown : [...shown, ...budget.addAll([`-# ${texts.say('gaps.more', { count: more })}`])];
}

/**
 * The newest question of a group, how often and where it was asked, other wordings, and the article that came closest.
 */
function groupText(group: Group, texts: Texts, bot: BotContext): string {
  const [newest] = group;
  if (newest === undefined) return '';
  const quoted = (text: string): string => texts.say('signs.quoted', { text });
  const links = group
    .slice(0, SHOWN_LINKS)
    .map(({ link, askedAt }) => `${time(new Date(askedAt), TimestampStyles.RelativeTime)} ${link}`);
  const wordings = new Set(group.map(({ text }) => escapeToFit(oneLine(text), MAX_WORDING)));
  const otherWordings = [...wordings].slice(1, 1 + SHOWN_WORDINGS);
  const closest = newest.passageId === null ? null : findPassage(newest.passageId, bot);
  return [
    `**${quoted(escapeToFit(oneLine(newest.text), MAX_QUESTION))}**`,
    [
      texts.say('gaps.asked', { count: group.length }),
      ...(group.some(({ reason }) => reason === 'voted-wrong') ? [texts.say('gaps.votedWrong')] : []),
      ...(group.some(({ reason }) => reason === 'told') ? [texts.say('gaps.told')] : []),
      ...links,
    ].join(' · '),
    ...(otherWordings.length === 0 ? [] : [`-# ${otherWordings.map(quoted).join(' · ')}`]),
    ...(closest === null
      ? []
      : [
          `-# ${texts.say('gaps.nearest', { passage: escapeToFit(oneLine(nameOf(closest.article)), MAX_ARTICLE_NAME) })}`,
        ]),
  ].join('\n');
}

function votedText({ passageId, right, wrong }: VotedPassage, texts: Texts, bot: BotContext): string {
  const passage = findPassage(passageId, bot);
  const name = passage === null ? passageId : escapeToFit(oneLine(nameOf(passage.article)), MAX_ARTICLE_NAME);
  const opening = passage === null ? '' : `\n-# ${escapeToFit(openingLine(passage.excerpt), MAX_OPENING)}`;
  return `${texts.say('gaps.counts', { right, wrong })} · **${name}**${opening}`;
}
