import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { PAGE_WIDTH } from './chat-style.js';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
/** Device pixels for one of CSS, so that the picture is sharp on every screen. */
const SCALE = 2;
const DEADLINE_MS = 60_000;

/** What the commands that are used here answer, all together. */
interface Reply {
  readonly targetId: string;
  readonly sessionId: string;
  readonly frameTree: { readonly frame: { readonly id: string } };
  readonly cssContentSize: { readonly width: number; readonly height: number };
  /** Base64. */
  readonly data: string;
}
type Send = (method: string, params?: object, sessionId?: string) => Promise<Reply>;

/** The browser named by CHROMIUM, else the first known one on the PATH. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM) return env.CHROMIUM;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/**
 * Takes a picture of a whole page, as high as what is on it.
 *
 * @throws when there is no browser, or it does not do its work within a minute.
 */
export async function photograph(html: string, pngFile: string): Promise<void> {
  const browser = findBrowser();
  if (browser === undefined)
    throw new Error(
      `No browser found. Install Chromium, or name one: CHROMIUM=/path/to/chromium. Looked for: ${BROWSERS.join(', ')}`,
    );
  const folder = mkdtempSync(join(tmpdir(), 'footnote-picture-'));
  const child = start(browser, folder);
  const ended = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`${browser} does not start: ${error.message}`)));
    child.once('exit', (code, signal) => reject(new Error(`${browser} ended too early (${code ?? signal})`)));
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  try {
    writeFileSync(pngFile, await Promise.race([pictureOf(html, talkTo(child)), ended]));
  } finally {
    clearTimeout(timer);
    await end(child);
    // Processes of the browser that are still ending may write once more; a folder that stays in the temporary one is no failure.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }).catch(() => {});
  }
}

/** With a pipe at 3 and 4 for the DevTools protocol: no port that others could reach, and none that could be taken. */
function start(browser: string, profile: string): ChildProcess {
  const flags = [
    '--headless',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    '--disable-gpu',
    '--hide-scrollbars',
    '--no-first-run',
    // Without a user of its own, as in a container, the browser cannot set up its sandbox.
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
  // The corners of the chat are round, on whatever page the picture is shown.
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

/** Commands of the DevTools protocol: JSON with a zero byte behind it. https://chromedevtools.github.io/devtools-protocol/ */
function talkTo(child: ChildProcess): Send {
  const [, , , commands, replies] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, { resolve: (result: Reply) => void; reject: (error: Error) => void }>();
  let received = '';
  // What goes wrong here shows as the end of the browser.
  commands.on('error', () => {});
  replies.setEncoding('utf8').on('data', (part: string) => {
    const messages = (received + part).split('\0');
    received = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error } = JSON.parse(message) as { id?: number; result: Reply; error?: { message: string } };
      const asker = waiting.get(id ?? 0);
      waiting.delete(id ?? 0);
      if (error) asker?.reject(new Error(`The browser refuses: ${error.message}`));
      else asker?.resolve(result);
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

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await gone;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
