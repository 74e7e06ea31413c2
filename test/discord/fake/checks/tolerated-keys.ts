/**
 * Keys that a message may have although the specification of its request lacks them: discord.js builds one body for
 * every kind of message, so it sends `tts` and the nonce everywhere. Discord ignores them.
 */
export const MESSAGE_EXTRAS: readonly string[] = ['tts', 'nonce', 'enforce_nonce'];
