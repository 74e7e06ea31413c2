const DISCORD_EPOCH_MS = 1_420_070_400_000;
const TIMESTAMP_SHIFT = 22n;

/**
 * Makes a source of ids. They hold the time, since discord.js reads `createdTimestamp` from them, and always grow, even
 * within a millisecond. https://docs.discord.com/developers/reference#snowflakes
 */
export function createSnowflakes(now: () => number = Date.now): () => string {
  let last = 0n;
  return () => {
    const next = BigInt(now() - DISCORD_EPOCH_MS) << TIMESTAMP_SHIFT;
    last = next > last ? next : last + 1n;
    return String(last);
  };
}
