// Writes src/runlog/filter/grammar.ts from grammar.peggy; with --check, says whether it is up to date.
import { readFile, writeFile } from 'node:fs/promises';
import peggy from 'peggy';

const FOLDER = new URL('../src/runlog/filter/', import.meta.url);
const SOURCE = new URL('grammar.peggy', FOLDER);
const TARGET = new URL('grammar.ts', FOLDER);

const code = peggy.generate(await readFile(SOURCE, 'utf8'), {
  output: 'source',
  format: 'es',
  grammarSource: 'grammar.peggy'
});
const text = `// @ts-nocheck\n// Made of grammar.peggy by \`npm run grammar\`.\n${code}`;
if (process.argv.includes('--check')) {
  const committed = await readFile(TARGET, 'utf8').catch(() => '');
  if (committed.replaceAll('\r\n', '\n') !== text) {
    console.error(
      'src/runlog/filter/grammar.ts is not what grammar.peggy says: run `npm run grammar`.'
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(TARGET, text);
}
