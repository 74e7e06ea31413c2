/** Memory that a kernel and JavaScript share. */
export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
}

// Node.js has it; the types of the language and of Node.js 20 do not.
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Memory: new (options: { readonly initial: number }) => WebAssemblyMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env?: { readonly memory: WebAssemblyMemory } },
  ) => { readonly exports: unknown };
};

/** The size of memory is a multiple of this, in bytes. */
export const PAGE_BYTES = 65_536;

/**
 * Starts a kernel: one of the programs in `assembly`.
 *
 * @param memory For a kernel that does not bring its own.
 * @returns What it exports.
 */
export type Kernel<Exports> = (memory?: WebAssemblyMemory) => Exports;

/**
 * Compiles a kernel.
 *
 * @param base64 Its bytes.
 * @returns Null if there is no WebAssembly with SIMD here.
 */
export function compileKernel<Exports>(base64: string): Kernel<Exports> | null {
  const bytes = Buffer.from(base64, 'base64');
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) return null;
  const module = new WebAssembly.Module(bytes);
  return (memory) =>
    new WebAssembly.Instance(module, memory === undefined ? {} : { env: { memory } }).exports as Exports;
}

/** Creates memory of at least so many bytes. */
export function createMemory(bytes: number): WebAssemblyMemory {
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
}
