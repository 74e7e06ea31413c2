import type { TextKey } from '../locales/translation.js';

/** Something a person asked for that cannot be: said to them in their language, and no fault of the bot. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly key: TextKey,
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {
    super(key);
  }
}
