import { EXIT, UserError } from '../user-error.js';

/** Thrown by everything that needs an index and finds none, or an empty one. The exit code is `EXIT.nothingIndexed`. */
export class NothingIndexedError extends UserError {
  /** @param indexFolder The folder that was searched for an index. */
  constructor(readonly indexFolder: string) {
    super(`Nothing is indexed in ${indexFolder}. Put articles into the seeds folder, then run \`footnote index\`.`, {
      exitCode: EXIT.nothingIndexed,
    });
  }
}
