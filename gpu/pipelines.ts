/**
 * Kernels made ready to run: each file, with each set of constants, is compiled once. What a kernel binds is read off
 * its own declarations, so that one list of buffers serves every launch that has the same.
 */
import { shaderText } from '#gpu';
import { device } from './device';

export interface Pipeline {
  compute: GPUComputePipeline;
  layout: GPUBindGroupLayout;
  /** The lists of buffers it was launched with, by their addresses. */
  bindings: Map<string, GPUBindGroup>;
}

interface Shader {
  module: GPUShaderModule;
  layout: GPUBindGroupLayout;
}

const shaders = new Map<string, Shader>();
const pipelines = new Map<string, Pipeline>();

export function pipelineOf(kernel: string, constants: Record<string, number> = {}): Pipeline {
  let key = kernel;
  for (const name in constants) key += ` ${name}=${constants[name]}`;
  let pipeline = pipelines.get(key);
  if (!pipeline) {
    const { module, layout } = shaderOf(kernel);
    const compute = device().createComputePipeline({
      label: key,
      layout: device().createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, constants },
    });
    pipeline = { compute, layout, bindings: new Map() };
    pipelines.set(key, pipeline);
  }
  return pipeline;
}

function shaderOf(kernel: string): Shader {
  let shader = shaders.get(kernel);
  if (!shader) {
    const code = shaderText(kernel);
    const module = device().createShaderModule({ label: kernel, code });
    const layout = device().createBindGroupLayout({ label: kernel, entries: declarations(code) });
    shader = { module, layout };
    shaders.set(kernel, shader);
  }
  return shader;
}

/** Its `@binding(0) var<storage, read> …` lines. The parameters lie somewhere else at each launch. */
function declarations(code: string): GPUBindGroupLayoutEntry[] {
  return [...code.matchAll(/@binding\((\d+)\) var<(uniform|storage, read|storage, read_write)>/g)].map(
    ([, binding, access]) => ({
      binding: Number(binding),
      visibility: GPUShaderStage.COMPUTE,
      buffer:
        access === 'uniform'
          ? { type: 'uniform', hasDynamicOffset: true }
          : { type: access === 'storage, read' ? 'read-only-storage' : 'storage' },
    }),
  );
}
