import { ApplicationCommandOptionType, ApplicationCommandType, Locale } from 'discord-api-types/v10';
import { applyRules, MAX_STRING_CHOICE_VALUE_CHARACTERS, type Problem, refused } from './message-rules.js';

// Source: https://docs.discord.com/developers/interactions/application-commands
export const MAX_CHAT_COMMANDS = 100;
/** 15 since 2026-03-03, 5 before. */
export const MAX_CONTEXT_MENU_COMMANDS = 15;
export const MAX_COMMAND_CHARACTERS = 8_000;
export const MAX_CHOICES = 25;
export const NAME_PATTERN = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

interface Named {
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string | null>> | null;
  readonly description?: string | null;
  readonly description_localizations?: Readonly<Record<string, string | null>> | null;
}

interface Option extends Named {
  readonly type: number;
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
  readonly type?: number | null;
  readonly options?: readonly Option[] | null;
  readonly contexts?: readonly number[] | null;
  readonly integration_types?: readonly number[] | null;
}

export type CommandScope = 'global' | 'guild';

type Finding = Omit<Problem, 'rule'>;

/** What Discord's schema lets through in one command although Discord does not. */
export function problemsOfCommand(body: unknown, scope: CommandScope, at = ''): Problem[] {
  const command = body as Command;
  // A patch leaves out what stays as it is, its name for example.
  if (command.name === undefined) return [];
  return applyRules(commandRules, (rule) => rule(command, scope)).map((problem) => ({
    ...problem,
    at: [at, problem.at].filter(Boolean).join('.'),
  }));
}

/** The same for the whole list of a bulk overwrite. */
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
      if (!isGoodName(name))
        yield refused(join(at, 'name'), `${JSON.stringify(name)} is no name: lower case letters, digits, - and _`);
      for (const [locale, localName] of Object.entries(localised ?? {})) {
        if (localName !== null && !isGoodName(localName)) {
          yield refused(join(at, `name_localizations.${locale}`), `${JSON.stringify(localName)} is no name`);
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
        yield refused(at, 'choices together with autocomplete');
    }
  },

  *'string choice value length'(command) {
    for (const [option, at] of everyOption(command)) {
      for (const [index, { value }] of (option.choices ?? []).entries()) {
        if (typeof value === 'string' && value.length > MAX_STRING_CHOICE_VALUE_CHARACTERS) {
          yield refused(
            `${at}.choices.${index}.value`,
            `${value.length} characters, at most ${MAX_STRING_CHOICE_VALUE_CHARACTERS}`,
          );
        }
      }
    }
  },

  *'subcommands stand alone'(command) {
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

  *'characters in all'(command) {
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

function typeOf(command: Command): number {
  return command.type ?? ApplicationCommandType.ChatInput;
}

function isSubcommand({ type }: Option): boolean {
  return type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup;
}

/** Discord wants lower case where a letter has one. */
function isGoodName(name: string): boolean {
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

/** The longest localisation counts. */
function charactersOf(named: Named & { readonly value?: string | number }): number {
  const names = [named.name, ...Object.values(named.name_localizations ?? {})];
  const descriptions = [named.description, ...Object.values(named.description_localizations ?? {})];
  const value = typeof named.value === 'string' ? named.value.length : 0;
  return longest(names) + longest(descriptions) + value;
}

function longest(texts: readonly (string | null | undefined)[]): number {
  return Math.max(...texts.map((text) => text?.length ?? 0));
}
