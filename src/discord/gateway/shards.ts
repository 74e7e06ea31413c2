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
import type { Logger } from 'pino';
import type { Settings } from '../../settings.js';
import { UserError } from '../../user-error.js';
import { createLog } from './log.js';
import { requireToken, toLoginError } from './login-errors.js';

/** A shard that exits sooner than this has a problem that a restart will not fix. */
const MIN_UPTIME_MS = 60_000;
const RESTART_DELAY_MS = 5000;
const READY_TIMEOUT_MS = 120_000;
/** How long shards have to finish their answers. Longer than the grace period of a shard itself. */
const SHUTDOWN_GRACE_MS = 6000;

/** The command line of a shard: the bot's own script with its arguments. */
export interface ShardCommand {
  readonly script: string;
  readonly args: readonly string[];
}

/**
 * Runs the bot in several processes, each of which serves some of the servers, until this process is told to stop. A
 * shard that crashes is restarted.
 *
 * @throws {UserError} if a shard cannot run.
 */
export async function serveShards(
  settings: Pick<Settings, 'discord' | 'logLevel'>,
  command: ShardCommand,
): Promise<void> {
  const log = createLog(settings.logLevel);
  const manager = await createManager(settings, command);
  const supervisor = new ShardSupervisor(manager, log);
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  supervisor.start();
  try {
    await Promise.race([stopped, supervisor.failed]);
  } finally {
    await supervisor.stop();
  }
}

async function createManager(
  settings: Pick<Settings, 'discord'>,
  { script, args }: ShardCommand,
): Promise<ShardingManager> {
  const token = requireToken(settings);
  const { api, shards } = settings.discord;
  return new ShardingManager(script, {
    token,
    // discord.js would ask discord.com, even if DISCORD_API names another address.
    totalShards: shards === 'auto' ? await recommendedShards(api, token) : shards,
    respawn: false,
    shardArgs: [...args],
    execArgv: process.execArgv,
  });
}

/** @throws {LoginError} if Discord refuses the token or cannot be reached. */
async function recommendedShards(api: string, token: string): Promise<number> {
  const rest = new REST({ api }).setToken(token);
  try {
    const { shards } = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    return shards;
  } catch (error) {
    throw toLoginError(error, api);
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/** Starts the shards, restarts those that crash, and stops them all. */
class ShardSupervisor {
  readonly #manager: ShardingManager;
  readonly #log: Logger;
  #isStopping = false;
  #fail: (reason: unknown) => void = () => {};

  /** Rejects when a shard cannot run. */
  readonly failed: Promise<never>;

  constructor(manager: ShardingManager, log: Logger) {
    this.#manager = manager;
    this.#log = log;
    this.failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => {});
  }

  start(): void {
    this.#manager.on('shardCreate', (shard) => this.#watch(shard));
    this.#manager
      .spawn({ timeout: READY_TIMEOUT_MS })
      .then((shards) => this.#log.info({ shards: shards.size }, 'all shards are running'))
      .catch((error: unknown) => this.#handleSpawnError(error));
  }

  /** Lets the shards finish their answers, then kills those that are still running. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const shards = [...this.#manager.shards.values()];
    const children = shards.map(({ process: child }) => child).filter((child) => child !== null);
    const exited = children.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of children) child.kill('SIGTERM');
    await Promise.race([Promise.all(exited), sleep(SHUTDOWN_GRACE_MS)]);
    for (const child of children) child.kill('SIGKILL');
  }

  #watch(shard: Shard): void {
    let startedAt = Date.now();
    shard.on('spawn', (child) => {
      startedAt = Date.now();
      // Shards start one after another, so one may start after the others have been told to stop.
      if (this.#isStopping && 'pid' in child) child.kill('SIGTERM');
    });
    shard.on('death', () => {
      if (this.#isStopping) return;
      this.#log.warn({ shard: shard.id }, 'shard exited');
      if (Date.now() - startedAt < MIN_UPTIME_MS)
        this.#fail(new UserError(`Shard ${shard.id} exited right after starting. See its error message above.`));
      else this.#restart(shard);
    });
  }

  #restart(shard: Shard): void {
    sleep(RESTART_DELAY_MS)
      .then(() => (this.#isStopping ? null : shard.spawn(READY_TIMEOUT_MS)))
      .catch((error: unknown) => this.#handleSpawnError(error));
  }

  #handleSpawnError(error: unknown): void {
    if (!this.#isStopping && !isShardExit(error)) this.#fail(error);
  }
}

/** Whether a shard exited while it was starting. It prints the reason itself, and its exit is handled separately. */
function isShardExit(error: unknown): boolean {
  const { ShardingReadyDied, ShardingReadyDisconnected } = DiscordjsErrorCodes;
  return error instanceof DiscordjsError && [ShardingReadyDied, ShardingReadyDisconnected].includes(error.code);
}
