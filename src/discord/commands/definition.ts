import {
  type APIApplicationCommandBasicOption,
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
 */
export type Audience = 'everyone' | 'managers';

const AUDIENCES = {
  everyone: {
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  },
  managers: {
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  },
} as const;

type WithoutTexts<Option> = Option extends APIApplicationCommandBasicOption ? Omit<Option, 'description'> : never;

/** An option without its texts, which come from the translations. */
export type OptionShape = WithoutTexts<APIApplicationCommandBasicOption>;

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
  const { contexts, integration_types, ...permissions } = AUDIENCES[audience];
  return {
    type: ApplicationCommandType.ChatInput,
    ...localisedTexts((texts) => texts[name]),
    contexts: [...contexts],
    integration_types: [...integration_types],
    ...permissions,
    options: options.map((option) => ({
      ...option,
      ...localisedTexts((texts) => texts[name].options?.[option.name] ?? { name: option.name }),
    })),
  };
}

/**
 * Defines a command in the context menu of a message, with its name in all languages. Everyone can use it.
 *
 * @param name The command's key in the translations.
 */
export function menuDefinition(name: MenuName): RESTPostAPIContextMenuApplicationCommandsJSONBody {
  const { contexts, integration_types } = AUDIENCES.everyone;
  const { name: englishName, name_localizations } = localisedTexts((texts) => texts[name]);
  return {
    type: ApplicationCommandType.Message,
    name: englishName,
    name_localizations,
    contexts: [...contexts],
    integration_types: [...integration_types],
  };
}

function localisedTexts(textsOf: (commands: Readonly<Record<keyof CommandTexts, NamedTexts>>) => NamedTexts): {
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
