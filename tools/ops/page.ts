/**
 * The page of operations: formulas come from the comments in core/ops, kernels from watching the rows of
 * test/operations run, second order and the number of samples from the rows themselves.
 */
import { basename } from 'node:path';
import { callsOf } from '../../test/operations/calls';
import type { Operation } from '../../test/operations/row';
import { operations } from '../../test/operations/table';
import { type Documented, documentedFunctions } from './comments';

export const PAGE = 'core/ops/README.md';
const [BEGIN, END] = ['<!-- operations: written by npm run ops -->', '<!-- end of operations -->'];

/** The page with its tables replaced. */
export function withTables(page: string, tables: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${PAGE} lacks the comments between which the tables stand`);
  return `${before}${BEGIN}\n\n${tables}\n${END}${after}`;
}

/** One table for each file of core/ops, as Markdown. */
export function operationTables(): string {
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  const sections = documentedFunctions('core/ops').map(({ file, functions }) => {
    const rows = functions.flatMap((documented) => {
      const operation = byName.get(documented.name) ?? byName.get(METHOD_NAMES[documented.name]);
      return operation ? [rowFor(documented, operation)] : [];
    });
    if (rows.length === 0) return '';
    const head = '| operation | what it computes | gradient | kernels | second order | samples |';
    return `### [${basename(file)}](${basename(file)})\n\n${head}\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return sections.filter((section) => section !== '').join('\n');
}

/** Functions that go by another name in the table, as they do as methods. */
const METHOD_NAMES: Record<string, string> = { variance: 'var', contiguous: 'toContiguous', toType: 'to' };

function rowFor({ name, formula, gradient }: Documented, { rows, refusals }: Operation): string {
  const kernels = [...callsOf(rows).kernels].filter((kernel) => !kernel.includes(' ')).sort();
  const differentiable = rows.some((row) => row.inputs.some((input) => input.wantsGradient));
  const secondOrder = !differentiable ? '–' : rows.some((row) => !row.noSecondOrder) ? 'yes' : 'no';
  const samples = refusals.length > 0 ? `${rows.length}, ${refusals.length} refused` : String(rows.length);
  const cells = [`\`${name}\``, formula, gradient, kernels.join(' '), secondOrder, samples];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
