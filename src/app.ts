/**
 * Composition: gives the commands of the terminal what they need from the other folders. Each function loads its modules
 * when it is called, so that no command waits for what it does not use.
 */
import type { ServedEngine } from './discord/context/bot-context.js';
import { openCatalog, openEngine } from './engine.js';
import type { OpenSet } from './evaluation/run-evaluation.js';
import type { Settings } from './settings.js';
import { toUserError } from './storage/storage-errors.js';
import type { App, AppEvents } from './terminal/app-port.js';
import { sourceProblemLines } from './terminal/source-problem-lines.js';
import { VERSION } from './version.js';

/** Footnote as the commands of the terminal use it. */
export const app: App = {
  version: VERSION,

  async indexArticles({ seedsFolder, indexFolder, model, workers }, { paths = [], onIndexing, ...options }) {
    const { indexArticles } = await import('./indexing/index-articles.js');
    return indexArticles({
      paths: paths.length > 0 ? paths : [seedsFolder],
      indexFolder,
      model,
      workers,
      ...options,
      onProgress: onIndexing,
    });
  },

  async withEngine(settings, events, work) {
    const { openPinnedEngine } = await import('./pinned-engine.js');
    const engine = await openPinnedEngine(settings, events);
    try {
      return await work(engine);
    } catch (error) {
      throw toUserError(error, settings.indexFolder);
    } finally {
      await engine.close();
    }
  },

  async withLibrary(settings, work) {
    const library = await openCatalog(settings);
    try {
      return work(library);
    } catch (error) {
      throw toUserError(error, settings.indexFolder);
    } finally {
      library.close();
    }
  },

  async withPins(settings, work) {
    const [library, { Community }] = await Promise.all([openCatalog(settings), import('./community/community.js')]);
    let community: import('./community/community.js').Community | null = null;
    try {
      community = Community.open(settings.indexFolder);
      const { pins } = community;
      return work({
        library,
        pins: {
          list: () => pins.list(null),
          add: (pin, isSame) => pins.add({ ...pin, serverId: null, personId: null, pinnedAt: Date.now() }, isSame),
          remove: (id) => void pins.remove(null, id),
        },
      });
    } catch (error) {
      throw toUserError(error, settings.indexFolder);
    } finally {
      community?.close();
      library.close();
    }
  },

  async evaluate(path, settings, { onNotice, onDownload, onIndexing, ...options }) {
    const [{ evaluateSetAt }, { diagramOf, renderReport }] = await Promise.all([
      import('./evaluation/run-evaluation.js'),
      import('./evaluation/render-report.js'),
    ]);
    const openSet = judgedSetOpener(settings, { onNotice, onDownload, onIndexing });
    const report = await evaluateSetAt(path, options, openSet);
    return { json: report, render: (columns) => renderReport(report, columns), drawDiagram: () => diagramOf(report) };
  },

  async learn(path, settings, options) {
    const [{ learnAt }, { renderLearned }] = await Promise.all([
      import('./learn.js'),
      import('./evaluation/render-learned.js'),
    ]);
    const report = await learnAt(path, settings, options);
    return { json: report, render: (columns) => renderLearned(report, columns) };
  },

  async forgetLearned({ indexFolder }, collection) {
    const { forgetAllPriors, forgetPriors } = await import('./library/priors-file.js');
    try {
      return collection === undefined ? forgetAllPriors(indexFolder) : forgetPriors(indexFolder, collection);
    } catch (error) {
      throw toUserError(error, indexFolder);
    }
  },

  async fit(paths, settings, { onNotice, onDownload, onIndexing, ...options }) {
    const [{ fitSetsAt }, { fittedSource }, { locateModel }] = await Promise.all([
      import('./evaluation/run-evaluation.js'),
      import('./evaluation/fitted-source.js'),
      import('./embedding/model.js'),
    ]);
    const fittedAt = new Date().toISOString().slice(0, 10);
    const openSet = judgedSetOpener(settings, { onNotice, onDownload, onIndexing });
    const model = await locateModel(settings.model, onDownload);
    return fittedSource(await fitSetsAt(paths, { ...options, fittedAt }, openSet, model));
  },

  async backUp({ indexFolder }, file, { force = false, ...options }) {
    const { backUpIndex } = await import('./index-backup.js');
    return backUpIndex(indexFolder, file, { ...options, force });
  },

  async restore(file, { indexFolder }, { force = false, ...options }) {
    const { restoreIndex } = await import('./index-backup.js');
    return restoreIndex(file, indexFolder, { ...options, force });
  },

  async runChecks(readSettings, options) {
    const { runChecks } = await import('./doctor.js');
    return runChecks(readSettings, options);
  },

  async runBot(settings, { script, isShard, withProgramName }) {
    if (settings.discord.shards === 1 || isShard) return runOneBot(settings, script, withProgramName);
    const { serveShards } = await import('./discord/gateway/shards.js');
    const args = ['bot', '--seeds', settings.seedsFolder, '--index', settings.indexFolder];
    return serveShards(settings, { script, args });
  },
};

/** Opens the index for look-ups in this thread, and an engine in a thread of its own. */
export async function openServedEngine(settings: Settings, onNotice: (notice: string) => void): Promise<ServedEngine> {
  const { indexFolder, model, limits } = settings;
  const [library, { EngineThread }] = await Promise.all([
    openCatalog(settings),
    import('./engine-thread/engine-thread.js'),
  ]);
  try {
    const engine = await EngineThread.open({
      source: { indexFolder, model },
      timeoutMs: limits.answeringMs,
      onNotice,
    });
    return {
      library,
      ask: (question, options) => engine.ask(question, options),
      findSources: (text, options) => engine.findSources(text, options),
      embed: (texts) => engine.embed(texts),
      get health() {
        return engine.health;
      },
      async close() {
        await engine.close().finally(() => library.close());
      },
    };
  } catch (error) {
    library.close();
    throw error;
  }
}

async function runOneBot(
  settings: Settings,
  script: string,
  withProgramName: (message: string) => string,
): Promise<void> {
  const [{ serveDiscord }, { Community }, { AddedArticleFiles }] = await Promise.all([
    import('./discord/serve.js'),
    import('./community/community.js'),
    import('./added-articles.js'),
  ]);
  await serveDiscord(settings, {
    addedFiles: new AddedArticleFiles(settings, script),
    openEngine: ({ onNotice }) => openServedEngine(settings, (notice) => onNotice(withProgramName(notice))),
    openCommunity({ onNotice }) {
      try {
        return Community.open(settings.indexFolder, { onNotice: (notice) => onNotice(withProgramName(notice)) });
      } catch (error) {
        throw toUserError(error, settings.indexFolder);
      }
    },
    version: VERSION,
  });
}

/**
 * Opens judged sets: indexes the articles of a set in a folder of its own below the index folder, where unchanged ones stay
 * indexed, and starts an engine for them. Files that are skipped or cannot be used as they are are named in notices.
 */
export function judgedSetOpener(settings: Settings, events: AppEvents): OpenSet {
  return async (set, coefficients) => {
    const [{ prepareJudgedSetFolders }, { createEvaluatedEngine }, { answerInDetail }] = await Promise.all([
      import('./evaluation/judged-set-folder.js'),
      import('./evaluation/evaluated-engine.js'),
      import('./answering/answer-question.js'),
    ]);
    const own = { ...settings, ...(await prepareJudgedSetFolders(set, settings)) };
    const { skipped, warnings } = await app.indexArticles(own, events);
    for (const line of sourceProblemLines({ skipped, warnings })) events.onNotice?.(line);
    const engine = await openEngine(own, events);
    const { library } = engine;
    const deps = coefficients === undefined ? engine.deps : { ...engine.deps, coefficients };
    return {
      engine: createEvaluatedEngine(library, (question, earlier) => answerInDetail(question, deps, { earlier }), {
        isOneBulkFile: set.bulk !== null,
      }),
      thresholds: deps.coefficients?.thresholds ?? null,
      sourceProblems: { skipped, warnings },
      close: () => engine.close(),
    };
  };
}
