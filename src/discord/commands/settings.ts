import { ChannelType } from 'discord.js';
import { settingsCard } from '../cards/settings-card.js';
import { requireManagedServer } from '../context/managed-server.js';
import { Refusal } from '../context/refusal.js';
import type { SlashCommand } from './command.js';
import { OptionType, slashDefinition } from './definition.js';

/** `/settings`: the settings of a channel, a category or the whole server. Only people who manage the server may use it. */
export const SETTINGS: SlashCommand = {
  definition: slashDefinition('settings', 'managers', [
    {
      type: OptionType.Channel,
      name: 'channel',
      channel_types: [
        ChannelType.GuildText,
        ChannelType.GuildAnnouncement,
        ChannelType.GuildForum,
        ChannelType.GuildCategory,
        ChannelType.GuildVoice,
      ],
    },
    { type: OptionType.Boolean, name: 'server' },
  ]),
  isQuestion: false,
  isPrivate: () => true,
  run({ interaction, location, texts, bot }) {
    const guild = requireManagedServer(interaction);
    const { options } = interaction;
    const channelId = options.getChannel('channel')?.id ?? location.channelId ?? '';
    const channel = options.getBoolean('server') === true ? null : guild.channels.cache.get(channelId);
    if (channel === undefined) throw new Refusal('failure.unknownChannel');
    return settingsCard({ serverId: guild.id, channel, asker: interaction.user.id, texts, bot });
  },
};
