/**
 * `npm run ops`: every operation on one page: what it computes, the kernels that do it, whether its gradient can be
 * differentiated again, and how many samples check it. It prints the tables and writes them into core/ops/README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { operationTables, PAGE, withTables } from './ops/page';

const tables = operationTables();
console.log(tables);
writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), tables));
