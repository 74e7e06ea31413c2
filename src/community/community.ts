import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { type Lock, type LockHolder, tryLock } from '../storage/process-lock.js';
import { AddedArticles } from './added-articles.js';
import { ChannelSettingsStore } from './channel-settings.js';
import { COMMUNITY_FILE, CommunityFile } from './community-file.js';
import { JudgedQuestions } from './judged-questions.js';
import { Pins } from './pins.js';
import { purgeDeleted } from './purge.js';
import {
  exportServer,
  type ImportCounts,
  type ImportTarget,
  importServer,
  type ServerExport,
} from './server-export.js';
import { UnansweredQuestions } from './unanswered-questions.js';
import { IMPORTED, voterOf } from './voters.js';
import { Votes } from './votes.js';

/** What was deleted for a person, and how many pins no longer say who made them. */
export interface DeletedCounts {
  readonly votes: number;
  readonly questions: number;
  readonly pins: number;
  /** Articles that were made from their messages. */
  readonly articles: number;
}

/** Options of {@link Community.open}. */
export interface CommunityOptions {
  /**
   * Called with what the operator should know, one line each: the file was removed or replaced while it was open, or a number in
   * it that was damaged has been put right.
   */
  readonly onNotice?: (notice: string) => void;
}

/** Who runs a bot. */
interface Announcement {
  readonly bot: string;
  readonly startedAt: Date;
}

/** Everything that is stored about people and servers: settings, votes, questions and pins. */
export class Community {
  /** What moderators chose for channels and servers. */
  readonly settings: ChannelSettingsStore;
  /** What people voted on passages. */
  readonly votes: Votes;
  /** Questions that the articles did not answer. */
  readonly questions: UnansweredQuestions;
  /** Questions whose answers were voted on. */
  readonly judged: JudgedQuestions;
  /** What people pinned to questions. */
  readonly pins: Pins;
  /** Articles that people added to their servers. */
  readonly added: AddedArticles;
  readonly #file: CommunityFile;
  readonly #folder: string;
  #announcement: Announcement | null = null;
  #lock: Lock | null = null;

  private constructor(folder: string, onNotice: (notice: string) => void) {
    const file = new CommunityFile(folder, { onNotice, onReopened: () => this.#announceAgain() });
    this.#file = file;
    this.#folder = folder;
    this.settings = new ChannelSettingsStore(file);
    this.votes = new Votes(file);
    this.questions = new UnansweredQuestions(file);
    this.judged = new JudgedQuestions(file);
    this.pins = new Pins(file);
    this.added = new AddedArticles(file);
  }

  /**
   * Opens the file in an index folder and creates it if it does not exist. If the file is removed or replaced while it is open,
   * the one that is at its path then is used, or a new one, and `onNotice` says so.
   *
   * @throws {DamagedCommunityError} if it is damaged. So do all methods, if that shows only later.
   * @throws {UserError} if it was not written by Footnote, or was written by a newer version.
   */
  static open(folder: string, { onNotice = () => {} }: CommunityOptions = {}): Community {
    return new Community(folder, onNotice);
  }

  /** Opens the file like `open`, but returns null if it does not exist. */
  static openIfThere(folder: string, options: CommunityOptions = {}): Community | null {
    return existsSync(join(folder, COMMUNITY_FILE)) ? Community.open(folder, options) : null;
  }

  /**
   * Records that a bot is running on this folder, until `close`.
   *
   * @param bot Identifies the bot: its application and shard.
   * @returns Null, or who is already running the same bot; `heldBy` is null if that is unknown.
   */
  announce(bot: string, startedAt: Date): { readonly heldBy: LockHolder | null } | null {
    const attempt = tryLock(this.#lockOf(bot), startedAt);
    if (attempt.lock === null) return { heldBy: attempt.heldBy };
    this.#lock?.release();
    this.#lock = attempt.lock;
    this.#announcement = { bot, startedAt };
    return null;
  }

  /** If the whole folder was removed or replaced, so was the lock. */
  #announceAgain(): void {
    const announced = this.#announcement;
    if (announced === null || existsSync(`${this.#lockOf(announced.bot)}.lock`)) return;
    this.#lock?.release();
    this.#lock = null;
    this.announce(announced.bot, announced.startedAt);
  }

  #lockOf(bot: string): string {
    return join(this.#folder, `bot-${bot}`);
  }

  /** Deletes everything stored about a person. What they pinned stays, without their name. */
  forgetPerson(personId: string): DeletedCounts {
    return this.#file.use((database) => {
      // A question can be stored for both reasons, but people asked it once.
      const questions = database
        .prepare(
          'SELECT count(*) FROM (SELECT asked_in FROM questions WHERE person = @personId UNION SELECT asked_in FROM judged_questions WHERE person = @personId)',
        )
        .pluck()
        .get({ personId }) as number;
      const remove = (table: 'votes' | 'questions' | 'judged_questions'): number =>
        database.prepare(`DELETE FROM ${table} WHERE person = ?`).run(personId).changes;
      const pins = database.prepare('UPDATE pins SET person = NULL WHERE person = ?').run(personId).changes;
      const articles = database.prepare('DELETE FROM added_articles WHERE author = ?').run(personId).changes;
      const added = database
        .prepare('UPDATE added_articles SET added_by = NULL WHERE added_by = ?')
        .run(personId).changes;
      const votes = remove('votes') + this.#removeImportedVotes(personId, database);
      const deleted = { votes, questions, pins, articles };
      remove('questions');
      remove('judged_questions');
      this.judged.removeUnvoted();
      if (votes + questions + pins + articles + added > 0) purgeDeleted(database);
      return deleted;
    });
  }

  /** Collects what a server chose and voted, without the names of people. */
  exportServer(serverId: string, options: { readonly footnote: string; readonly now: Date }): ServerExport {
    return exportServer(this.#file, this.pins, serverId, options);
  }

  /** Stores what was exported. What the server has already stays, unless the export says something else about the same thing. */
  importServer(data: ServerExport, target: ImportTarget): ImportCounts {
    return importServer(this.#file, this.pins, data, target);
  }

  /** Deletes the question of a message or interaction that was deleted or edited. */
  forgetQuestion(askedIn: string): void {
    this.questions.forget(askedIn);
    this.judged.forget(askedIn);
  }

  /** @returns how many there were. */
  #removeImportedVotes(personId: string, database: Database): number {
    const isImported = `person LIKE '${IMPORTED}%'`;
    const servers = database
      .prepare(`SELECT DISTINCT server FROM votes WHERE server IS NOT NULL AND ${isImported}`)
      .pluck()
      .all() as string[];
    const remove = database.prepare('DELETE FROM votes WHERE server = ? AND person = ?');
    return servers.reduce(
      (sum, server) => sum + remove.run(server, `${IMPORTED}${voterOf(server, personId)}`).changes,
      0,
    );
  }

  /** Deletes a server's questions, votes, pins and added articles. Its settings stay in case the bot is invited again. */
  forgetServer(serverId: string): void {
    this.#file.use((database) => {
      for (const table of ['votes', 'questions', 'judged_questions', 'pins', 'added_articles'])
        database.prepare(`DELETE FROM ${table} WHERE server = ?`).run(serverId);
      purgeDeleted(database);
    });
  }

  /** Closes the file and gives up the bot's lock. */
  close(): void {
    this.#lock?.release();
    this.#file.close();
  }
}
