import { type APIApplicationCommand, ApplicationCommandType } from 'discord-api-types/v10';
import type { CommandScope } from './command-rules.js';
import { commandPayload, withoutLocalizations } from './payloads.js';
import { type Call, DiscordError, type Route } from './rest.js';
import { NO_CONTENT, ok, unknown } from './routes.js';
import type { World } from './world.js';

type Body = Readonly<Record<string, unknown>>;

/** Registration of commands, for everywhere and for one guild. */
export function createCommandRoutes(world: World): Route[] {
  return [
    ...routesOf(world, 'global', world.globalCommands, '/applications/:applicationId/commands'),
    ...routesOf(world, 'guild', world.guildCommands, '/applications/:applicationId/guilds/:guildId/commands'),
  ];
}

function routesOf(world: World, scope: CommandScope, commands: APIApplicationCommand[], at: string): Route[] {
  const checkOwner = ({ params }: Call) => {
    if (params.applicationId !== world.bot.id) {
      throw new DiscordError(403, 20012, 'You are not authorized to perform this action on this application');
    }
    if (params.guildId !== undefined && params.guildId !== world.guild.id)
      throw new DiscordError(403, 50001, 'Missing Access');
  };
  const indexOf = (call: Call): number => {
    checkOwner(call);
    const index = commands.findIndex(({ id }) => id === call.params.commandId);
    return index === -1 ? unknown(10063, 'application command') : index;
  };
  const build = (body: Body, id: string) =>
    commandPayload(body, {
      id,
      applicationId: world.bot.id,
      version: world.nextId(),
      guildId: scope === 'guild' ? world.guild.id : undefined,
    });
  /** A command keeps its id as long as its type and name stay. */
  const known = (body: Body) =>
    commands.find(({ name, type }) => name === body.name && type === (body.type ?? ApplicationCommandType.ChatInput));

  return [
    {
      method: 'GET',
      pattern: at,
      reply: 'commands',
      handle: (call) => {
        checkOwner(call);
        return ok(call.query.get('with_localizations') === 'true' ? commands : withoutLocalizations(commands));
      },
    },
    {
      method: 'PUT',
      pattern: at,
      request: `${scope} commands`,
      reply: 'commands',
      handle: (call) => {
        checkOwner(call);
        const all = (call.body as readonly Body[]).map((body) => build(body, known(body)?.id ?? world.nextId()));
        commands.splice(0, commands.length, ...all);
        return ok(commands);
      },
    },
    {
      method: 'POST',
      pattern: at,
      request: `${scope} command`,
      reply: 'command',
      handle: (call) => {
        checkOwner(call);
        const body = call.body as Body;
        const earlier = known(body);
        const command = build(body, earlier?.id ?? world.nextId());
        commands.splice(earlier ? commands.indexOf(earlier) : commands.length, earlier ? 1 : 0, command);
        return { status: earlier ? 200 : 201, body: command };
      },
    },
    { method: 'GET', pattern: `${at}/:commandId`, reply: 'command', handle: (call) => ok(commands[indexOf(call)]) },
    {
      method: 'PATCH',
      pattern: `${at}/:commandId`,
      request: `${scope} command edit`,
      reply: 'command',
      handle: (call) => {
        const index = indexOf(call);
        const before = commands[index] as unknown as Body & { readonly id: string };
        const command = build({ ...before, ...(call.body as Body) }, before.id);
        commands[index] = command;
        return ok(command);
      },
    },
    {
      method: 'DELETE',
      pattern: `${at}/:commandId`,
      handle: (call) => {
        commands.splice(indexOf(call), 1);
        return NO_CONTENT;
      },
    },
  ];
}
