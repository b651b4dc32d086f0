// A thread that computes: an instance of the same module over the same memory, taking blocks of work for ever.
'use strict';

const { workerData } = require('node:worker_threads');
const { module: kernels, memory, scratch } = workerData;
new WebAssembly.Instance(kernels, { env: { memory, startWorkers() {} } }).exports.serve(scratch);
