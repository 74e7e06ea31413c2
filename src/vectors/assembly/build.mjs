/**
 * Compiles `max-sim.ts` to a TypeScript module that has its bytes.
 *
 * Usage: `node src/vectors/assembly/build.mjs [file]`. Default: `src/vectors/max-sim-kernel.ts`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const [, , file = at('../max-sim-kernel.ts')] = process.argv;

const options = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert'];
const { error, stderr } = await asc.main(
  ['max-sim.ts', '--baseDir', at('.'), '--outFile', 'max-sim.wasm', ...options],
  {
    writeFile(_, bytes) {
      writeFileSync(
        file,
        [
          '/** The bytes of `assembly/max-sim.ts` as WebAssembly, in base64. Written by `npm run build:kernel`. */',
          `export const MAX_SIM_KERNEL =\n  '${Buffer.from(bytes).toString('base64')}';\n`,
        ].join('\n'),
      );
    },
  },
);
if (error !== null) {
  console.error(stderr.toString());
  process.exitCode = 1;
}
