import { answerInDetail } from './answering/answer-question.js';
import { Community } from './community/community.js';
import { type Engine, openEngine } from './engine.js';
import { judgementSet, type VotedPassage } from './evaluation/judgement-set.js';
import type { PriorsReport } from './evaluation/learn-priors.js';
import { learnSet, readLearningSet } from './evaluation/learn-set.js';
import { createLearningIndex } from './evaluation/learning-index.js';
import type { LearnReport, StoredPriorsReport } from './evaluation/render-learned.js';
import { forgetPriors, readPriors, storePriors } from './library/priors-file.js';
import type { Settings } from './settings.js';
import { toUserError } from './storage/storage-errors.js';
import type { LearnOptions } from './terminal/app-port.js';
import { sliceOf } from './text/span.js';
import { EXIT, UserError } from './user-error.js';

/**
 * Asks questions, from a set or from votes, on the index that people ask. Fits the priors of each collection and keeps those that
 * pay. What a collection has learned before plays no part in it, and is removed if nothing pays on these questions.
 *
 * @throws {UserError} if the set cannot be used, nothing is indexed, or no ranking was fitted for the model.
 */
export async function learnAt(
  path: string | null,
  settings: Settings,
  { collection, dryRun = false, onAsking, ...events }: LearnOptions,
): Promise<LearnReport> {
  const read = path === null ? null : await readLearningSet(path, settings.seedsFolder);
  const engine = await openEngine(settings, events);
  try {
    const set = read ?? judgementSet(requireVotes(readVotes(settings.indexFolder, engine)));
    engine.requireCollection(collection ?? null);
    const learned = await learnSet(set, learningIndex(engine), { collection, onAsking });
    const model = engine.library.manifest.modelFingerprint;
    return {
      ...learned,
      collections: learned.collections.map((report) => keep(report, { folder: settings.indexFolder, model, dryRun })),
    };
  } catch (error) {
    throw toUserError(error, settings.indexFolder);
  } finally {
    await engine.close();
  }
}

/** The votes of all servers that allow learning from them, with the passages as they are now. */
function readVotes(indexFolder: string, { library }: Engine): VotedPassage[] {
  const community = Community.openIfThere(indexFolder);
  if (community === null) return [];
  try {
    return community.judged.judgements().map(({ passageId, ...vote }) => {
      const found = library.passageById(passageId);
      const passage =
        found === null ? null : { file: found.article.file, text: sliceOf(found.article.text, found.passage) };
      return { ...vote, passage };
    });
  } finally {
    community.close();
  }
}

function requireVotes(votes: readonly VotedPassage[]): readonly VotedPassage[] {
  if (votes.length > 0) return votes;
  throw new UserError(
    'There are no votes to learn from. In Discord, turn on *Learn from votes* with `/settings` for the server; votes count from then on.',
    { exitCode: EXIT.usageError },
  );
}

function learningIndex({ library, deps }: Engine): ReturnType<typeof createLearningIndex> {
  if (deps.coefficients === null)
    throw new UserError(
      `Nothing was fitted for the model ${library.modelId}, so a collection cannot learn what to add to its ranking. Use the model that comes with Footnote.`,
      { exitCode: EXIT.usageError },
    );
  const { priors: _learnedBefore, ...withoutPriors } = deps;
  return createLearningIndex(library, (question, scope) => answerInDetail(question, withoutPriors, { scope }));
}

interface Keeping {
  readonly folder: string;
  /** Fingerprint of the model. */
  readonly model: string;
  readonly dryRun: boolean;
}

function keep(report: PriorsReport, { folder, model, dryRun }: Keeping): StoredPriorsReport {
  const { collection, questions, weights, pays } = report;
  if (dryRun) return { ...report, stored: false, removed: false };
  if (!pays) {
    const isReadable = readPriors(folder).problem === null;
    return { ...report, stored: false, removed: isReadable && forgetPriors(folder, collection, model) };
  }
  const learnedAt = new Date().toISOString().slice(0, 10);
  storePriors(folder, { collection, model, learnedAt, questions, weights });
  return { ...report, stored: true, removed: false };
}
