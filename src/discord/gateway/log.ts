import { type Logger, pino } from 'pino';
import type { Settings } from '../../settings.js';

/** JSON lines on standard error. */
export function createLog(level: Settings['logLevel']): Logger {
  return pino({ level, serializers: { err: describeError } }, pino.destination({ fd: 2, sync: true }));
}

/** What the log says of an error. Not its other properties: discord.js puts the request there, with texts and tokens. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const facts = Object.fromEntries(
    ['code', 'status', 'method'].flatMap((key) =>
      key in error ? [[key, (error as unknown as Record<string, unknown>)[key]]] : [],
    ),
  );
  return { name, message, ...facts, stack };
}
