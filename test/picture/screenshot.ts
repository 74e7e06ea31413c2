import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { PAGE_WIDTH } from './chat-style.js';

/** Names of Chromium on the PATH, in the order in which they are tried. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
/** Device pixels per CSS pixel. 2 is sharp on every screen. */
const SCALE = 2;
const DEADLINE_MS = 60_000;

/** The fields of all replies that are used here. */
interface Reply {
  readonly targetId: string;
  readonly sessionId: string;
  readonly frameTree: { readonly frame: { readonly id: string } };
  readonly cssContentSize: { readonly width: number; readonly height: number };
  /** Base64. */
  readonly data: string;
}
type Send = (method: string, params?: object, sessionId?: string) => Promise<Reply>;

/** The path in the variable CHROMIUM, or else of the first known browser on the PATH. Undefined if there is none. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM) return env.CHROMIUM;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/**
 * Takes a picture of a page with a headless browser, as high as its content, and writes it as a PNG.
 *
 * @throws {Error} if there is no browser, or if it fails or takes longer than a minute.
 */
export async function takeScreenshot(html: string, pngFile: string): Promise<void> {
  const browser = findBrowser();
  if (browser === undefined)
    throw new Error(
      `No browser found. Install Chromium or set CHROMIUM to its path. Looked for: ${BROWSERS.join(', ')}`,
    );
  const folder = mkdtempSync(join(tmpdir(), 'footnote-picture-'));
  const child = startBrowser(browser, folder);
  const ended = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`${browser} does not start: ${error.message}`)));
    child.once('exit', (code, signal) => reject(new Error(`${browser} ended too early (${code ?? signal})`)));
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  try {
    writeFileSync(pngFile, await Promise.race([pictureOf(html, connectTo(child)), ended]));
  } finally {
    clearTimeout(timer);
    await endBrowser(child);
    // The browser's processes may write once more while they end. A folder left in the temporary one is not a failure.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }).catch(() => {});
  }
}

/** Uses pipes 3 and 4 for the DevTools protocol, not a port, which could be taken or reached by others. */
function startBrowser(browser: string, profile: string): ChildProcess {
  const flags = [
    '--headless',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    '--disable-gpu',
    '--hide-scrollbars',
    '--no-first-run',
    // As root, usual in a container, the browser cannot set up its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  return spawn(browser, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
}

async function pictureOf(html: string, send: Send): Promise<Buffer> {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const { frameTree } = await send('Page.getFrameTree', {}, sessionId);
  const view = { width: PAGE_WIDTH, height: 1, deviceScaleFactor: SCALE, mobile: false };
  await send('Emulation.setDeviceMetricsOverride', view, sessionId);
  // The background is transparent, since the chat has round corners.
  await send('Emulation.setDefaultBackgroundColorOverride', { color: { r: 0, g: 0, b: 0, a: 0 } }, sessionId);
  await send('Page.setDocumentContent', { frameId: frameTree.frame.id, html }, sessionId);
  const { cssContentSize } = await send('Page.getLayoutMetrics', {}, sessionId);
  const clip = { x: 0, y: 0, width: PAGE_WIDTH, height: Math.ceil(cssContentSize.height), scale: 1 };
  const { data } = await send(
    'Page.captureScreenshot',
    { format: 'png', clip, captureBeyondViewport: true },
    sessionId,
  );
  return Buffer.from(data, 'base64');
}

/**
 * Sends commands of the DevTools protocol, each a JSON object followed by a zero byte:
 * https://chromedevtools.github.io/devtools-protocol/
 */
function connectTo(child: ChildProcess): Send {
  const [, , , commands, replies] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, { resolve: (result: Reply) => void; reject: (error: Error) => void }>();
  let received = '';
  // If writing fails, the browser has ended, and that is reported.
  commands.on('error', () => {});
  replies.setEncoding('utf8').on('data', (part: string) => {
    const messages = (received + part).split('\0');
    received = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error } = JSON.parse(message) as { id?: number; result: Reply; error?: { message: string } };
      const sender = waiting.get(id ?? 0);
      waiting.delete(id ?? 0);
      if (error) sender?.reject(new Error(`The browser refused a command: ${error.message}`));
      else sender?.resolve(result);
    }
  });
  let lastId = 0;
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      commands.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
    });
}

async function endBrowser(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const hasExited = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await hasExited;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
