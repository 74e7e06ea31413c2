export const KERNELS: readonly string[];
export function compileKernel(name: string): Promise<string>;
