import { type Logger, pino } from 'pino';
import type { Settings } from '../../settings.js';
import { escapeControls } from '../../text/visible-text.js';

/**
 * Creates the bot's log: JSON lines on standard error, written synchronously so that none is lost at the end. People read them in
 * terminals, so characters that a terminal may obey are escaped, also those that JSON allows.
 */
export function createLog(level: Settings['logLevel']): Logger {
  const destination = pino.destination({ fd: 2, sync: true });
  const write = (line: string): void => void destination.write(escapeControls(line));
  return pino({ level, serializers: { err: describeError } }, { write });
}

/** Selects what is logged of an error. discord.js adds the request to its errors, with people's texts and tokens. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const facts = Object.fromEntries(
    ['code', 'status', 'method'].flatMap((key) =>
      key in error ? [[key, (error as unknown as Record<string, unknown>)[key]]] : [],
    ),
  );
  return { name, message, ...facts, ...(cause instanceof Error && { cause: cause.message }), stack };
}
