/** Compiles the kernels in this folder to modules in `src/vectors`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Each kernel is `NAME.ts` here and `src/vectors/NAME-kernel.ts` there. */
export const KERNELS = ['dot-products'];

/** Compiles a kernel. @returns The TypeScript module that has its bytes. */
export async function compileKernel(name) {
  let bytes;
  const { error, stderr } = await asc.main(
    [`${name}.ts`, '--baseDir', at('.'), '--outFile', `${name}.wasm`]
      .concat(['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--importMemory']),
    {
      writeFile(_, contents) {
        bytes = contents;
      },
    },
  );
  if (error !== null) throw new Error(`The kernel does not compile: ${stderr.toString()}`, { cause: error });
  return [
    `/** The bytes of \`kernel/${name}.ts\` as WebAssembly, in base64. Written by \`npm run build:kernel\`. */`,
    `export const ${name.toUpperCase().replaceAll('-', '_')}_KERNEL =\n  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of KERNELS) writeFileSync(at(`../src/vectors/${name}-kernel.ts`), await compileKernel(name));
