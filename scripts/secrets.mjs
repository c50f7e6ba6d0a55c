/** Writes src/secrets/data.ts of backtrail/secrets/rules.json, so that no part needs to find that file when it runs. */
import { format, resolveConfig } from 'prettier';
import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './setup/paths.mjs';

const file = inRoot('src', 'secrets', 'data.ts');
const rules = readFileSync(inRoot('backtrail', 'secrets', 'rules.json'), 'utf8');
const text = `/**
 * What stands in \`backtrail/secrets/rules.json\`, which is the place to change it: \`node scripts/secrets.mjs\`
 * writes this file.
 */
export const data = ${rules.trim()};
`;
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'typescript' }));
