import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operationTables, PAGE, withTables } from '../../tools/ops/page';

test('the page of operations says what the code and the table say (mend it with npm run ops)', () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(page).toBe(withTables(page, operationTables()));
});
