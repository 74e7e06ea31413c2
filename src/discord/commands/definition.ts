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

interface NamedTexts {
  readonly name: string;
  readonly description?: string;
  readonly options?: Readonly<Record<string, NamedTexts>>;
}

/** The locales of Discord that read a language of ours; English is what everybody else reads. */
const LOCALES: Readonly<Record<Exclude<Language, 'en'>, readonly string[]>> = {
  de: ['de'],
  fr: ['fr'],
  es: ['es-ES', 'es-419'],
  tr: ['tr'],
  ru: ['ru'],
};

/** Where a command can be used: wherever it can be, or only in servers that the bot is a member of, by those who manage them. */
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

/** An option without its texts, which stand in the translations. */
export type OptionShape = WithoutTexts<APIApplicationCommandBasicOption>;

/** What Discord shows of a slash command, in all languages. */
export function slashDefinition(
  name: SlashName,
  audience: Audience,
  options: readonly OptionShape[] = [],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const { contexts, integration_types, ...permissions } = AUDIENCES[audience];
  return {
    type: ApplicationCommandType.ChatInput,
    ...described((texts) => texts[name]),
    contexts: [...contexts],
    integration_types: [...integration_types],
    ...permissions,
    options: options.map((option) => ({
      ...option,
      ...described((texts) => texts[name].options?.[option.name] ?? { name: option.name }),
    })),
  };
}

/** What Discord shows of a command in the menu of a message. */
export function menuDefinition(name: MenuName): RESTPostAPIContextMenuApplicationCommandsJSONBody {
  const { contexts, integration_types } = AUDIENCES.everyone;
  const { name: shown, name_localizations } = described((texts) => texts[name]);
  return {
    type: ApplicationCommandType.Message,
    name: shown,
    name_localizations,
    contexts: [...contexts],
    integration_types: [...integration_types],
  };
}

function described(textsOf: (commands: Readonly<Record<keyof CommandTexts, NamedTexts>>) => NamedTexts): {
  name: string;
  name_localizations: LocalizationMap;
  description: string;
  description_localizations: LocalizationMap;
} {
  const english = textsOf(TRANSLATIONS.en.commands);
  const localised = (part: 'name' | 'description'): LocalizationMap =>
    Object.fromEntries(
      Object.entries(LOCALES).flatMap(([language, locales]) => {
        const text = textsOf(TRANSLATIONS[language as Language].commands)[part];
        return text === undefined ? [] : locales.map((locale) => [locale, text] as const);
      }),
    );
  return {
    name: english.name,
    name_localizations: localised('name'),
    description: english.description ?? '',
    description_localizations: localised('description'),
  };
}

export { ApplicationCommandOptionType as OptionType };
