/**
 * Composition: gives the commands of the terminal what they need from the other rooms. Each function loads its rooms when
 * it is called, so that no command waits for what it does not use.
 */
import { openEngine, openLibrary } from './engine.js';
import type { Settings } from './settings.js';
import { toUserError } from './storage/storage-errors.js';
import type { App } from './terminal/app-port.js';
import { VERSION } from './version.js';

/** Footnote as the commands of the terminal use it. */
export const app: App = {
  version: VERSION,

  async indexArticles(settings, { paths = [], ...options }) {
    const { indexArticles } = await import('./legacy-app.js');
    return indexArticles(settings, { paths, ...options });
  },

  async withEngine(settings, events, work) {
    const engine = await openEngine(settings, events);
    try {
      return await work(engine);
    } catch (error) {
      throw toUserError(error, settings.indexFolder);
    } finally {
      await engine.close();
    }
  },

  async withLibrary(settings, events, work) {
    const { library } = await openLibrary(settings, events);
    try {
      return work(library);
    } catch (error) {
      throw toUserError(error, settings.indexFolder);
    } finally {
      library.close();
    }
  },

  async evaluate(path, settings, options) {
    const [{ evaluateFolder }, { diagramOf, renderReport }] = await Promise.all([
      import('./legacy-app.js'),
      import('./evaluation/render-report.js'),
    ]);
    const report = await evaluateFolder(path, settings, options);
    return { json: report, text: renderReport(report), drawDiagram: () => diagramOf(report) };
  },

  async fit(paths, settings, options) {
    const [{ fitFolders }, { fittedSource }] = await Promise.all([
      import('./legacy-app.js'),
      import('./evaluation/write-fitted.js'),
    ]);
    const today = new Date().toISOString().slice(0, 10);
    return fittedSource(await fitFolders(paths, settings, today, options));
  },

  async examine(readSettings) {
    const { examine } = await import('./doctor.js');
    return examine(readSettings);
  },

  async runBot(settings, { script, isShard, nameCommands }) {
    if (settings.discord.shards === 1 || isShard) return runOneBot(settings, nameCommands);
    const { serveShards } = await import('./discord/gateway/shards.js');
    const args = ['bot', '--seeds', settings.seedsFolder, '--index', settings.indexFolder];
    return serveShards(settings, { script, args });
  },
};

async function runOneBot(settings: Settings, nameCommands: (message: string) => string): Promise<void> {
  const [{ serveDiscord }, { Community }] = await Promise.all([
    import('./discord/serve.js'),
    import('./community/community.js'),
  ]);
  await serveDiscord(settings, {
    openEngine: ({ onNotice }) => openEngine(settings, { onNotice: (notice) => onNotice(nameCommands(notice)) }),
    openCommunity() {
      try {
        return Community.open(settings.indexFolder);
      } catch (error) {
        throw toUserError(error, settings.indexFolder);
      }
    },
    version: VERSION,
  });
}
