import { extname } from 'node:path';
import { textCard } from '../cards/card.js';
import { addArticle, requireAddingServer } from '../context/adding.js';
import { Refusal } from '../context/refusal.js';
import { escapeToFit, sanitize } from '../format/markdown.js';
import { downloadAttachment } from '../sending/download-attachment.js';
import type { SlashCommand } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

const MAX_BYTES = 1_000_000;
const MAX_NAME = 80;
/** The file types that hold one article each. */
const EXTENSIONS = ['.txt', '.md', '.markdown', '.mdx', '.html', '.htm', '.xhtml', '.srt', '.vtt'];

/** `/add`: makes a file an article of the server. Only people who may manage messages may use it, and only they see it. */
export const ADD: SlashCommand = {
  definition: slashDefinition('add', 'moderators', [{ type: OptionType.Attachment, name: 'file', required: true }]),
  isQuestion: false,
  isPrivate: () => true,
  async run({ interaction, location, texts, bot }) {
    const serverId = requireAddingServer(interaction, location);
    const attachment = interaction.options.getAttachment('file', true);
    const fileName = safeName(attachment.name);
    if (!EXTENSIONS.includes(extname(fileName).toLowerCase())) throw new Refusal('added.wrongType');
    if (attachment.size > MAX_BYTES) throw new Refusal('added.tooLarge');
    const api = bot.client().options.rest?.api;
    const content = await downloadAttachment(attachment.url, { maxBytes: MAX_BYTES, api });
    if (content === null) throw new Refusal('exports.notLoaded');
    const article = { title: fileName, fileName, content, serverId, addedBy: interaction.user.id };
    await addArticle(
      { ...article, channelId: null, messageId: null, url: null, authorId: null, authorName: null },
      bot,
    );
    return textCard(texts.say('added.done', { title: escapeToFit(fileName, MAX_NAME) }));
  },
};

/** The name of a file, without anything that could lead out of its folder. */
function safeName(name: string): string {
  const safe = sanitize(name)
    .replace(/[^\p{L}\p{N} ._-]/gu, '_')
    .replace(/^[. ]+/, '');
  const extension = extname(safe);
  return `${safe.slice(0, safe.length - extension.length).slice(0, MAX_NAME - extension.length) || 'file'}${extension}`;
}
