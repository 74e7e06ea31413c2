import { setTimeout as sleep } from 'node:timers/promises';
import {
  DiscordjsError,
  DiscordjsErrorCodes,
  REST,
  type RESTGetAPIGatewayBotResult,
  Routes,
  type Shard,
  ShardingManager,
} from 'discord.js';
import type { Settings } from '../../settings.js';
import { UserError } from '../../user-error.js';
import { createLog } from './log.js';
import { loginRefusal, requireToken, unreachable } from './login-errors.js';

/** A shard that ends sooner has something wrong with it that starting it again does not mend. */
const LEAST_LIFE_MS = 60_000;
const PAUSE_MS = 5000;
const READY_MS = 120_000;
/** A shard answers what it has begun before it ends. */
const FAREWELL_MS = 6000;

/**
 * Runs the bot in several processes, each with a part of its servers, until this one is told to stop. A shard that dies is started again.
 *
 * @param command What each process runs: a script and its arguments.
 * @throws {UserError} when a shard cannot run.
 */
export async function serveShards(
  settings: Pick<Settings, 'discord' | 'logLevel'>,
  { script, args }: { readonly script: string; readonly args: readonly string[] },
): Promise<void> {
  const token = requireToken(settings);
  const log = createLog(settings.logLevel);
  const { api, shards } = settings.discord;
  const manager = new ShardingManager(script, {
    token,
    // discord.js would ask discord.com, whatever DISCORD_API is.
    totalShards: shards === 'auto' ? await recommendedShards(api, token) : shards,
    respawn: false,
    shardArgs: [...args],
    execArgv: process.execArgv,
  });
  let isStopping = false;
  let fail: (reason: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const watch = (shard: Shard): void => {
    let startedAt = Date.now();
    shard.on('spawn', (child) => {
      startedAt = Date.now();
      // Shards are started one after the other, and told to stop in between.
      if (isStopping && 'pid' in child) child.kill('SIGTERM');
    });
    shard.on('death', () => {
      if (isStopping) return;
      log.warn({ shard: shard.id }, 'a shard has ended');
      if (Date.now() - startedAt < LEAST_LIFE_MS) {
        fail(new UserError(`Shard ${shard.id} cannot run; what it said stands above.`));
        return;
      }
      sleep(PAUSE_MS)
        .then(() => (isStopping ? null : shard.spawn(READY_MS)))
        .catch((error: unknown) => {
          if (!isEnding(error)) fail(error);
        });
    });
  };
  manager.on('shardCreate', watch);
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  const spawned = manager.spawn({ timeout: READY_MS }).then((all) => log.info({ shards: all.size }, 'all shards run'));
  spawned.catch((error: unknown) => {
    if (!isStopping && !isEnding(error)) fail(error);
  });
  try {
    await Promise.race([stopped, failed]);
  } finally {
    isStopping = true;
    const children = [...manager.shards.values()].map(({ process: child }) => child).filter((child) => child !== null);
    const ended = children.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of children) child.kill('SIGTERM');
    await Promise.race([Promise.all(ended), sleep(FAREWELL_MS)]);
    for (const child of children) child.kill('SIGKILL');
  }
}

/** @throws {UserError} when Discord refuses the token or cannot be reached. */
async function recommendedShards(api: string, token: string): Promise<number> {
  const rest = new REST({ api }).setToken(token);
  try {
    const { shards } = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    return shards;
  } catch (error) {
    throw loginRefusal(error) ?? unreachable(error, api);
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/** Whether a shard is about to end, or has: it says why itself, and its end is reported. */
function isEnding(error: unknown): boolean {
  const { ShardingReadyDied, ShardingReadyDisconnected } = DiscordjsErrorCodes;
  return error instanceof DiscordjsError && [ShardingReadyDied, ShardingReadyDisconnected].includes(error.code);
}
