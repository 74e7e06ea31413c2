/**
 * Finds a compiled program that runs in a thread or process of its own. From TypeScript source, as in tests, it is the built one:
 * Node.js 20 cannot run TypeScript.
 *
 * @param path The path of the program in `src`, with the extension `.js`, such as `embedding/worker.js`.
 */
export function builtFile(path: string): URL {
  const root = import.meta.url.endsWith('.ts') ? '../dist/' : './';
  return new URL(`${root}${path}`, import.meta.url);
}
