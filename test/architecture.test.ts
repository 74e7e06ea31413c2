/** Which layer may import which, read from the import statements of src. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

interface Import {
  /** The file that imports, as its path in src. */
  readonly from: string;
  /** What it imports: a path in src, or a name such as `node:fs` or `better-sqlite3`. */
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:[^'";`]*?\sfrom\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  // AssemblyScript is another language, and imports nothing.
  .filter((file) => file.endsWith('.ts') && !file.startsWith('vectors/assembly/'));

const imports: readonly Import[] = files.flatMap((from) => importsOf(from, readFileSync(join(SRC, from), 'utf8')));

function importsOf(from: string, source: string): Import[] {
  const statements = [...source.matchAll(STATEMENT)].map(([, type, to = '']) => ({
    to,
    isTypeOnly: type !== undefined,
  }));
  // `typeof import('x')` is a type; it still counts as an import of the package.
  const dynamic = [...source.matchAll(DYNAMIC)].map(([, to = '']) => ({ to, isTypeOnly: false }));
  return [...statements, ...dynamic].map(({ to, isTypeOnly }) => ({
    from,
    to: to.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), to)).replace(/\.js$/, '.ts') : to,
    isTypeOnly,
  }));
}

/** The layer of a file: its first folder, or the file itself if it is directly in src. */
function layerOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : file;
}

function isOwnFile({ to }: Import): boolean {
  return files.includes(to);
}

function shown(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `${from} imports ${to}`);
}

test('every relative import leads to a file in src', () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(shown(imports.filter((one) => !isOwnFile(one) && (one.to.startsWith('.') || one.to.endsWith('.ts'))))).toEqual(
    [],
  );
});

test('every form of import statement is recognised', () => {
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

test('there are no circular imports, not even of types', () => {
  const next = new Map<string, string[]>();
  for (const one of imports.filter(isOwnFile)) next.set(one.from, [...(next.get(one.from) ?? []), one.to]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const follow = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' > '));
    if (path.includes(file) || done.has(file)) return;
    for (const one of next.get(file) ?? []) follow(one, [...path, file]);
    done.add(file);
  };
  for (const file of files) follow(file, []);
  expect(cycles).toEqual([]);
});

/** The layers from the bottom up: each may import the layers in its list and nothing else in src. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  // Values and functions: no packages, no I/O.
  text: [],
  vectors: [],
  'user-error.ts': ['text'],
  'time-slices.ts': [],
  'bundled-model.ts': [],
  'built-file.ts': [],
  corpus: ['text'],
  answering: ['text', 'vectors', 'corpus', 'user-error.ts'],
  // The outside world: files, models, databases.
  storage: ['user-error.ts'],
  'settings.ts': ['user-error.ts', 'bundled-model.ts'],
  'version.ts': ['settings.ts'],
  reading: ['text', 'corpus', 'storage', 'built-file.ts', 'user-error.ts'],
  embedding: ['vectors', 'user-error.ts', 'built-file.ts', 'bundled-model.ts'],
  library: ['text', 'vectors', 'corpus', 'answering', 'storage', 'time-slices.ts', 'user-error.ts'],
  indexing: ['text', 'corpus', 'storage', 'reading', 'embedding', 'library', 'user-error.ts'],
  community: ['storage', 'user-error.ts'],
  backup: ['storage', 'user-error.ts'],
  evaluation: ['text', 'vectors', 'corpus', 'answering', 'storage', 'user-error.ts'],
  // What people see. The two do not know each other, nor how articles are read, embedded and stored.
  terminal: ['text', 'corpus', 'answering', 'settings.ts', 'user-error.ts'],
  discord: ['text', 'vectors', 'corpus', 'answering', 'community', 'settings.ts', 'time-slices.ts', 'user-error.ts'],
};

/** The files and folders that put the layers together. No layer imports them. */
const COMPOSITION = [
  'engine.ts',
  'engine-thread',
  'pinned-engine.ts',
  'app.ts',
  'learn.ts',
  'doctor.ts',
  'added-articles.ts',
  'index-backup.ts',
  'cli.ts',
  'index.ts',
];

test('every file belongs to a layer or to the composition', () => {
  const known = new Set([...Object.keys(LAYERS), ...COMPOSITION]);
  expect(files.filter((file) => !known.has(layerOf(file)))).toEqual([]);
});

test.each(Object.entries(LAYERS))('%s imports only what lies below it', (layer, below) => {
  const outside = imports.filter(
    (one) =>
      layerOf(one.from) === layer && isOwnFile(one) && layerOf(one.to) !== layer && !below.includes(layerOf(one.to)),
  );
  expect(shown(outside)).toEqual([]);
});

describe('the core', () => {
  const CORE = ['text', 'vectors', 'corpus', 'answering'];

  test('imports no package and no Node.js module: what it needs from outside is passed in', () => {
    expect(shown(imports.filter((one) => CORE.includes(layerOf(one.from)) && !isOwnFile(one)))).toEqual([]);
  });

  test('reads no clock and no environment, and uses no randomness, so answers are reproducible', () => {
    for (const file of files.filter((one) => CORE.includes(layerOf(one))))
      expect(readFileSync(join(SRC, file), 'utf8'), file).not.toMatch(
        /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bprocess\.|\bMath\.random\(/,
      );
  });
});

/**
 * The layers inside a layer, from the bottom up. Layers in the same row do not import each other; `*` stands for the
 * files that are in no folder.
 */
const INNER_LAYERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  answering: [
    ['question'],
    ['ports'],
    ['ranking'],
    ['confidence'],
    ['quoting'],
    ['explanation'],
    ['pins'],
    ['*'],
    ['claims'],
  ],
  discord: [
    ['locales'],
    ['format'],
    ['autocomplete'],
    ['context'],
    ['cards'],
    ['sending'],
    ['commands', 'controls', 'messages', 'gateway'],
    ['handle-interaction.ts'],
    ['serve.ts'],
  ],
};

describe.each(Object.entries(INNER_LAYERS))('inside %s', (layer, rows) => {
  const innerLayerOf = (file: string): string => {
    const name = layerOf(file.slice(layer.length + 1));
    return rows.some((row) => row.includes(name)) || !name.endsWith('.ts') ? name : '*';
  };
  const rowOf = (file: string): number => rows.findIndex((row) => row.includes(innerLayerOf(file)));

  test('every file belongs to a layer', () => {
    expect(files.filter((file) => layerOf(file) === layer && rowOf(file) === -1)).toEqual([]);
  });

  test('no import goes up or sideways', () => {
    const own = imports.filter((one) => layerOf(one.from) === layer && layerOf(one.to) === layer);
    const upwards = own.filter(({ from, to }) => innerLayerOf(from) !== innerLayerOf(to) && rowOf(to) >= rowOf(from));
    expect(shown(upwards)).toEqual([]);
  });
});

describe('Discord', () => {
  test('nothing opens a database: it is passed in', () => {
    const reached = new Set<string>();
    const follow = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const one of imports) if (one.from === file && !one.isTypeOnly && isOwnFile(one)) follow(one.to);
    };
    for (const file of files.filter((one) => layerOf(one) === 'discord')) follow(file);
    expect(
      shown(imports.filter(({ from, to, isTypeOnly }) => to === 'better-sqlite3' && !isTypeOnly && reached.has(from))),
    ).toEqual([]);
  });
});

test('nothing is printed except through an output, which writes out what a terminal would obey', () => {
  const printing = /\bconsole\.|\bprocess\.(?:stdout|stderr|_rawDebug)|\bstream\.write\(/;
  const found = files.filter((file) => printing.test(readFileSync(join(SRC, file), 'utf8')));
  expect(found).toEqual(['terminal/output.ts']);
});

describe('a package is used in one place', () => {
  test.each([
    ['better-sqlite3', ['library', 'community', 'backup', 'storage', 'doctor.ts']],
    ['tar-stream', ['backup']],
    ['hnswlib-node', ['library']],
    ['fastest-levenshtein', ['library']],
    ['@xenova/transformers', ['embedding']],
    ['onnxruntime-node', ['embedding']],
    ['chardet', ['reading']],
    ['iconv-lite', ['reading']],
    ['yaml', ['reading']],
    ['unified', ['reading']],
    ['remark-parse', ['reading']],
    ['@mozilla/readability', ['reading']],
    ['linkedom', ['reading']],
    ['htmlparser2', ['reading']],
    ['eld', ['reading']],
    ['wrap-ansi', ['terminal']],
    ['picocolors', ['terminal']],
    ['commander', ['terminal']],
    ['discord.js', ['discord']],
    ['i18next', ['discord']],
    ['rate-limiter-flexible', ['discord']],
    ['csv-stringify', ['discord']],
    ['pino', ['discord']],
    ['dotenv', ['settings.ts']],
  ])('%s', (name, layers) => {
    const users = imports.filter(({ to }) => to === name || to.startsWith(`${name}/`));
    expect(users).not.toEqual([]);
    expect(shown(users.filter(({ from }) => !layers.includes(layerOf(from))))).toEqual([]);
  });

  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(SRC, '..', 'package.json'), 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;

  test('no package that is installed for tests only is used', () => {
    const names = Object.keys(devDependencies);
    expect(names).toContain('vitest');
    const used = imports.filter(({ to }) => names.some((name) => to === name || to.startsWith(`${name}/`)));
    expect(shown(used)).toEqual([]);
  });

  test('everything that a build needs is installed with --omit=dev', () => {
    expect(Object.keys(dependencies)).toEqual(
      expect.arrayContaining(['typescript', '@types/node', '@types/better-sqlite3', '@types/mdast']),
    );
  });
});

test('nothing reads process.env: cli.ts passes the process in', () => {
  const readers = files.filter((file) => /\bprocess\.env\b/.test(readFileSync(join(SRC, file), 'utf8')));
  expect(readers).toEqual([]);
  expect(readFileSync(join(SRC, 'cli.ts'), 'utf8')).toContain('processRuntime(process)');
});
