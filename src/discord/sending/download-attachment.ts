/** Discord keeps the files that people attach at these addresses. */
const HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
const TIMEOUT_MS = 10_000;

/**
 * Downloads a file that someone attached. Only Discord's own addresses are opened, and no other host is followed to.
 *
 * @param options `api` is the address of Discord's API: another Discord, as in tests, keeps its files there.
 * @returns its text, or null if it cannot be loaded, is larger than `maxBytes` or is not UTF-8.
 */
export async function downloadAttachment(
  url: string,
  { maxBytes, api }: { readonly maxBytes: number; readonly api: string | undefined },
): Promise<string | null> {
  if (!isOfDiscord(url, api)) return null;
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok || response.body === null) return null;
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of response.body) {
      bytes += part.length;
      if (bytes > maxBytes) return null;
      parts.push(part);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    return null;
  }
}

function isOfDiscord(url: string, api: string | undefined): boolean {
  const { protocol, hostname, origin } = new URL(url);
  return (protocol === 'https:' && HOSTS.has(hostname)) || (api !== undefined && origin === new URL(api).origin);
}
