import { type APIMessage, InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { installedBy } from '../../world/installation.js';
import type { Interaction } from '../../world/interaction.js';
import { postMessage } from '../../world/messages.js';
import type { MessageRequest, StoredMessage, UploadedFile } from '../../world/stored-message.js';
import type { World } from '../../world/world.js';

/** What a response is besides its body. */
export interface ResponseOptions {
  readonly files?: readonly UploadedFile[];
  /** Flags that no request can set, such as LOADING. */
  readonly flags?: number;
  /** A follow-up replies to the response; a response replies to the message whose component was used. */
  readonly isFollowUp?: boolean;
}

/** Posts the response to an interaction or a follow-up to it. It is ephemeral if the body has that flag. */
export function postResponse(
  world: World,
  interaction: Interaction,
  body: MessageRequest,
  { files, flags, isFollowUp = false }: ResponseOptions,
): StoredMessage {
  const isEphemeral = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const target = isFollowUp ? interaction.original : interaction.message;
  return postMessage(world, {
    channelId: interaction.channelId,
    author: world.bot,
    body: target ? { ...body, message_reference: { message_id: target.payload.id } } : body,
    files,
    type: target ? MessageType.Reply : MessageType.ChatInputCommand,
    onlyFor: isEphemeral ? interaction.userId : undefined,
    extra: {
      application_id: world.bot.id,
      webhook_id: world.bot.id,
      interaction_metadata: metadataOf(world, interaction),
      ...(flags !== undefined && { flags }),
    },
  });
}

/** Whether a message still says "thinking…". */
export function isLoading({ payload }: StoredMessage): boolean {
  return ((payload.flags ?? 0) & MessageFlags.Loading) !== 0;
}

function metadataOf(world: World, interaction: Interaction): APIMessage['interaction_metadata'] {
  const { id, type, message } = interaction;
  const common = {
    user: world.user(interaction.userId),
    authorizing_integration_owners: installedBy(world, interaction),
  };
  const interacted = message && { interacted_message_id: message.payload.id };
  // A form tells which interaction opened it; here always a component.
  const trigger = { ...common, id: world.nextId(), type: InteractionType.MessageComponent, ...interacted };
  const own = type === InteractionType.ModalSubmit ? { triggering_interaction_metadata: trigger } : interacted;
  return { ...common, id, type, ...own } as APIMessage['interaction_metadata'];
}
