import { type APIApplicationCommand, type APIUser, ApplicationCommandType } from 'discord-api-types/v10';
import { type JsonObject, withoutNulls } from './json.js';

/** The bot's application: https://docs.discord.com/developers/resources/application#application-object */
export function applicationPayload(bot: APIUser, flags: number): Record<string, unknown> {
  return {
    id: bot.id,
    name: bot.username,
    icon: null,
    description: '',
    type: null,
    flags,
    flags_new: String(flags),
    bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
  };
}

/**
 * A registered command as Discord returns it. Discord omits `required` and `autocomplete` if they are false.
 * https://docs.discord.com/developers/interactions/application-commands#application-command-object
 *
 * @param body The request that registered it.
 */
export function commandPayload(
  body: JsonObject,
  ids: { readonly id: string; readonly applicationId: string; readonly version: string; readonly guildId?: string },
): APIApplicationCommand {
  const type = (body.type ?? ApplicationCommandType.ChatInput) as ApplicationCommandType;
  const permissions = body.default_member_permissions as string | number | null | undefined;
  const options = optionsOfRequest(body.options);
  return {
    id: ids.id,
    application_id: ids.applicationId,
    version: ids.version,
    type,
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: body.description ?? '',
    description_localizations: body.description_localizations ?? null,
    default_member_permissions: permissions == null ? null : String(permissions),
    nsfw: body.nsfw ?? false,
    ...(options.length > 0 && { options }),
    ...(ids.guildId === undefined
      ? {
          dm_permission: body.dm_permission ?? true,
          contexts: body.contexts ?? null,
          integration_types: body.integration_types ?? [0],
        }
      : { guild_id: ids.guildId }),
  } as unknown as APIApplicationCommand;
}

function optionsOfRequest(options: unknown): JsonObject[] {
  return ((options ?? []) as readonly JsonObject[]).map((option) => {
    const { required, autocomplete, options: nested, choices, ...rest } = withoutNulls(option);
    const nestedOptions = optionsOfRequest(nested);
    return {
      ...rest,
      ...(required ? { required } : {}),
      ...(autocomplete ? { autocomplete } : {}),
      ...(Array.isArray(choices) && choices.length > 0 ? { choices } : {}),
      ...(nestedOptions.length > 0 ? { options: nestedOptions } : {}),
    };
  });
}

/** The value without its translations: what GET answers unless asked `with_localizations=true`. */
export function withoutLocalizations<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutLocalizations) as T;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutLocalizations(inner)])) as T;
}
