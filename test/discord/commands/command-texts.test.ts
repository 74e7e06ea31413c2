import { REST } from 'discord.js';
import { type APIApplicationCommand, ApplicationCommandType, type LocalizationMap } from 'discord-api-types/v10';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MESSAGE_COMMANDS, SLASH_COMMANDS } from '../../../src/discord/commands/commands.js';
import { registerCommands } from '../../../src/discord/gateway/register-commands.js';
import { describeProblem } from '../fake/checks/problem.js';
import { problemsOfRequest } from '../fake/checks/request-checks.js';
import { FakeDiscord } from '../fake/fake-discord.js';

const DEFINITIONS = [...SLASH_COMMANDS, ...MESSAGE_COMMANDS].map(({ definition }) => definition);
const LOCALES = ['de', 'es-419', 'es-ES', 'fr', 'ru', 'tr'];
const SILENT = pino({ level: 'silent' });

/** A command or an option, with its names and descriptions in all languages. */
interface Named {
  readonly name: string;
  readonly name_localizations?: LocalizationMap | null;
  readonly description?: string;
  readonly description_localizations?: LocalizationMap | null;
  readonly options?: readonly Named[];
}

describe.each(['global', 'guild'] as const)('the command definitions, registered as %s commands,', (scope) => {
  let fake: FakeDiscord;

  beforeAll(async () => {
    fake = await FakeDiscord.start();
  });

  afterAll(() => fake?.stop());

  function register(): Promise<boolean> {
    const rest = new REST({ api: fake.api }).setToken(fake.token);
    const target = { applicationId: fake.bot.id, guildId: scope === 'global' ? null : fake.guildId };
    return registerCommands(rest, DEFINITIONS, target, SILENT);
  }

  test('are accepted by Discord, and found unchanged on the next start', async () => {
    expect(await register()).toBe(true);
    expect(await register()).toBe(false);

    const written = fake.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);
    expect(written).toHaveLength(1);
    expect(problemsOfRequest(`${scope} commands`, written[0]).map(describeProblem)).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  test('are translated into every language of the bot', () => {
    expect(fake.commands).toHaveLength(DEFINITIONS.length);
    for (const command of fake.commands) expectAllLocales(command);
  });
});

function expectAllLocales(command: APIApplicationCommand): void {
  expect(Object.keys(command.name_localizations ?? {}).toSorted()).toEqual(LOCALES);
  if (command.type !== ApplicationCommandType.Message) expectAllDescribed(command);
}

/** Checks a command or an option, and the options below it. */
function expectAllDescribed(named: Named): void {
  expect(named.description, named.name).toMatch(/\S/);
  for (const localised of [named.name_localizations, named.description_localizations])
    expect(Object.keys(localised ?? {}).toSorted(), named.name).toEqual(LOCALES);
  for (const option of named.options ?? []) expectAllDescribed(option);
}
