import type { Answer } from '../answering/answer.js';
import type { AnswerOptions } from '../answering/answer-question.js';
import type { PinnedLibrary } from '../answering/pins/locate-pin.js';
import type { Pin } from '../answering/pins/pin.js';
import type { Article, ListedArticle } from '../corpus/article.js';
import type { HiddenText } from '../corpus/hidden-text.js';
import type { PassageInArticle } from '../corpus/passage.js';
import type { Settings } from '../settings.js';

/** What a running command can report. */
export interface AppEvents {
  /** Something the person running Footnote should know, in one line. */
  readonly onNotice?: ((notice: string) => void) | undefined;
  /** Progress of a model that is being downloaded. */
  readonly onDownload?: ((progress: DownloadProgress) => void) | undefined;
  /** How far indexing has come. */
  readonly onIndexing?: ((progress: IndexProgress) => void) | undefined;
  /** How much of the vector index has been built after indexing, 0 to 1. */
  readonly onGraph?: ((share: number) => void) | undefined;
}

/** How much of a model file has been downloaded. */
export interface DownloadProgress {
  readonly file: string;
  readonly bytes: number;
  /** Null if the hub doesn't say. */
  readonly totalBytes: number | null;
}

/** How far indexing has come: what was indexed so far, and how many bytes of the source files were read. */
export interface IndexProgress {
  readonly articles: number;
  readonly passages: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** A file, and why it was skipped or what was wrong with it. */
export interface FileProblem {
  readonly file: string;
  readonly reason: string;
}

/** What one run of indexing did. The counts of changes are counts of articles. */
export interface IndexReport {
  readonly articles: number;
  readonly passages: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly skipped: readonly FileProblem[];
  readonly warnings: readonly FileProblem[];
  /** Articles that were damaged in the index, and what became of them. */
  readonly damaged: readonly FileProblem[];
  /** Text of the articles that no question finds, by kind. */
  readonly hidden: readonly HiddenText[];
  /** Whether it was stopped before the end. What was done is kept. */
  readonly interrupted: boolean;
  readonly seconds: number;
}

/** What the commands read from the index. */
export interface CatalogPort {
  articles(): ListedArticle[];
  articleById(id: string): Article | null;
  passageById(id: string): PassageInArticle | null;
}

/** The index as the chat uses it: another process may change it while people ask. */
export interface LibraryPort extends CatalogPort {
  /** Whether the index was rebuilt since it was opened; it then has to be opened again. */
  readonly isReplaced: boolean;
  /** Picks up what another process has indexed. @returns whether anything changed. */
  refresh(): boolean;
}

/** An index that can be asked. */
export interface EnginePort {
  readonly library: LibraryPort;
  ask(question: string, options?: AnswerOptions): Promise<Answer>;
  /** @throws {UserError} if there is no such collection; null stands for all articles. */
  requireCollection(collection: string | null): void;
}

/** A pin that applies everywhere. */
export interface TerminalPin extends Pin {
  /** Never used again, even after the pin is removed. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly pinnedAt: number;
}

/** The pins that apply everywhere, and the index that they are found in. */
export interface OpenPins {
  readonly library: CatalogPort & PinnedLibrary;
  readonly pins: {
    /** Oldest first. */
    list(): readonly TerminalPin[];
    /** Stores a pin in place of the one that its question has, if any. @returns null if there are too many. */
    add(
      pin: Pin,
      isSameQuestion: (question: string) => boolean,
    ): { readonly pin: TerminalPin; readonly isReplaced: boolean } | null;
    remove(id: number): void;
  };
}

/** Options of an evaluation; see `footnote eval --help`. */
export interface EvaluateOptions extends AppEvents {
  /** Only the questions of one half of the articles: 0 is what was fitted on, 1 what is reported. */
  readonly half?: 0 | 1;
  /** Relevance judgements of a BEIR folder. */
  readonly split?: 'test' | 'dev' | 'train';
  /** Measures each stage alone as well. */
  readonly compare?: boolean;
  /** How many of the worst misses to list. */
  readonly failures?: number;
  /** How many of the questions have been asked. */
  readonly onAsking?: (asked: number, total: number) => void;
}

/** The result of an evaluation, in every form a command prints. */
export interface EvaluationOutput {
  readonly json: object;
  /** Renders it for people. @param columns How wide tables may be; any width by default. */
  readonly render: (columns?: number) => string;
  /** Draws the reliability diagram as SVG. @throws {UserError} if there is no confidence to draw. */
  readonly drawDiagram: () => string;
}

/** Options of learning; see `footnote learn --help`. */
export interface LearnOptions extends AppEvents {
  /** Learns for this collection only. */
  readonly collection?: string | undefined;
  /** Only measures, and keeps nothing. */
  readonly dryRun?: boolean | undefined;
  /** How many of the questions have been asked. */
  readonly onAsking?: (asked: number, total: number) => void;
}

/** What collections have learned, in every form a command prints. */
export type LearnOutput = Pick<EvaluationOutput, 'json' | 'render'>;

/** One thing that `footnote doctor` checked. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, or the remedy. */
  readonly note: string;
}

/** Options of a backup and of restoring it. */
export interface BackupOptions {
  /** Called with how much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
  /** Whether to replace what is there. */
  readonly force?: boolean | undefined;
}

/** A file in a backup. */
export interface BackedUpFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a backup contains. */
export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly files: readonly BackedUpFile[];
}

/** What was restored. */
export interface RestoreReport {
  readonly indexFolder: string;
  readonly contents: { readonly footnote: string; readonly createdAt: string; readonly files: readonly BackedUpFile[] };
  /** The folder that what was there before is kept in; null if there was nothing. */
  readonly kept: string | null;
}

/** Everything the commands need from the rest of Footnote. `src/app.ts` provides it. */
export interface App {
  readonly version: string;
  /** Indexes what changed. @param options.paths Files or folders instead of the seeds folder. */
  indexArticles(
    settings: Settings,
    options: AppEvents & {
      readonly paths?: readonly string[];
      readonly rebuild?: boolean;
      readonly signal?: AbortSignal;
    },
  ): Promise<IndexReport>;
  /** Opens the index and the model for one piece of work, and closes them afterwards. */
  withEngine<Result>(
    settings: Settings,
    events: AppEvents,
    work: (engine: EnginePort) => Result | Promise<Result>,
  ): Promise<Result>;
  /** Opens the index alone for one piece of work: lists and texts need no model. */
  withLibrary<Result>(settings: Settings, work: (library: CatalogPort) => Result): Promise<Result>;
  /** Opens the pins and the index for one piece of work. */
  withPins<Result>(settings: Settings, work: (pins: OpenPins) => Result): Promise<Result>;
  evaluate(path: string, settings: Settings, options: EvaluateOptions): Promise<EvaluationOutput>;
  /**
   * Fits the priors of collections, and keeps those that pay.
   *
   * @param path A set of questions about the collections; null for the votes that servers allow learning from.
   */
  learn(path: string | null, settings: Settings, options: LearnOptions): Promise<LearnOutput>;
  /** Forgets what a collection has learned, or all of them without a name. @returns whether there was anything. */
  forgetLearned(settings: Settings, collection: string | undefined): Promise<boolean>;
  /** Fits the coefficients on evaluations. @returns the source file that holds them. */
  fit(paths: readonly string[], settings: Settings, options: EvaluateOptions): Promise<string>;
  /** Writes the index folder into one file, also while a bot uses it. */
  backUp(settings: Settings, file: string, options: BackupOptions): Promise<BackupReport>;
  /** Puts a backup into the index folder. */
  restore(file: string, settings: Settings, options: BackupOptions): Promise<RestoreReport>;
  /**
   * Checks everything Footnote needs.
   *
   * @param readSettings May throw: that is one of the checks.
   * @param options.deep Also compares everything in the index with its checksums.
   * @param options.onProgress Called during that with the name of the check, and how much of it is done, 0 to 1.
   */
  runChecks(
    readSettings: () => Settings,
    options?: { readonly deep?: boolean; readonly onProgress?: (name: string, share: number) => void },
  ): Promise<readonly Check[]>;
  /**
   * Runs the Discord bot until it is told to stop.
   *
   * @param options.script The program's own script, which runs each shard.
   * @param options.isShard Whether this process is itself one shard of a bot.
   * @param options.withProgramName Puts the program's real name into the commands that a log line mentions.
   */
  runBot(
    settings: Settings,
    options: {
      readonly script: string;
      readonly isShard: boolean;
      readonly withProgramName: (message: string) => string;
    },
  ): Promise<void>;
}
