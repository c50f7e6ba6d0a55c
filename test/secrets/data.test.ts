import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { data } from '../../src/secrets/data.js';

test('the rules of TypeScript are those of rules.json: `node scripts/secrets.mjs` writes them', () => {
  const rules = new URL('../../backtrail/secrets/rules.json', import.meta.url);
  expect(data).toEqual(JSON.parse(readFileSync(rules, 'utf8')));
});
