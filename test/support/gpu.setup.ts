/**
 * Looks for a GPU before the tests run, and says in one loud line what is not tested where there is none.
 */
import type { TestProject } from 'vitest/node' with { 'resolution-mode': 'import' };
import { findGpu } from '../../gpu/platform.node';

export default async function setup(project: TestProject): Promise<void> {
  const found = await isThere();
  project.provide('gpu', found || process.env.REQUIRE_GPU === '1');
  if (!found) console.warn('\n!!! NO GPU WAS FOUND: what runs on one is not tested here (test/gpu says more) !!!\n');
}

async function isThere(): Promise<boolean> {
  try {
    const gpu = await findGpu();
    return (await gpu.requestAdapter()) !== null;
  } catch {
    return false; // the package is not installed
  }
}
