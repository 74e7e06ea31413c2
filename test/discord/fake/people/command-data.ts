import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
} from 'discord-api-types/v10';
import { EVERYONE_PERMISSIONS, memberPayload } from '../payloads/guild-payloads.js';
import type { World } from '../world/world.js';

/** What a person enters into an option. People and channels are entered by id. */
export type OptionValue = string | number | boolean;

/** Values of options by name. */
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** What a person enters into a chat command. */
export interface CommandInput {
  readonly options: OptionValues;
  /** "sub" or "group sub". */
  readonly subcommand: string | undefined;
  /** The option being typed, for autocomplete. */
  readonly focused?: string;
}

interface FilledOption {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  readonly value: OptionValue;
  readonly focused?: boolean;
}

/** An option as registered, with the limits that only some types have. */
interface OptionDefinition {
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

/**
 * The `data` of a command interaction.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-data-structure
 *
 * @throws {Error} where Discord's own client would not let a person send the input: an unknown or missing option, a
 *   value outside the limits or choices, a channel of another type.
 */
export function commandData(
  command: APIApplicationCommand,
  { options, subcommand, focused }: CommandInput,
  { world, channelId }: { readonly world: World; readonly channelId: string },
): object {
  const path = subcommand?.split(' ') ?? [];
  const definitions = optionsAt(command, path);
  const filled = fillOptions(command.name, definitions, options, focused);
  // What is still being typed has not been chosen, so nothing is checked or resolved.
  const isTyping = focused !== undefined;
  if (!isTyping) refuseWrongChannels(world, definitions, options);
  const isInGuild = world.guildIdOf(channelId) !== undefined;
  const resolved = isTyping ? {} : resolvedOptions(world, filled, isInGuild);
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    options: nestOptions(path, filled),
    ...(Object.keys(resolved).length > 0 && { resolved }),
    ...(command.guild_id !== undefined && { guild_id: world.guild.id }),
  };
}

/** Ids of the people chosen in the options of an interaction's `data`, however deeply nested. */
export function chosenUsers(data: object): string[] {
  const { options = [] } = data as { readonly options?: readonly (FilledOption & { readonly options?: object })[] };
  return options.flatMap((option) =>
    option.type === ApplicationCommandOptionType.User ? [String(option.value)] : chosenUsers(option),
  );
}

/** The options of a command, or of the subcommand that the path leads to. */
function optionsAt(command: APIApplicationCommand, path: readonly string[]): readonly OptionDefinition[] {
  let options: readonly APIApplicationCommandOption[] = command.options ?? [];
  for (const name of path) {
    const found = options.find((option) => option.name === name);
    const isParent =
      found?.type === ApplicationCommandOptionType.Subcommand ||
      found?.type === ApplicationCommandOptionType.SubcommandGroup;
    if (!isParent) throw new Error(`/${command.name} ${path.join(' ')} is not registered`);
    options = found.options ?? [];
  }
  return options;
}

function nestOptions(path: readonly string[], filled: readonly object[]): readonly object[] {
  return path.reduceRight<readonly object[]>((options, name, depth) => {
    const isGroup = depth < path.length - 1;
    const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
    return [{ name, type: isGroup ? SubcommandGroup : Subcommand, options }];
  }, filled);
}

function fillOptions(
  commandName: string,
  definitions: readonly OptionDefinition[],
  values: OptionValues,
  focused: string | undefined,
): FilledOption[] {
  const unknown = Object.keys(values).find((name) => !definitions.some((option) => option.name === name));
  if (unknown !== undefined) {
    const known = definitions.map(({ name }) => name).join(', ');
    throw new Error(`/${commandName} has no option ${unknown}. It has: ${known}`);
  }
  // While a person types, nothing is validated and required options may still be missing.
  const isTyping = focused !== undefined;
  if (isTyping && !definitions.some(({ name, autocomplete }) => name === focused && autocomplete)) {
    throw new Error(`Option ${focused} of /${commandName} has no autocomplete`);
  }
  const missing = definitions.find(({ name, required }) => required && values[name] === undefined);
  if (missing && !isTyping) throw new Error(`/${commandName} needs the option ${missing.name}`);
  return definitions.flatMap((option) => {
    const { name, type } = option;
    const value = values[name];
    if (value === undefined) return name === focused ? [{ name, type, value: '', focused: true }] : [];
    if (!isTyping) refuseValue(commandName, option, value);
    return [{ name, type, value, ...(name === focused && { focused: true }) }];
  });
}

function refuseValue(commandName: string, option: OptionDefinition, value: OptionValue): void {
  const isNumber = typeof value === 'number';
  const size = isNumber ? value : String(value).length;
  const min = (isNumber ? option.min_value : option.min_length) ?? size;
  const max = (isNumber ? option.max_value : option.max_length) ?? size;
  const isChoice = !option.choices || option.choices.some((choice) => choice.value === value);
  const isType = typeof value === (JAVASCRIPT_TYPES[option.type] ?? 'string');
  if (isType && isChoice && size >= min && size <= max) return;
  throw new Error(
    `Discord would not let a person send ${JSON.stringify(value)} as ${option.name} of /${commandName}: ${JSON.stringify(option)}`,
  );
}

/** The type of the values of options. All others are strings. */
const JAVASCRIPT_TYPES: Readonly<Partial<Record<ApplicationCommandOptionType, string>>> = {
  [ApplicationCommandOptionType.Integer]: 'number',
  [ApplicationCommandOptionType.Number]: 'number',
  [ApplicationCommandOptionType.Boolean]: 'boolean',
};

function refuseWrongChannels(world: World, definitions: readonly OptionDefinition[], values: OptionValues): void {
  for (const { name, channel_types: types } of definitions) {
    const chosen = values[name];
    if (!types || chosen === undefined) continue;
    const { type } = world.channel(String(chosen));
    if (!types.includes(type)) throw new Error(`Option ${name} offers channels of type ${types.join()}, not ${type}`);
  }
}

/** The people and channels that were chosen, by id. Members come without their user, which is next to them. */
function resolvedOptions(world: World, options: readonly FilledOption[], isInGuild: boolean): object {
  const idsOf = (wanted: ApplicationCommandOptionType) =>
    options.filter(({ type }) => type === wanted).map(({ value }) => String(value));
  const byId = <T>(ids: readonly string[], make: (id: string) => T) =>
    Object.fromEntries(ids.map((id) => [id, make(id)]));
  const users = idsOf(ApplicationCommandOptionType.User);
  const channels = idsOf(ApplicationCommandOptionType.Channel);
  const files = idsOf(ApplicationCommandOptionType.Attachment);
  return {
    ...(users.length > 0 && { users: byId(users, (id) => world.user(id)) }),
    ...(users.length > 0 && isInGuild && { members: byId(users, resolvedMember) }),
    ...(channels.length > 0 && { channels: byId(channels, (id) => resolvedChannel(world, id)) }),
    ...(files.length > 0 && { attachments: byId(files, (id) => resolvedFile(world, id)) }),
  };
}

function resolvedMember(): object {
  const { mute: _mute, deaf: _deaf, ...member } = memberPayload();
  return { ...member, permissions: EVERYONE_PERMISSIONS };
}

function resolvedFile({ attachedFiles }: World, id: string): object {
  const file = attachedFiles.get(id);
  if (file === undefined) throw new Error(`No file ${id}`);
  const { name, data, url } = file;
  return { id, filename: name, size: Buffer.byteLength(data), url, proxy_url: url, ephemeral: true };
}

function resolvedChannel(world: World, id: string): object {
  const { permission_overwrites: _overwrites, ...payload } = world.channelPayload(world.channel(id));
  return { ...payload, permissions: EVERYONE_PERMISSIONS };
}
