import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type LocalizationMap,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { en } from '../locales/en.js';
import type { Language } from '../locales/texts.js';
import { TRANSLATIONS } from '../locales/texts.js';

type CommandTexts = (typeof en)['commands'];
type SlashName = {
  [Name in keyof CommandTexts]: CommandTexts[Name] extends { description: string } ? Name : never;
}[keyof CommandTexts];
type MenuName = Exclude<keyof CommandTexts, SlashName>;

/** The texts of a command or option. Context-menu commands have no description. */
interface NamedTexts {
  readonly name: string;
  readonly description?: string;
  readonly options?: Readonly<Record<string, NamedTexts>>;
}

type AllCommandTexts = Readonly<Record<keyof CommandTexts, NamedTexts>>;

/** The Discord locales of each language. All other locales see English. */
const LOCALES: Readonly<Record<Exclude<Language, 'en'>, readonly string[]>> = {
  de: ['de'],
  fr: ['fr'],
  es: ['es-ES', 'es-419'],
  tr: ['tr'],
  ru: ['ru'],
};

/**
 * Who can use a command, and where.
 *
 * - `everyone`: anyone, in servers, direct messages and group chats, whether the app is installed in the server or to
 *   their account.
 * - `managers`: people who manage a server that the bot is a member of. Its admins can allow others in Discord's own
 *   settings.
 * - `moderators`: people who may manage the messages of such a server.
 */
export type Audience = 'everyone' | 'managers' | 'moderators';

const IN_SERVERS = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} as const;

const AUDIENCES = {
  everyone: {
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  },
  managers: { ...IN_SERVERS, default_member_permissions: String(PermissionFlagsBits.ManageGuild) },
  moderators: { ...IN_SERVERS, default_member_permissions: String(PermissionFlagsBits.ManageMessages) },
} as const;

type WithoutTexts<Option> = Option extends APIApplicationCommandBasicOption ? Omit<Option, 'description'> : never;

/** An option without its texts, which come from the translations. */
export type OptionShape = WithoutTexts<APIApplicationCommandBasicOption>;

/** A subcommand with its options, without its texts. */
export interface SubcommandShape {
  readonly name: string;
  /** Default: none. */
  readonly options?: readonly OptionShape[];
}

/**
 * Defines a slash command with its texts in all languages.
 *
 * @param name The command's key in the translations, and its English name.
 * @param audience Who can use it, and where.
 * @param options Their names are keys in the translations too.
 */
export function slashDefinition(
  name: SlashName,
  audience: Audience,
  options: readonly OptionShape[] = [],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    ...commandDefinition(name, audience),
    options: optionDefinitions(options, (texts) => texts[name]),
  };
}

/**
 * Defines a slash command that consists of subcommands, with its texts in all languages.
 *
 * @param subcommands Their names are keys in the translations too.
 */
export function subcommandsDefinition(
  name: SlashName,
  audience: Audience,
  subcommands: readonly SubcommandShape[],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    ...commandDefinition(name, audience),
    options: subcommands.map(({ name: subcommand, options = [] }): APIApplicationCommandSubcommandOption => {
      const textsOf = (texts: AllCommandTexts): NamedTexts => texts[name].options?.[subcommand] ?? { name: subcommand };
      return {
        type: ApplicationCommandOptionType.Subcommand,
        ...localisedTexts(textsOf),
        options: optionDefinitions(options, textsOf),
      };
    }),
  };
}

function commandDefinition(
  name: SlashName,
  audience: Audience,
): Omit<RESTPostAPIChatInputApplicationCommandsJSONBody, 'options'> {
  const { contexts, integration_types, ...permissions } = AUDIENCES[audience];
  return {
    type: ApplicationCommandType.ChatInput,
    ...localisedTexts((texts) => texts[name]),
    contexts: [...contexts],
    integration_types: [...integration_types],
    ...permissions,
  };
}

/** @param textsOf Returns the texts of what the options belong to. */
function optionDefinitions(
  options: readonly OptionShape[],
  textsOf: (texts: AllCommandTexts) => NamedTexts,
): APIApplicationCommandBasicOption[] {
  return options.map((option) => ({
    ...option,
    ...localisedTexts((texts) => textsOf(texts).options?.[option.name] ?? { name: option.name }),
  }));
}

/**
 * Defines a command in the context menu of a message, with its name in all languages.
 *
 * @param name The command's key in the translations.
 * @param audience Who can use it, and where.
 */
export function menuDefinition(name: MenuName, audience: Audience): RESTPostAPIContextMenuApplicationCommandsJSONBody {
  const { contexts, integration_types, ...permissions } = AUDIENCES[audience];
  const { name: englishName, name_localizations } = localisedTexts((texts) => texts[name]);
  return {
    type: ApplicationCommandType.Message,
    name: englishName,
    name_localizations,
    contexts: [...contexts],
    integration_types: [...integration_types],
    ...permissions,
  };
}

function localisedTexts(textsOf: (commands: AllCommandTexts) => NamedTexts): {
  name: string;
  name_localizations: LocalizationMap;
  description: string;
  description_localizations: LocalizationMap;
} {
  const english = textsOf(TRANSLATIONS.en.commands);
  const localise = (part: 'name' | 'description'): LocalizationMap =>
    Object.fromEntries(
      Object.entries(LOCALES).flatMap(([language, locales]) => {
        const text = textsOf(TRANSLATIONS[language as Language].commands)[part];
        return text === undefined ? [] : locales.map((locale) => [locale, text] as const);
      }),
    );
  return {
    name: english.name,
    name_localizations: localise('name'),
    description: english.description ?? '',
    description_localizations: localise('description'),
  };
}

/** The types of a command's options. */
export { ApplicationCommandOptionType as OptionType };
