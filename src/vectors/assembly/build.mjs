/** Compiles the kernels in this folder, in AssemblyScript, to TypeScript modules that have their bytes. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Each kernel is `NAME.ts` here and `NAME-kernel.ts` one folder up. */
export const KERNELS = ['max-sim', 'dot-products'];

/** Options of one kernel: the caller owns the memory of one, and the other has all that it will ever use, 16 MB, from the start. */
const OPTIONS = { 'dot-products': ['--importMemory'], 'max-sim': ['--initialMemory', '256'] };

/** Compiles a kernel. @returns The TypeScript module that has its bytes. */
export async function compileKernel(name) {
  const options = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', ...OPTIONS[name]];
  let bytes;
  const { error, stderr } = await asc.main(
    [`${name}.ts`, '--baseDir', at('.'), '--outFile', `${name}.wasm`, ...options],
    {
      writeFile(_, contents) {
        bytes = contents;
      },
    },
  );
  if (error !== null) throw new Error(`The kernel does not compile: ${stderr.toString()}`, { cause: error });
  return [
    `/** The bytes of \`assembly/${name}.ts\` as WebAssembly, in base64. Written by \`npm run build:kernel\`. */`,
    `export const ${name.toUpperCase().replaceAll('-', '_')}_KERNEL =\n  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of KERNELS) writeFileSync(at(`../${name}-kernel.ts`), await compileKernel(name));
