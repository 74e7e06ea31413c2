import type { TextKey } from '../locales/translation.js';

/**
 * Thrown when someone asks for something the bot cannot do for them. They are told in their own language; nothing is
 * logged, because nothing is broken.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** @param key The text that explains the refusal. It has no placeholders. */
  constructor(readonly key: TextKey) {
    super(key);
  }
}
