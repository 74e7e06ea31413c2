/** Composition: what people add in Discord is stored by the community, written as files, and indexed by a process of its own. */

import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddedArticle } from './community/added-articles.js';
import type { Community } from './community/community.js';
import { ADDED_MARK } from './corpus/article.js';
import type { AddedFiles, UnreadableAddition } from './discord/context/bot-context.js';
import { ADDED_FOLDER } from './indexing/index-articles.js';
import type { Settings } from './settings.js';
import { systemCode } from './user-error.js';

/** How often indexing is tried again, and how long after, while another process is indexing. */
const MAX_TRIES = 30;
const PAUSE_MS = 4000;

/** The part of the report of `footnote index --json` that is used. */
interface IndexReport {
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/** Keeps the files of what people have added, and the index, in line with what is stored. One at a time; later calls wait. */
export class AddedArticleFiles implements AddedFiles {
  readonly #folder: string;
  readonly #settings: Pick<Settings, 'seedsFolder' | 'indexFolder'>;
  readonly #script: string;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param script The program that indexes: that of the terminal. */
  constructor(settings: Pick<Settings, 'seedsFolder' | 'indexFolder'>, script: string) {
    this.#settings = settings;
    this.#folder = join(settings.indexFolder, ADDED_FOLDER);
    this.#script = script;
  }

  sync(
    community: Pick<Community, 'added'>,
    options: { readonly isForced?: boolean } = {},
  ): Promise<UnreadableAddition[]> {
    const done = this.#queue.then(() => this.#sync(community, options));
    this.#queue = done.catch(() => {});
    return done;
  }

  async #sync(
    community: Pick<Community, 'added'>,
    { isForced = false }: { readonly isForced?: boolean },
  ): Promise<UnreadableAddition[]> {
    const articles = community.added.list(null);
    const files = new Map(articles.map((article) => [fileOf(article), contentOf(article)]));
    let hasChanged = isForced;
    for (const file of this.#present()) {
      if (files.has(file)) continue;
      rmSync(dirname(join(this.#folder, file)), { recursive: true, force: true });
      hasChanged = true;
    }
    for (const [file, content] of files) hasChanged = this.#write(file, content) || hasChanged;
    if (!hasChanged) return [];
    const { skipped } = await this.#index();
    return skipped.map(({ file, reason }) => ({ id: file.split('/')[1] ?? '', reason }));
  }

  /** The files that are there, as paths below the folder. */
  #present(): string[] {
    const list = (below: string): string[] => {
      try {
        return readdirSync(join(this.#folder, below));
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return [];
        throw error;
      }
    };
    return list('').flatMap((server) =>
      list(server).flatMap((id) => list(join(server, id)).map((name) => `${server}/${id}/${name}`)),
    );
  }

  /** @returns whether the file was not there, or said something else. */
  #write(file: string, content: string): boolean {
    const path = join(this.#folder, file);
    try {
      if (readFileSync(path, 'utf8') === content) return false;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
    }
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, content, { mode: 0o600 });
    return true;
  }

  /** Another process indexes, because it takes a model of its own and writes for seconds. */
  async #index(): Promise<IndexReport> {
    const { seedsFolder, indexFolder } = this.#settings;
    const args = ['--quiet', '--json', '--seeds', seedsFolder, '--index', indexFolder, 'index', '--added'];
    for (let tries = 1; ; tries++) {
      const { code, output, errors } = await run(process.execPath, [this.#script, ...args]);
      // What was removed may have been the last article.
      const report = /^\{.*\}$/m.exec(output)?.[0];
      if (report !== undefined) return JSON.parse(report) as IndexReport;
      if (tries >= MAX_TRIES) throw new Error(`indexing ended with code ${code}: ${errors.trim()}`);
      await sleep(PAUSE_MS);
    }
  }
}

/** Every article has a folder of its own, so that its file can have any name. */
function fileOf({ serverId, id, fileName }: AddedArticle): string {
  return `${ADDED_MARK}${serverId}/${id}/${fileName}`;
}

/** An article from a message says itself where it comes from. A file stays as it is. */
function contentOf({ messageId, title, url, authorName, content, addedAt }: AddedArticle): string {
  if (messageId === null) return content;
  const fields = { title, url, publisher: authorName, published: new Date(addedAt).toISOString().slice(0, 10) };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${JSON.stringify(value)}`],
  );
  return ['---', ...lines, '---', '', content, ''].join('\n');
}

function run(
  program: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const parts = { output: '', errors: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (parts.output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (parts.errors += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...parts }));
  });
}
