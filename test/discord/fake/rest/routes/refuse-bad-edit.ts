import { MessageFlags, RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { MessageRequest, StoredMessage, UploadedFile } from '../../world/stored-message.js';
import { DiscordError } from '../discord-error.js';

/**
 * Refuses an edit whose result Discord would not accept. The checks of the request cannot see that: an edit leaves out
 * what stays the same.
 *
 * @throws {DiscordError} if nothing would be left to see, or if text or embeds would be left next to v2 components.
 */
export function refuseBadEdit({ payload }: StoredMessage, body: MessageRequest, files: readonly UploadedFile[]): void {
  const content = body.content === undefined ? payload.content : (body.content ?? '').trim();
  const embeds = body.embeds === undefined ? payload.embeds : body.embeds;
  const lists = [embeds, body.components ?? payload.components, body.attachments ?? payload.attachments, files];
  const isV2 = (((payload.flags ?? 0) | (body.flags ?? 0)) & MessageFlags.IsComponentsV2) !== 0;
  if (isV2 && (content !== '' || (embeds ?? []).length > 0)) {
    throw new DiscordError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', {
      flags: { _errors: [{ code: 0, message: 'IS_COMPONENTS_V2 needs content null and embeds []' }] },
    });
  }
  if (content === '' && lists.every((list) => (list ?? []).length === 0)) {
    throw new DiscordError(400, RESTJSONErrorCodes.CannotSendAnEmptyMessage, 'Cannot send an empty message');
  }
}
