import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'discord.js';
import { LoginError, toLoginError } from './login-errors.js';

/** discord.js waits forever if the gateway never says READY. */
const LOGIN_TIMEOUT_MS = 60_000;
/** When asked to close, discord.js first waits for a login that hangs. */
const DESTROY_TIMEOUT_MS = 500;

/**
 * Logs a client in and waits until its session has begun.
 *
 * @throws {LoginError} if Discord refuses the token or the intents, or does not answer.
 */
export async function logIn(
  client: Client,
  { token, api }: { readonly token: string; readonly api: string },
): Promise<void> {
  const cancel = new AbortController();
  const timeout = sleep(LOGIN_TIMEOUT_MS, undefined, { signal: cancel.signal }).then(() => {
    throw new LoginError(
      `Discord (${api}) did not answer within ${LOGIN_TIMEOUT_MS / 1000} s. Check the network and https://discordstatus.com, then start again.`,
      { failure: 'timeout' },
    );
  });
  timeout.catch(() => {});
  try {
    await Promise.race([client.login(token), timeout]);
  } catch (error) {
    throw toLoginError(error, api);
  } finally {
    cancel.abort();
  }
}

/** Closes a client's connections, waiting at most half a second. Never rejects. */
export async function destroyClient(client: Client): Promise<void> {
  await Promise.race([client.destroy().catch(() => {}), sleep(DESTROY_TIMEOUT_MS)]);
}
