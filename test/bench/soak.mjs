/**
 * Asks thousands of questions of all kinds, as the bot does (an engine in a thread, a queue, suggestions), while articles are added,
 * changed and removed. It prints memory, open files and handles as it goes on: they should stay level. It asserts nothing.
 *
 * Run: node test/bench/soak.mjs [QUESTIONS], 10,000 by default. Takes about five minutes.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, openServedEngine } from '../../dist/app.js';
import { LiveSuggestions } from '../../dist/discord/autocomplete/live-suggestions.js';
import { QuestionQueue } from '../../dist/discord/context/question-queue.js';
import { queuedEngine } from '../../dist/discord/context/queued-engine.js';
import { readSettings } from '../../dist/settings.js';
import { mulberry32 } from '../../dist/vectors/random.js';

const QUESTIONS = Number(process.argv[2] ?? 10_000);
const REPORTS = 20;
const AT_ONCE = 8;
const PEOPLE = 50;
/** An article is added, changed or removed after this many questions. */
const CHANGE_EVERY = 50;
const MB = 2 ** 20;

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'footnote-soak-'));
const random = mulberry32(7);
const pick = (values) => values[Math.floor(random() * values.length)];

cpSync(at('../../seeds'), join(folder, 'seeds'), { recursive: true });
const settings = readSettings({ FOOTNOTE_SEEDS: join(folder, 'seeds'), FOOTNOTE_INDEX: join(folder, 'index') }, folder);
const { questions } = JSON.parse(readFileSync(at('../evaluation/sample-questions.json'), 'utf8'));
const words = [...new Set(questions.flatMap(({ q }) => q.split(/\W+/)))].filter(Boolean);

/** Ways to ask: plainly, wrapped as people do in chat, searching, hostile. */
const KINDS = [
  () => ({ question: pick(questions).q }),
  () => ({ question: `hey <@123456789012345678>, ${pick(questions).q} thanks! 🙏 https://example.org/${random()}` }),
  () => ({ question: `${pick(questions).q} And ${pick(questions).q}` }),
  () => ({
    question: Array.from({ length: 400 }, () => pick(words))
      .join(' ')
      .slice(0, 2000),
  }),
  () => ({ question: `${'?'.repeat(1000)} ${pick(words)}` }),
  () => ({ question: `\`\`\`\n${Array.from({ length: 200 }, () => pick(words)).join('\n')}\n\`\`\` why?` }),
  () => ({ question: pick(words), options: { isSearch: true, limit: 50 } }),
  () => ({ question: pick(['hi', 'thanks', '', '🦓', 'Was ist das?', 'что это?', '"); DROP TABLE articles; --']) }),
  () => ({ question: `who is ${Math.floor(random() * 1e9).toString(36)}?` }),
];

try {
  await app.indexArticles(settings, {});
  const engine = await openServedEngine(settings, (notice) => console.log(`notice: ${notice}`));
  const suggestions = new LiveSuggestions();
  const queue = new QuestionQueue({ maxWaitMs: settings.limits.waitingMs, maxWaitingPerPerson: 20 });
  const outcomes = {};
  const count = (name) => {
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  };
  let asked = 0;
  const askOne = async () => {
    const { question, options = {} } = pick(KINDS)();
    const person = `person ${Math.floor(random() * PEOPLE)}`;
    suggestions.current.suggest(question.slice(0, 20));
    await queuedEngine(person, () => engine, queue)
      .ask(question, options)
      .then(
        ({ outcome }) => count(outcome),
        (error) => count(error.problem ?? error.reason ?? error.message),
      );
  };
  const startedAt = performance.now();
  report(0);
  while (asked < QUESTIONS) {
    await Promise.all(Array.from({ length: AT_ONCE }, askOne));
    const before = asked;
    asked += AT_ONCE;
    if (Math.floor(asked / CHANGE_EVERY) > Math.floor(before / CHANGE_EVERY))
      await changeAnArticle(suggestions, engine);
    if (Math.floor((asked * REPORTS) / QUESTIONS) > Math.floor((before * REPORTS) / QUESTIONS)) report(asked);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${asked} questions in ${seconds.toFixed(0)} s: ${JSON.stringify(outcomes)}`);
  console.log(`replaced: ${JSON.stringify(engine.health)}; queue: ${JSON.stringify(queue.state)}`);
  await engine.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Writes, rewrites or removes one of ten articles, and indexes. */
async function changeAnArticle(suggestions, engine) {
  const file = join(settings.seedsFolder, `changing-${Math.floor(random() * 10)}.md`);
  if (random() < 0.3) rmSync(file, { force: true });
  else {
    const sentence = () => `${Array.from({ length: 12 }, () => pick(words)).join(' ')}.`;
    const paragraphs = Array.from({ length: 8 }, () => Array.from({ length: 6 }, sentence).join(' '));
    writeFileSync(file, `# ${pick(words)} ${pick(words)}\n\n${paragraphs.join('\n\n')}\n`);
  }
  await app.indexArticles({ ...settings, workers: 1 }, {});
  engine.library.refresh();
  await suggestions.update(engine.library, new AbortController().signal);
}

function report(asked) {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const megabytes = (bytes) => `${Math.round(bytes / MB)} MB`;
  const children = readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
  console.log(
    `${String(asked).padStart(6)} asked: resident ${megabytes(rss)}, heap of this thread ${megabytes(heapUsed + external)}, ` +
      `${readdirSync('/proc/self/fd').length} open files, ${process.getActiveResourcesInfo().length} handles, ${children.length} other processes`,
  );
}
