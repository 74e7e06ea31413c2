import type { TextKey } from '../locales/translation.js';

/**
 * Thrown when someone asks for something the bot cannot do for them. They are told in their own language; nothing is
 * logged, because nothing is broken.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /**
   * @param key The text that explains the refusal.
   * @param values The values of the text's placeholders.
   */
  constructor(
    readonly key: TextKey,
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {
    super(key);
  }
}
