/** What may know what: read from the import statements of src. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

interface Import {
  /** Path below src of the file that imports. */
  readonly from: string;
  /** Path below src for a file of src, else the name as written: `node:fs`, `better-sqlite3`. */
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:[^'";`]*?\sfrom\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

const imports: readonly Import[] = files.flatMap((from) => importsOf(from, readFileSync(join(SRC, from), 'utf8')));

function importsOf(from: string, source: string): Import[] {
  const statements = [...source.matchAll(STATEMENT)].map(([, type, to = '']) => ({
    to,
    isTypeOnly: type !== undefined,
  }));
  // `typeof import('x')` is a type; it stands for the package all the same.
  const dynamic = [...source.matchAll(DYNAMIC)].map(([, to = '']) => ({ to, isTypeOnly: false }));
  return [...statements, ...dynamic].map(({ to, isTypeOnly }) => ({
    from,
    to: to.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), to)).replace(/\.js$/, '.ts') : to,
    isTypeOnly,
  }));
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
}

function isOfSrc({ to }: Import): boolean {
  return files.includes(to);
}

/** Imports of a folder's files that lead out of it. */
function leaving(folder: string): Import[] {
  return imports.filter(
    ({ from, to }) => folderOf(from) === folder && !(files.includes(to) && folderOf(to) === folder),
  );
}

function shown(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `${from} imports ${to}`);
}

test('every relative import is found as a file of src', () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(shown(imports.filter((one) => !isOfSrc(one) && (one.to.startsWith('.') || one.to.endsWith('.ts'))))).toEqual(
    [],
  );
});

test('import statements of every form are read', () => {
  const source = [
    "import { a } from './a.js';",
    "import type { B } from '../corpus/b.js';",
    "import {\n  c,\n  d,\n} from 'package';",
    "import './effect.js';",
    "export { e } from './e.js';",
    "const f = await import('./f.js');",
    "export function source() {\n  return `import { g } from './g.js';`;\n}",
  ].join('\n');
  expect(importsOf('reading/x.ts', source)).toEqual([
    { from: 'reading/x.ts', to: 'reading/a.ts', isTypeOnly: false },
    { from: 'reading/x.ts', to: 'corpus/b.ts', isTypeOnly: true },
    { from: 'reading/x.ts', to: 'package', isTypeOnly: false },
    { from: 'reading/x.ts', to: 'reading/effect.ts', isTypeOnly: false },
    { from: 'reading/x.ts', to: 'reading/e.ts', isTypeOnly: false },
    { from: 'reading/x.ts', to: 'reading/f.ts', isTypeOnly: false },
  ]);
});

test('no file imports itself by way of others', () => {
  const next = new Map<string, string[]>();
  for (const one of imports.filter((each) => isOfSrc(each) && !each.isTypeOnly))
    next.set(one.from, [...(next.get(one.from) ?? []), one.to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' > '));
    if (path.includes(file) || done.has(file)) return;
    for (const one of next.get(file) ?? []) follow(one, [...path, file]);
    done.add(file);
  };
  for (const file of files) follow(file, []);
  expect(circles).toEqual([]);
});

describe('the corpus', () => {
  test('imports nothing outside itself: no package, no module of Node, no other folder', () => {
    expect(shown(leaving('corpus'))).toEqual([]);
  });
});

describe('answering', () => {
  const ALLOWED_FILES = ['embedding/sign-codes.ts', 'user-error.ts'];

  test('imports no package and no module of Node: what it needs of the outside is passed in', () => {
    expect(shown(leaving('answering').filter((one) => !isOfSrc(one)))).toEqual([]);
  });

  test('imports of other folders only the corpus, sign codes, types of the embedding and the error for people', () => {
    const others = leaving('answering').filter(
      (one) =>
        isOfSrc(one) &&
        folderOf(one.to) !== 'corpus' &&
        !ALLOWED_FILES.includes(one.to) &&
        !(folderOf(one.to) === 'embedding' && one.isTypeOnly),
    );
    expect(shown(others)).toEqual([]);
  });

  test('reads no clock, no environment and draws no lots, so that an answer can be repeated', () => {
    for (const file of files.filter((one) => ['answering', 'corpus'].includes(folderOf(one))))
      expect(readFileSync(join(SRC, file), 'utf8'), file).not.toMatch(
        /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bprocess\.|\bMath\.random\(/,
      );
  });
});

describe('what people see', () => {
  test('the terminal and Discord do not know each other', () => {
    const between = imports.filter(
      ({ from, to }) =>
        (folderOf(from) === 'terminal' && (folderOf(to) === 'discord' || to.startsWith('discord'))) ||
        (folderOf(from) === 'discord' && folderOf(to) === 'terminal'),
    );
    expect(shown(between)).toEqual([]);
  });

  test('Discord knows what people left behind by its types, and the choices that moderators have', () => {
    const CHOICES = 'community/setting-values.ts';
    const running = imports.filter(
      ({ from, to, isTypeOnly }) =>
        folderOf(from) === 'discord' && folderOf(to) === 'community' && !isTypeOnly && to !== CHOICES,
    );
    expect(shown(running)).toEqual([]);
    // The file of the choices opens no database: that is handed in.
    const ofChoices = imports.filter(({ from, isTypeOnly }) => from === CHOICES && !isTypeOnly);
    expect(ofChoices.map(({ to }) => to)).toEqual(['zod']);
  });

  test('the terminal and Discord do not know how articles are read, embedded and kept', () => {
    const behind = imports.filter(
      ({ from, to }) =>
        ['terminal', 'discord'].includes(folderOf(from)) &&
        ['reading', 'library', 'embedding', 'evaluation'].includes(folderOf(to)),
    );
    expect(shown(behind)).toEqual([]);
  });
});

describe('a package is known to one folder only', () => {
  test.each([
    ['better-sqlite3', ['library', 'community', '']],
    ['hnswlib-node', ['library']],
    ['@xenova/transformers', ['embedding']],
    ['onnxruntime-node', ['embedding']],
    ['chardet', ['reading']],
    ['yaml', ['reading']],
    ['unified', ['reading']],
    ['remark-parse', ['reading']],
    ['@mozilla/readability', ['reading']],
    ['linkedom', ['reading']],
    ['htmlparser2', ['reading']],
    ['wrap-ansi', ['terminal']],
    ['picocolors', ['terminal']],
    ['log-update', ['terminal']],
    ['discord.js', ['discord']],
    ['i18next', ['discord']],
    ['rate-limiter-flexible', ['discord']],
    ['csv-stringify', ['discord']],
    ['pino', ['discord']],
    ['commander', ['']],
    ['dotenv', ['']],
  ])('%s', (name, folders) => {
    const users = imports.filter(({ to }) => to === name || to.startsWith(`${name}/`));
    expect(users).not.toEqual([]);
    expect(shown(users.filter(({ from }) => !folders.includes(folderOf(from))))).toEqual([]);
  });

  test('better-sqlite3 outside the library and the community is only the lock of both and the look of the doctor', () => {
    const outside = imports.filter(
      ({ from, to }) => to === 'better-sqlite3' && !['library', 'community'].includes(folderOf(from)),
    );
    expect(shown(outside).sort()).toEqual(['doctor.ts imports better-sqlite3', 'lock.ts imports better-sqlite3']);
  });
});

describe('the parts meet in one place', () => {
  const COMPOSING = ['app.ts', 'cli.ts', 'doctor.ts'];

  test('only the composing files import them', () => {
    const users = imports.filter(
      ({ from, to, isTypeOnly }) =>
        (to === 'app.ts' || to === 'cli.ts' || to === 'doctor.ts') && !isTypeOnly && !COMPOSING.includes(from),
    );
    expect(shown(users)).toEqual([]);
  });

  test('only app.ts and doctor.ts know both the reading and the embedding', () => {
    const running = (file: string): Set<string> =>
      new Set(
        imports.filter((one) => one.from === file && !one.isTypeOnly && isOfSrc(one)).map(({ to }) => folderOf(to)),
      );
    const meeting = files.filter((file) => {
      const folders = running(file);
      return folders.has('embedding') && folders.has('reading');
    });
    expect(meeting.sort()).toEqual(['app.ts', 'doctor.ts']);
  });

  test('the environment is read in settings.ts and handed in by cli.ts', () => {
    const readers = files.filter((file) => /\bprocess\.env\b/.test(readFileSync(join(SRC, file), 'utf8')));
    expect(readers.filter((file) => file !== 'cli.ts')).toEqual([]);
  });

  test('the folders below know nothing of those above', () => {
    const BELOW: Record<string, readonly string[]> = {
      reading: ['corpus', ''],
      embedding: [''],
      library: ['corpus', 'reading', 'embedding', 'answering', ''],
      community: [''],
      terminal: ['corpus', 'answering', ''],
      discord: ['corpus', 'answering', 'community', ''],
      evaluation: ['corpus', 'reading', 'answering', ''],
    };
    const upwards = imports.filter(
      (one) =>
        isOfSrc(one) &&
        BELOW[folderOf(one.from)] !== undefined &&
        folderOf(one.to) !== folderOf(one.from) &&
        !BELOW[folderOf(one.from)]?.includes(folderOf(one.to)),
    );
    expect(shown(upwards)).toEqual([]);
  });
});
