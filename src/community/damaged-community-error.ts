import { UserError } from '../user-error.js';

/** Thrown if what is stored about people and servers cannot be read. Nothing of it is changed or thrown away. */
export class DamagedCommunityError extends UserError {
  override readonly name = 'DamagedCommunityError';

  /** @param file Path of the damaged file. */
  constructor(
    readonly file: string,
    options: ErrorOptions = {},
  ) {
    super(
      `${file} is damaged, so settings, votes, pins and stored questions cannot be read. Restore it from a backup, or move it away to start with an empty one. The index of your articles is not affected.`,
      options,
    );
  }
}
