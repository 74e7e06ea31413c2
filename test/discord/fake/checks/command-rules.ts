import { ApplicationCommandOptionType, ApplicationCommandType, Locale } from 'discord-api-types/v10';
import { tooLongChoiceValue } from './message-rules.js';
import { applyRules, type Finding, nestedIn, type Problem, refused } from './problem.js';

// Limits that Discord's OpenAPI document lacks. Source:
// https://docs.discord.com/developers/interactions/application-commands

/** Chat commands of an application, in each scope. */
export const MAX_CHAT_COMMANDS = 100;
/** Commands of each context menu, in each scope. 15 since 2026-03-03, 5 before. */
export const MAX_CONTEXT_MENU_COMMANDS = 15;
/**
 * Characters of the names, descriptions and choice values of one command; of each text the longest translation counts.
 */
export const MAX_COMMAND_CHARACTERS = 8_000;
/** Names of chat commands and of options. They must also be in lower case, in scripts that have it. */
export const NAME_PATTERN = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

interface Named {
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string | null>> | null;
  readonly description?: string | null;
  readonly description_localizations?: Readonly<Record<string, string | null>> | null;
}

interface Option extends Named {
  readonly type: ApplicationCommandOptionType;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly choices?: readonly (Named & { readonly value: string | number })[] | null;
  readonly options?: readonly Option[] | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly min_value?: number | null;
  readonly max_value?: number | null;
}

interface Command extends Named {
  readonly type?: ApplicationCommandType | null;
  readonly options?: readonly Option[] | null;
  readonly contexts?: readonly number[] | null;
  readonly integration_types?: readonly number[] | null;
}

/** Whether a command is registered everywhere or in one guild. */
export type CommandScope = 'global' | 'guild';

/**
 * What Discord refuses in a command although it matches Discord's schema. The body of a PATCH is not checked unless it
 * has a name: it leaves out what stays the same.
 *
 * @param at Where the command is in a list, for the problems' paths.
 */
export function problemsOfCommand(body: unknown, scope: CommandScope, at = ''): Problem[] {
  const command = body as Command;
  if (command.name === undefined) return [];
  return applyRules(commandRules, (rule) => rule(command, scope)).map((problem) => nestedIn(at, problem));
}

/** The same for the list of a bulk overwrite, which has rules of its own. */
export function problemsOfCommands(body: unknown, scope: CommandScope): Problem[] {
  const commands = body as readonly Command[];
  return [
    ...applyRules(listRules, (rule) => rule(commands)),
    ...commands.flatMap((command, index) => problemsOfCommand(command, scope, String(index))),
  ];
}

const listRules: Readonly<Record<string, (commands: readonly Command[]) => Iterable<Finding>>> = {
  *'unique command names'(commands) {
    const seen = new Set<string>();
    for (const [index, command] of commands.entries()) {
      const key = `${typeOf(command)} ${command.name}`;
      if (seen.has(key)) yield refused(`${index}.name`, `a second command named ${command.name}`);
      seen.add(key);
    }
  },

  *'number of commands'(commands) {
    const caps = [
      [ApplicationCommandType.ChatInput, MAX_CHAT_COMMANDS],
      [ApplicationCommandType.User, MAX_CONTEXT_MENU_COMMANDS],
      [ApplicationCommandType.Message, MAX_CONTEXT_MENU_COMMANDS],
    ] as const;
    for (const [type, cap] of caps) {
      const count = commands.filter((command) => typeOf(command) === type).length;
      if (count > cap) yield refused('', `${count} commands of type ${type}, at most ${cap}`);
    }
  },
};

const commandRules: Readonly<Record<string, (command: Command, scope: CommandScope) => Iterable<Finding>>> = {
  *'names of commands and options'(command) {
    const named: [Named, string][] = typeOf(command) === ApplicationCommandType.ChatInput ? [[command, '']] : [];
    for (const [{ name, name_localizations: localised }, at] of [...named, ...everyOption(command)]) {
      if (!isValidName(name))
        yield refused(
          join(at, 'name'),
          `${JSON.stringify(name)} is not a valid name: use lower case letters, digits, - and _`,
        );
      for (const [locale, localName] of Object.entries(localised ?? {})) {
        if (localName !== null && !isValidName(localName)) {
          yield refused(join(at, `name_localizations.${locale}`), `${JSON.stringify(localName)} is not a valid name`);
        }
      }
    }
  },

  *'chat command has a description'(command) {
    if (typeOf(command) === ApplicationCommandType.ChatInput && !command.description)
      yield refused('description', 'missing');
  },

  *'context menu command has no description'(command) {
    if (typeOf(command) === ApplicationCommandType.ChatInput) return;
    if (command.description) yield refused('description', 'only chat commands have one');
    if ((command.options ?? []).length > 0) yield refused('options', 'only chat commands have options');
  },

  *'required options come first'(command) {
    for (const [options, at] of everyOptionList(command)) {
      const firstOptional = options.findIndex((option) => !option.required && !isSubcommand(option));
      if (firstOptional === -1) continue;
      for (const [index, option] of options.entries()) {
        if (!option.required || index < firstOptional) continue;
        yield refused(`${at}.${index}`, `required ${option.name} after optional ${options[firstOptional]?.name}`);
      }
    }
  },

  *'unique option names'(command) {
    for (const [options, at] of everyOptionList(command)) {
      const names = options.map(({ name }) => name);
      if (new Set(names).size < names.length) yield refused(at, 'two options have the same name');
    }
  },

  *'choices exclude autocomplete'(command) {
    for (const [option, at] of everyOption(command)) {
      if (option.autocomplete && (option.choices ?? []).length > 0)
        yield refused(at, 'has both choices and autocomplete');
    }
  },

  *'string choice value length'(command) {
    for (const [option, at] of everyOption(command)) {
      for (const [index, { value }] of (option.choices ?? []).entries()) {
        yield* tooLongChoiceValue(value, `${at}.choices.${index}.value`);
      }
    }
  },

  *'subcommands are not mixed with options'(command) {
    for (const [options, at] of everyOptionList(command)) {
      const subcommands = options.filter(isSubcommand).length;
      if (subcommands > 0 && subcommands < options.length) yield refused(at, 'subcommands mixed with other options');
    }
  },

  *'known locales'(command) {
    const known = new Set<string>(Object.values(Locale));
    for (const [named, at] of everyNamed(command)) {
      for (const part of ['name_localizations', 'description_localizations'] as const) {
        for (const locale of Object.keys(named[part] ?? {})) {
          if (!known.has(locale)) yield refused(join(at, part), `unknown locale ${locale}`);
        }
      }
    }
  },

  *'total command characters'(command) {
    const characters = [...everyNamed(command)].reduce((sum, [named]) => sum + charactersOf(named), 0);
    if (characters > MAX_COMMAND_CHARACTERS)
      yield refused('', `${characters} characters, at most ${MAX_COMMAND_CHARACTERS}`);
  },

  *'contexts belong to global commands'(command, scope) {
    if (scope === 'global') return;
    if (command.contexts) yield { at: 'contexts', text: 'ignored on guild commands' };
    if (command.integration_types) yield { at: 'integration_types', text: 'ignored on guild commands' };
  },
};

function typeOf(command: Command): ApplicationCommandType {
  return command.type ?? ApplicationCommandType.ChatInput;
}

function isSubcommand({ type }: Option): boolean {
  return type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup;
}

/** Discord wants lower case in scripts that have it. */
function isValidName(name: string): boolean {
  return NAME_PATTERN.test(name) && name === name.toLowerCase();
}

function join(at: string, part: string): string {
  return at === '' ? part : `${at}.${part}`;
}

function* everyOptionList(
  parent: { readonly options?: readonly Option[] | null },
  at = 'options',
): Generator<[readonly Option[], string]> {
  const options = parent.options ?? [];
  if (options.length > 0) yield [options, at];
  for (const [index, option] of options.entries()) yield* everyOptionList(option, `${at}.${index}.options`);
}

function* everyOption(command: Command): Generator<[Option, string]> {
  for (const [options, at] of everyOptionList(command)) {
    for (const [index, option] of options.entries()) yield [option, `${at}.${index}`];
  }
}

function* everyNamed(command: Command): Generator<[Named & { readonly value?: string | number }, string]> {
  yield [command, ''];
  for (const [option, at] of everyOption(command)) {
    yield [option, at];
    for (const [index, choice] of (option.choices ?? []).entries()) yield [choice, `${at}.choices.${index}`];
  }
}

/** Of the name and the description, the longest translation counts. */
function charactersOf(named: Named & { readonly value?: string | number }): number {
  const names = [named.name, ...Object.values(named.name_localizations ?? {})];
  const descriptions = [named.description, ...Object.values(named.description_localizations ?? {})];
  const value = typeof named.value === 'string' ? named.value.length : 0;
  return longest(names) + longest(descriptions) + value;
}

function longest(texts: readonly (string | null | undefined)[]): number {
  return Math.max(...texts.map((text) => text?.length ?? 0));
}
