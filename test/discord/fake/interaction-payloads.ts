import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  type GatewayInteractionCreateDispatchData,
  InteractionContextType,
  InteractionType,
} from 'discord-api-types/v10';
import { isDirect } from './channels.js';
import type { Interaction } from './interactions.js';
import { DEFAULT_LOCALE, memberPayload, PERMISSIONS, permissionsWith } from './payloads.js';
import type { World } from './world.js';

export type OptionValue = string | number | boolean;
export type OptionValues = Readonly<Record<string, OptionValue>>;

const ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;

/** The d of INTERACTION_CREATE. */
export function interactionPayload(
  world: World,
  interaction: Interaction,
  data: object,
): GatewayInteractionCreateDispatchData {
  const { id, token, type, userId, locale, permissions, channelId, message } = interaction;
  const channel = world.channel(channelId);
  const user = world.user(userId);
  const guildLocale = world.isForeign(channelId) ? DEFAULT_LOCALE : world.guild.locale;
  return {
    id,
    token,
    type,
    version: 1,
    application_id: world.bot.id,
    data,
    // discord.js needs the channel itself; from channel_id alone it makes null.
    channel: { ...world.channelPayload(channel), permissions: PERMISSIONS },
    channel_id: channelId,
    ...(isDirect(channel)
      ? { user }
      : {
          guild_id: channel.guildId,
          guild: { id: channel.guildId, locale: guildLocale, features: [] },
          guild_locale: guildLocale,
          member: { ...memberPayload(), user, permissions: permissionsWith(permissions) },
        }),
    ...(message && { message: world.asShownTo(message, true) }),
    app_permissions: PERMISSIONS,
    locale,
    entitlements: [],
    authorizing_integration_owners: installedBy(world, interaction),
    context: contextOf(world, channelId),
    attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
  } as unknown as GatewayInteractionCreateDispatchData;
}

/** Who installed the bot so that it is used here: the guild, or, where it is not, the person. */
export function installedBy(
  world: World,
  { channelId, userId, message }: Pick<Interaction, 'channelId' | 'userId' | 'message'>,
): Readonly<Record<string, string>> {
  if (!world.isForeign(channelId))
    return { [ApplicationIntegrationType.GuildInstall]: world.guildIdOf(channelId) ?? '0' };
  const ran = message?.payload.interaction_metadata?.user.id;
  return { [ApplicationIntegrationType.UserInstall]: ran ?? userId };
}

function contextOf(world: World, channelId: string): InteractionContextType {
  if (world.guildIdOf(channelId) !== undefined) return InteractionContextType.Guild;
  return world.isForeign(channelId) ? InteractionContextType.PrivateChannel : InteractionContextType.BotDM;
}

export interface CommandCall {
  readonly options: OptionValues;
  /** "sub" or "group sub". */
  readonly subcommand: string | undefined;
  /** The option being typed, for autocomplete. */
  readonly focused?: string;
}

/** The data of a command interaction. Throws where Discord's own client would not let a person send it. */
export function commandData(
  command: APIApplicationCommand,
  { options, subcommand, focused }: CommandCall,
  { world, channelId }: { readonly world: World; readonly channelId: string },
): object {
  const path = subcommand?.split(' ') ?? [];
  const definitions = path.reduce<readonly APIApplicationCommandOption[]>(
    (within, name) =>
      optionsOf(
        within.find((option) => option.name === name),
        `${command.name} ${subcommand}`,
      ),
    command.options ?? [],
  );
  const filled = fillOptions(command.name, definitions, options, focused);
  for (const { name, channel_types: types } of definitions as readonly OptionLimits[]) {
    const chosen = options[name];
    if (!types || chosen === undefined || focused !== undefined) continue;
    const { type } = world.channel(String(chosen));
    if (!types.includes(type)) throw new Error(`Option ${name} offers channels of type ${types.join()}, not ${type}`);
  }
  const nested = path.reduceRight<readonly object[]>((inner, name, depth) => {
    const isGroup = depth < path.length - 1;
    return [
      {
        name,
        type: isGroup ? ApplicationCommandOptionType.SubcommandGroup : ApplicationCommandOptionType.Subcommand,
        options: inner,
      },
    ];
  }, filled);
  // What is still being typed was not chosen yet.
  const resolved =
    focused === undefined ? resolvedOptions(world, filled, world.guildIdOf(channelId) !== undefined) : {};
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    options: nested,
    ...(Object.keys(resolved).length > 0 && { resolved }),
    ...(command.guild_id !== undefined && { guild_id: world.guild.id }),
  };
}

/** The ids of the people chosen in options of a command, wherever they are nested. */
export function chosenUsers(data: object): string[] {
  const { options = [] } = data as { readonly options?: readonly (FilledOption & { readonly options?: object })[] };
  return options.flatMap((option) =>
    option.type === ApplicationCommandOptionType.User ? [String(option.value)] : chosenUsers(option),
  );
}

interface FilledOption {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  readonly value: OptionValue;
  readonly focused?: boolean;
}

/** The people and channels behind the ids that were chosen. Members come without the user, who is beside them. */
function resolvedOptions(world: World, options: readonly FilledOption[], isInGuild: boolean): object {
  const idsOf = (wanted: ApplicationCommandOptionType) =>
    options.filter(({ type }) => type === wanted).map(({ value }) => String(value));
  const byId = <T>(ids: readonly string[], make: (id: string) => T) =>
    Object.fromEntries(ids.map((id) => [id, make(id)]));
  const users = idsOf(ApplicationCommandOptionType.User);
  const channels = idsOf(ApplicationCommandOptionType.Channel);
  const { mute: _mute, deaf: _deaf, ...member } = memberPayload();
  return {
    ...(users.length > 0 && { users: byId(users, (id) => world.user(id)) }),
    ...(users.length > 0 && isInGuild && { members: byId(users, () => ({ ...member, permissions: PERMISSIONS })) }),
    ...(channels.length > 0 && { channels: byId(channels, (id) => resolvedChannel(world, id)) }),
  };
}

function resolvedChannel(world: World, id: string): object {
  const { permission_overwrites: _overwrites, ...payload } = world.channelPayload(world.channel(id));
  return { ...payload, permissions: PERMISSIONS };
}

/** A command that works in this place, or an error that lists what there is. */
export function findCommand(
  world: World,
  { name, type, channelId }: { readonly name: string; readonly type: number; readonly channelId: string },
): APIApplicationCommand {
  const context = contextOf(world, channelId);
  const install = world.isForeign(channelId)
    ? ApplicationIntegrationType.UserInstall
    : ApplicationIntegrationType.GuildInstall;
  const all = [...world.guildCommands, ...world.globalCommands];
  const works = (command: APIApplicationCommand) => worksIn(command, context, install);
  const found = all.find((command) => command.name === name && command.type === type && works(command));
  if (found) return found;
  const known = all.map((command) => `${command.name} (type ${command.type}${works(command) ? '' : ', not here'})`);
  const place = `context ${context}, installation ${install}`;
  throw new Error(`No command ${name} of type ${type} in ${place}. Registered: ${known.join(', ') || 'none'}`);
}

interface PressableComponent {
  readonly custom_id?: string;
  readonly disabled?: boolean;
  readonly components?: readonly PressableComponent[];
  readonly accessory?: PressableComponent;
}

/** The component with a custom id, wherever it is nested. */
export function findComponent(components: readonly object[], customId: string): PressableComponent | undefined {
  for (const component of components as readonly PressableComponent[]) {
    if (component.custom_id === customId) return component;
    const nested = [...(component.components ?? []), ...(component.accessory ? [component.accessory] : [])];
    const found = findComponent(nested, customId);
    if (found) return found;
  }
  return undefined;
}

export function interactionLabel(type: InteractionType, name: string): string {
  switch (type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return `autocomplete of /${name}`;
    case InteractionType.MessageComponent:
      return `component ${name}`;
    default:
      return `/${name}`;
  }
}

function worksIn(
  command: APIApplicationCommand,
  context: InteractionContextType,
  install: ApplicationIntegrationType,
): boolean {
  const isDirect = context === InteractionContextType.BotDM;
  const isHome = install === ApplicationIntegrationType.GuildInstall;
  if (command.guild_id !== undefined) return isHome && !isDirect;
  // Direct messages with the bot do not depend on who installed it.
  const isInstalled =
    isDirect || (command.integration_types ?? [ApplicationIntegrationType.GuildInstall]).includes(install);
  const isWanted = command.contexts ? command.contexts.includes(context) : !isDirect || command.dm_permission !== false;
  return isInstalled && isWanted;
}

function optionsOf(
  option: APIApplicationCommandOption | undefined,
  path: string,
): readonly APIApplicationCommandOption[] {
  const isParent =
    option?.type === ApplicationCommandOptionType.Subcommand ||
    option?.type === ApplicationCommandOptionType.SubcommandGroup;
  if (!isParent) throw new Error(`/${path} is not registered`);
  return option.options ?? [];
}

/** An option as registered, with the limits that only some types have. */
interface OptionLimits {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly value: string | number }[];
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_value?: number;
  readonly max_value?: number;
  readonly channel_types?: readonly number[];
}

function fillOptions(
  commandName: string,
  definitions: readonly APIApplicationCommandOption[],
  values: OptionValues,
  focused: string | undefined,
): FilledOption[] {
  const known = definitions as readonly OptionLimits[];
  const stranger = Object.keys(values).find((name) => !known.some((option) => option.name === name));
  if (stranger !== undefined)
    throw new Error(`/${commandName} has no option ${stranger}. It has: ${known.map(({ name }) => name).join(', ')}`);
  // While a person types, nothing is validated and required options may still be missing.
  const isTyping = focused !== undefined;
  if (isTyping && !known.some(({ name, autocomplete }) => name === focused && autocomplete)) {
    throw new Error(`Option ${focused} of /${commandName} has no autocomplete`);
  }
  const missing = known.find(({ name, required }) => required && values[name] === undefined);
  if (missing && !isTyping) throw new Error(`/${commandName} needs the option ${missing.name}`);
  return known.flatMap((option) => {
    const value = values[option.name];
    if (value === undefined)
      return option.name === focused ? [{ name: option.name, type: option.type, value: '', focused: true }] : [];
    if (!isTyping) refuseValue(commandName, option, value);
    return [{ name: option.name, type: option.type, value, ...(option.name === focused && { focused: true }) }];
  });
}

function refuseValue(commandName: string, option: OptionLimits, value: OptionValue): void {
  const size = typeof value === 'number' ? value : String(value).length;
  const least = typeof value === 'number' ? option.min_value : option.min_length;
  const most = typeof value === 'number' ? option.max_value : option.max_length;
  const isChoice = !option.choices || option.choices.some((choice) => choice.value === value);
  const isType = typeof value === (JAVASCRIPT_TYPES[option.type] ?? 'string');
  if (isType && isChoice && size >= (least ?? size) && size <= (most ?? size)) return;
  throw new Error(
    `Discord would not let a person send ${JSON.stringify(value)} as ${option.name} of /${commandName}: ${JSON.stringify(option)}`,
  );
}

const JAVASCRIPT_TYPES: Readonly<Partial<Record<ApplicationCommandOptionType, string>>> = {
  [ApplicationCommandOptionType.Integer]: 'number',
  [ApplicationCommandOptionType.Number]: 'number',
  [ApplicationCommandOptionType.Boolean]: 'boolean',
};
