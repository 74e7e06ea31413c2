import { type APIApplicationCommand, ApplicationCommandType, RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { CommandScope } from '../../checks/command-rules.js';
import { commandPayload, withoutLocalizations } from '../../payloads/command-payloads.js';
import type { JsonObject } from '../../payloads/json.js';
import type { World } from '../../world/world.js';
import { DiscordError, notFound } from '../discord-error.js';
import { type Call, NO_CONTENT, ok, type Route } from '../route.js';

/**
 * Registration of commands, for everywhere and for the guild:
 * https://docs.discord.com/developers/interactions/application-commands#endpoints
 */
export function createCommandRoutes(world: World): Route[] {
  return [
    ...routesFor(new Registry(world, 'global', world.globalCommands), '/applications/:applicationId/commands'),
    ...routesFor(
      new Registry(world, 'guild', world.guildCommands),
      '/applications/:applicationId/guilds/:guildId/commands',
    ),
  ];
}

function routesFor(registry: Registry, pattern: string): Route[] {
  const { scope } = registry;
  const one = `${pattern}/:commandId`;
  return [
    {
      method: 'GET',
      pattern,
      reply: 'commands',
      handle: (call) => ok(registry.list(call, call.query.get('with_localizations') === 'true')),
    },
    {
      method: 'PUT',
      pattern,
      request: `${scope} commands`,
      reply: 'commands',
      handle: (call) => ok(registry.overwrite(call)),
    },
    {
      method: 'POST',
      pattern,
      request: `${scope} command`,
      reply: 'command',
      handle: (call) => {
        const { command, isNew } = registry.add(call);
        return { status: isNew ? 201 : 200, body: command };
      },
    },
    { method: 'GET', pattern: one, reply: 'command', handle: (call) => ok(registry.get(call)) },
    {
      method: 'PATCH',
      pattern: one,
      request: `${scope} command edit`,
      reply: 'command',
      handle: (call) => ok(registry.edit(call)),
    },
    {
      method: 'DELETE',
      pattern: one,
      handle: (call) => {
        registry.remove(call);
        return NO_CONTENT;
      },
    },
  ];
}

/** The commands of one scope. Every method throws a `DiscordError` for another application or another guild. */
class Registry {
  readonly scope: CommandScope;
  readonly #world: World;
  readonly #commands: APIApplicationCommand[];

  constructor(world: World, scope: CommandScope, commands: APIApplicationCommand[]) {
    this.scope = scope;
    this.#world = world;
    this.#commands = commands;
  }

  list(call: Call, hasLocalizations: boolean): readonly APIApplicationCommand[] {
    this.#checkOwner(call);
    return hasLocalizations ? this.#commands : withoutLocalizations(this.#commands);
  }

  overwrite(call: Call): readonly APIApplicationCommand[] {
    this.#checkOwner(call);
    const bodies = call.body as readonly JsonObject[];
    const commands = bodies.map((body) => this.#build(body, this.#find(body)?.id ?? this.#world.nextId()));
    this.#commands.splice(0, this.#commands.length, ...commands);
    return this.#commands;
  }

  add(call: Call): { readonly command: APIApplicationCommand; readonly isNew: boolean } {
    this.#checkOwner(call);
    const body = call.body as JsonObject;
    const earlier = this.#find(body);
    const command = this.#build(body, earlier?.id ?? this.#world.nextId());
    if (earlier) this.#commands[this.#commands.indexOf(earlier)] = command;
    else this.#commands.push(command);
    return { command, isNew: earlier === undefined };
  }

  get(call: Call): APIApplicationCommand | undefined {
    return this.#commands[this.#indexOf(call)];
  }

  edit(call: Call): APIApplicationCommand {
    const index = this.#indexOf(call);
    const before = this.#commands[index] as unknown as JsonObject & { readonly id: string };
    const command = this.#build({ ...before, ...(call.body as JsonObject) }, before.id);
    this.#commands[index] = command;
    return command;
  }

  remove(call: Call): void {
    this.#commands.splice(this.#indexOf(call), 1);
  }

  #checkOwner({ params }: Call): void {
    if (params.applicationId !== this.#world.bot.id) {
      throw new DiscordError(
        403,
        RESTJSONErrorCodes.NotAuthorizedToPerformThisActionOnThisApplication,
        'You are not authorized to perform this action on this application',
      );
    }
    if (params.guildId !== undefined && params.guildId !== this.#world.guild.id) {
      throw new DiscordError(403, RESTJSONErrorCodes.MissingAccess, 'Missing Access');
    }
  }

  #indexOf(call: Call): number {
    this.#checkOwner(call);
    const index = this.#commands.findIndex(({ id }) => id === call.params.commandId);
    return index === -1 ? notFound(RESTJSONErrorCodes.UnknownApplicationCommand, 'application command') : index;
  }

  #build(body: JsonObject, id: string): APIApplicationCommand {
    return commandPayload(body, {
      id,
      applicationId: this.#world.bot.id,
      version: this.#world.nextId(),
      guildId: this.scope === 'guild' ? this.#world.guild.id : undefined,
    });
  }

  /** A command keeps its id as long as its type and name stay the same. */
  #find(body: JsonObject): APIApplicationCommand | undefined {
    const bodyType = body.type ?? ApplicationCommandType.ChatInput;
    return this.#commands.find(({ name, type }) => name === body.name && type === bodyType);
  }
}
