import type { IncomingMessage } from 'node:http';
import type { UploadedFile } from '../world/stored-message.js';

/** What came with a request. */
export interface RequestBody {
  /** The parsed JSON; a string if it is not JSON, undefined if there is no body. */
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

/**
 * Reads a body: JSON, or a form with files and the JSON in `payload_json`.
 * https://docs.discord.com/developers/reference#uploading-files
 *
 * @throws if the bot hangs up before it has sent everything.
 */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (!type.startsWith('multipart/form-data')) return { body: parseJson(bytes.toString()), files: [] };

  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const json = form.get('payload_json');
  return { body: parseJson(typeof json === 'string' ? json : '{}'), files: await filesOf(form) };
}

async function filesOf(form: FormData): Promise<UploadedFile[]> {
  const files: UploadedFile[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') continue;
    const key = /^files\[(\d+)\]$/.exec(field)?.[1] ?? field;
    files.push({ key, name: value.name, type: value.type, text: await value.text(), bytes: value.size });
  }
  return files;
}

/** A body that is not JSON stays a string: the schema check then says so. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
