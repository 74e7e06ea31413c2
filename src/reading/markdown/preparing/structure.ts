import type { UnfinishedMarkup } from './unfinished-markup.js';

/** Code that has begun and not ended. */
export interface OpenFence {
  /** The backticks or tildes that end it. */
  readonly mark: string;
  readonly isQuoted: boolean;
  /** Whether a template tag ends it, such as `{% endhighlight %}`. */
  readonly isTemplate: boolean;
  /** The number of frames around it. The code ends with the innermost of them. */
  readonly frameCount: number;
}

/** What remains to be read after a line that is more than text: at most one of these. */
export interface Structure {
  /** The rest of the line, as a line of its own. */
  readonly rest?: string;
  /** The code that begins on the line. */
  readonly fence?: OpenFence;
  /** What ends the raw HTML that begins on the line. */
  readonly rawUntil?: string;
  /** The MDX markup that begins on the line. */
  readonly markup?: UnfinishedMarkup;
}

/** Nothing remains to be read. */
export const COMPLETE: Structure = {};
