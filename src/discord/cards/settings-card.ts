import { type GuildBasedChannel, PermissionFlagsBits, type Snowflake } from 'discord.js';
import type { ChannelSettings } from '../../community/setting-values.js';
import type { BotContext } from '../context/bot-context.js';
import { selectRow } from '../format/action-rows.js';
import { LIMITS } from '../format/limits.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';
import type { TextKey } from '../locales/translation.js';
import { ACCENTS } from './accents.js';
import { type Card, makeCard } from './card.js';
import { choicesOf, SHOWN_SETTINGS, type ShownSetting, textOfValue } from './setting-choices.js';

/** Of a value in words: the names of collections may be long, and many. */
const MAX_VALUE = 150;

/** What is being set. */
export interface SettingsView {
  readonly serverId: Snowflake;
  /** Null: what holds in the whole server. */
  readonly channel: GuildBasedChannel | null;
  readonly asker: Snowflake;
  readonly texts: Texts;
  readonly bot: BotContext;
}

/** The settings of a channel or a server, each with a list to choose from. */
export function settingsCard({ serverId, channel, asker, texts, bot }: SettingsView): Card {
  const place = channel?.id ?? serverId;
  const { settings: store } = bot.community;
  const stated = store.ownSettings(place);
  const inForce = store.resolve([place, serverId]);
  const inherited = store.resolve(channel === null ? [] : [serverId]);
  const collections = bot.engine().library.collections();
  const shown = (Object.values(SHOWN_SETTINGS) as ShownSetting[]).filter(
    ({ isOfServer }) => channel === null || !isOfServer,
  );
  const missing = channel === null ? [] : missingPermissions(channel, inForce, bot);
  return makeCard({
    accent: ACCENTS.plain,
    write: (room) => [
      room.add(
        texts.say('settings.heading', { place: channel === null ? texts.say('settings.server') : `<#${channel.id}>` }),
      ),
      missing.length === 0
        ? null
        : room.add(
            texts.say('settings.needsPermission', {
              permissions: new Intl.ListFormat(texts.language).format(missing.map((key) => texts.say(key))),
            }),
          ),
      bot.readsMessages ? null : room.add(texts.say('settings.needsContent')),
      ...room.addAll(
        shown.map((setting) => {
          const value = escapeToFit(textOfValue(setting, inForce[setting.name], collections, texts), MAX_VALUE);
          const help = setting.help === null ? '' : `\n-# ${texts.say(setting.help)}`;
          const mark = setting.needsContent && !bot.readsMessages ? ' ⚠️' : '';
          const from =
            channel !== null && stated[setting.name] === undefined ? ` (${texts.say('settings.inherited')})` : '';
          return `${texts.say('settings.line', { setting: texts.say(setting.label), value })}${from}${mark}${help}`;
        }),
      ),
    ],
    rows: shown.map((setting) => {
      const choices = choicesOf(
        setting,
        stated[setting.name],
        inherited[setting.name],
        channel === null,
        collections,
        texts,
      );
      return selectRow({ action: 'setting', asker, values: [place, setting.name] }, choices, {
        maxValues: setting.name === 'collections' ? LIMITS.options : 1,
      });
    }),
  });
}

/** What the bot lacks to answer in a channel. */
function missingPermissions(
  channel: GuildBasedChannel,
  { replyPlace }: ChannelSettings,
  { client }: BotContext,
): TextKey[] {
  const has = channel.permissionsFor(client().user);
  const needed: [bigint, TextKey][] = [
    [PermissionFlagsBits.ViewChannel, 'settings.permissionView'],
    [PermissionFlagsBits.SendMessages, 'settings.permissionSend'],
    [PermissionFlagsBits.ReadMessageHistory, 'settings.permissionHistory'],
  ];
  if (replyPlace === 'thread')
    needed.push([
      PermissionFlagsBits.CreatePublicThreads | PermissionFlagsBits.SendMessagesInThreads,
      'settings.permissionThreads',
    ]);
  return has === null ? [] : needed.filter(([permission]) => !has.has(permission)).map(([, key]) => key);
}
