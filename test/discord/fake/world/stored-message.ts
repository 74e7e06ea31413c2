import type { APIMessage, APIUser, MessageType } from 'discord-api-types/v10';

/** A message that the fake remembers, with what Discord knows about it but does not put into its payload. */
export interface StoredMessage {
  /** The whole message, no matter who may see it. */
  payload: APIMessage;
  /** Undefined in direct messages. */
  readonly guildId: string | undefined;
  /** The one person who sees it if it is ephemeral. */
  readonly onlyFor: string | undefined;
  /** Ids of the people it notified when it was posted. */
  readonly notified: readonly string[];
  isDeleted: boolean;
}

/** The arguments of `postMessage`. */
export interface NewMessage {
  readonly channelId: string;
  readonly author: APIUser;
  /** The body of a request that has passed the checks, or what a person wrote in the same form. */
  readonly body: MessageRequest;
  /** Default: a reply if the body refers to another message. */
  readonly type?: MessageType;
  /** Default: a new id. */
  readonly id?: string;
  /** Makes it ephemeral: only this person sees it. */
  readonly onlyFor?: string;
  readonly files?: readonly UploadedFile[];
  /** The people it mentions. Default: those in the text whom the body allows. */
  readonly mentions?: readonly APIUser[];
  /** Fields that only some messages have, such as responses to interactions. */
  readonly extra?: Partial<APIMessage>;
}

/**
 * The body of a request that posts or edits a message.
 * https://docs.discord.com/developers/resources/message#create-message
 */
export interface MessageRequest {
  readonly content?: string | null;
  readonly embeds?: readonly object[] | null;
  readonly components?: readonly object[] | null;
  readonly flags?: number | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly tts?: boolean | null;
  readonly attachments?:
    | readonly { readonly id: string | number; readonly filename?: string; readonly description?: string | null }[]
    | null;
  readonly message_reference?: { readonly message_id: string; readonly fail_if_not_exists?: boolean | null } | null;
  readonly allowed_mentions?: {
    readonly parse?: readonly string[];
    readonly users?: readonly string[];
    readonly replied_user?: boolean;
  } | null;
}

/** A file in a multipart request: https://docs.discord.com/developers/reference#uploading-files */
export interface UploadedFile {
  /** The number N of its field `files[N]`, by which `attachments` refers to it. */
  readonly key: string;
  readonly name: string;
  /** The media type. */
  readonly type: string;
  readonly text: string;
  readonly bytes: number;
}
