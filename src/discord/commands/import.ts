import { sameQuestionAs } from '../../answering/pins/same-question.js';
import { type ImportProblem, parseServerExport } from '../../community/server-export.js';
import { textCard } from '../cards/card.js';
import { requireManagedServer } from '../context/managed-server.js';
import { Refusal } from '../context/refusal.js';
import type { TextKey } from '../locales/translation.js';
import { downloadAttachment } from '../sending/download-attachment.js';
import { logChange } from '../sending/log-change.js';
import type { SlashCommand } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

/** Enough for 500 pins and 60,000 votes. */
const MAX_BYTES = 10_000_000;

const PROBLEM_KEYS = {
  unreadable: 'exports.unreadable',
  newer: 'exports.newer',
} as const satisfies Record<ImportProblem, TextKey>;

/** `/import`: puts back what `/export` has written. Only people who manage the server may use it, and only they see it. */
export const IMPORT: SlashCommand = {
  definition: slashDefinition('import', 'managers', [{ type: OptionType.Attachment, name: 'file', required: true }]),
  isQuestion: false,
  isPrivate: () => true,
  async run({ interaction, texts, bot }) {
    const guild = requireManagedServer(interaction);
    const attachment = interaction.options.getAttachment('file', true);
    if (attachment.size > MAX_BYTES) throw new Refusal('exports.tooLarge');
    const text = await downloadAttachment(attachment.url, { maxBytes: MAX_BYTES, api: bot.client().options.rest?.api });
    if (text === null) throw new Refusal('exports.notLoaded');
    const data = parseServerExport(text);
    if (typeof data === 'string') throw new Refusal(PROBLEM_KEYS[data]);
    const { settings, pins, votes, leftOut } = bot.community.importServer(data, {
      serverId: guild.id,
      hasChannel: (channelId) => guild.channels.cache.has(channelId),
      hasRole: (roleId) => guild.roles.cache.has(roleId),
      sameQuestionAs,
    });
    bot.log.info({ server: guild.id, person: interaction.user.id, settings, pins, votes, leftOut }, 'server imported');
    await logChange(
      guild,
      (inLog) => inLog.say('log.imported', { person: `<@${interaction.user.id}>` }),
      interaction.id,
      bot,
    );
    const done = texts.say('exports.imported', { settings, pins, votes });
    return textCard(leftOut === 0 ? done : `${done} ${texts.say('exports.leftOut', { count: leftOut })}`);
  },
};
