import { existsSync } from 'node:fs';
import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { coefficientsFor } from './answering/confidence/coefficients-for-model.js';
import { checkCommunity } from './community/check-community.js';
import { COMMUNITY_FILE } from './community/community-file.js';
import { locateModel } from './embedding/model.js';
import { nameOfCollection } from './evaluation/learn-set.js';
import { renderWeights } from './evaluation/render-learned.js';
import { checkSources } from './indexing/check-sources.js';
import { type CheckProgress, checkLibrary } from './library/check-library.js';
import { loadHnswlib } from './library/hnsw-index.js';
import { Library } from './library/library.js';
import { LIBRARY_FILE } from './library/library-files.js';
import { readPriors } from './library/priors-file.js';
import { listSourceFiles } from './reading/source-files.js';
import type { Settings } from './settings.js';
import type { Check } from './terminal/app-port.js';
import { hiddenTextLines } from './terminal/hidden-text-lines.js';
import { sourceProblemLines } from './terminal/source-problem-lines.js';
import { pluralise } from './text/pluralise.js';
import { escapeLineFeeds } from './text/visible-text.js';
import { messageOf, UserError } from './user-error.js';

/** The oldest Node.js that works, as in package.json. */
const NODE = { major: 20, minor: 19 };
/** Less than this is reported. An index of 10,000 passages takes about 120 MB. */
const LOW_DISK_BYTES = 200_000_000;
/** Problems of the articles that are listed. `footnote index` lists all. */
const MAX_LISTED_PROBLEMS = 20;

/** How thoroughly to check. */
export interface DoctorOptions {
  /** Also compares everything in the index with its checksums. Default: false. */
  readonly deep?: boolean;
  /** Called during the deep checks. */
  readonly onProgress?: CheckProgress;
}

/**
 * Checks everything Footnote needs. The only change it makes is to create the index folder.
 *
 * @param readSettings Reads the settings; what it throws is reported as a check that failed.
 */
export async function runChecks(
  readSettings: () => Settings,
  { deep = false, onProgress = () => {} }: DoctorOptions = {},
): Promise<Check[]> {
  const checks: Check[] = [nodeCheck(), await check('hnswlib', hnswlibNote), await check('SQLite', sqliteNote)];
  let settings: Settings;
  try {
    settings = readSettings();
  } catch (error) {
    const note = `${messageOf(error)}\nThe model, the articles, the index, the disk and Discord were not checked: they depend on the settings.`;
    return [...checks, { name: 'settings', ok: false, note }];
  }
  return [
    ...checks,
    { name: 'settings', ok: true, note: 'all valid' },
    await check(
      'model',
      async () => `${(await locateModel(settings.model, undefined, false)).id} in ${settings.model.modelsFolder}`,
    ),
    await check('articles', () => articlesNote(settings.seedsFolder)),
    await check('index', () => indexNote(settings, deep)),
    ...(deep ? await deepChecks(settings.indexFolder, onProgress) : []),
    ...(await learnedChecks(settings)),
    await check('disk', () => diskNote(settings.indexFolder)),
    await check('Discord', () => discordNote(settings)),
  ];
}

async function check(name: string, probe: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, note: await probe() };
  } catch (error) {
    return { name, ok: false, note: messageOf(error) };
  }
}

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > NODE.major || (major === NODE.major && minor >= NODE.minor);
  return {
    name: 'Node.js',
    ok,
    note: ok
      ? process.versions.node
      : `${process.versions.node} is too old: install Node.js ${NODE.major}.${NODE.minor} or newer`,
  };
}

async function hnswlibNote(): Promise<string> {
  if ((await loadHnswlib()) !== null) return 'installed';
  // Optional: everything works without it.
  return 'not installed: answers are nearly the same, but slower above 100,000 passages. To install it, install a C++ compiler and run `npm ci`';
}

async function sqliteNote(): Promise<string> {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(':memory:');
  const version = database.prepare('SELECT sqlite_version()').pluck().get() as string;
  database.close();
  return version;
}

async function articlesNote(folder: string): Promise<string> {
  const listing = await listSourceFiles([folder]);
  if (listing.files.length === 0)
    throw new UserError(`There are no articles in ${folder}. Put .txt, .md, .html or .jsonl files there.`);
  const problems = sourceProblemLines(await checkSources(listing));
  const more = problems.length - MAX_LISTED_PROBLEMS;
  return [
    `${pluralise(listing.files.length, 'file')} in ${escapeLineFeeds(folder)}`,
    ...problems.slice(0, MAX_LISTED_PROBLEMS),
    ...(more > 0 ? [`and ${pluralise(more, 'more problem')} (run \`footnote index\` to see all)`] : []),
  ].join('\n');
}

async function indexNote(settings: Settings, deep: boolean): Promise<string> {
  await mkdir(settings.indexFolder, { recursive: true });
  await access(settings.indexFolder, constants.W_OK).catch(() => {
    throw new UserError(`Can't write to ${settings.indexFolder}. Change its permissions or set FOOTNOTE_INDEX.`);
  });
  const model = await locateModel(settings.model, undefined, false);
  const notices: string[] = [];
  const library = await Library.open({
    folder: settings.indexFolder,
    model,
    onNotice: (notice) => notices.push(notice),
    // What is damaged is reported before it is closed, whatever its size.
    loadedAtOnce: Number.POSITIVE_INFINITY,
  });
  const counts = `${pluralise(library.articleCount, 'article')}, ${pluralise(library.passageCount, 'passage')} in ${escapeLineFeeds(settings.indexFolder)}`;
  const hidden = hiddenTextLines(library.hiddenText());
  library.close();
  const remark =
    coefficientsFor(model.fingerprint) === null
      ? `; ${model.id} has no fitted coefficients, so answers have no confidence`
      : '';
  const hint = deep ? [] : ['`footnote doctor --deep` compares everything in it with its checksums.'];
  return [`${counts}${remark}`, ...notices, ...hidden, ...hint].join('\n');
}

async function deepChecks(folder: string, onProgress: CheckProgress): Promise<Check[]> {
  const found = existsSync(join(folder, LIBRARY_FILE)) ? await checkLibrary(folder, onProgress) : [];
  const checks = found.map(({ name, problems }) => toCheck(name, problems));
  const community = await check(COMMUNITY_FILE, async () => {
    const problems = checkCommunity(folder);
    if (problems === null) return 'there is none yet';
    if (problems.length > 0) throw new UserError(problems.join('\n'));
    return 'intact';
  });
  return [...checks, community];
}

function toCheck(name: string, problems: readonly string[]): Check {
  return { name, ok: problems.length === 0, note: problems.length === 0 ? 'intact' : problems.join('\n') };
}

/** Only if a collection has learned something: most never do. */
async function learnedChecks({ indexFolder, model }: Settings): Promise<Check[]> {
  const { entries, problem } = readPriors(indexFolder);
  if (problem !== null) return [{ name: 'learned', ok: false, note: problem }];
  if (entries.length === 0) return [];
  const fingerprint = await locateModel(model, undefined, false).then(
    (located) => located.fingerprint,
    () => null,
  );
  const lines = entries.map((entry) => {
    const { collection, weights, questions, learnedAt } = entry;
    const remark = entry.model === fingerprint ? '' : '; not used, because it was learned with another model';
    return `${nameOfCollection(collection)}: ${renderWeights(weights)} (${pluralise(questions, 'question')}, ${learnedAt})${remark}`;
  });
  return [{ name: 'learned', ok: true, note: lines.join('\n') }];
}

async function diskNote(folder: string): Promise<string> {
  const { bavail, bsize } = await statfs(folder);
  const megabytes = Math.round((bavail * bsize) / 1_000_000);
  if (bavail * bsize < LOW_DISK_BYTES)
    throw new UserError(`Only ${megabytes} MB free at ${folder}. Free some space before you index more.`);
  return `${megabytes.toLocaleString('en')} MB free`;
}

async function discordNote({ discord }: Settings): Promise<string> {
  if (discord.token === null) return 'DISCORD_TOKEN is not set, so Footnote works in the terminal only';
  const response = await fetch(`${discord.api}/v10/users/@me`, {
    headers: { authorization: `Bot ${discord.token}` },
    signal: AbortSignal.timeout(10_000),
  }).catch(() => {
    throw new UserError(`Can't reach ${discord.api}. Check the network, any proxy, and DISCORD_API.`);
  });
  if (response.status === 401)
    throw new UserError(
      'Discord rejects the token. Copy it again from the Developer Portal (Bot, Reset Token) into DISCORD_TOKEN.',
    );
  if (!response.ok) throw new UserError(`Discord answered with status ${response.status}. Try again later.`);
  const { username } = (await response.json()) as { username?: string };
  return `token accepted for the bot ${username ?? '(unnamed)'}`;
}
