/**
 * The fast kernels, in AssemblyScript: TypeScript's syntax with WebAssembly's types. An address is a `usize`, a vector
 * of four numbers a `v128`. Read lanes.ts, threads.ts and gemm.ts first. Everything exported here can be called from
 * the files of the same names one folder up.
 */
export { serve, start } from './threads';
export { matmul } from './matmul';
