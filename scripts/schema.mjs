// Writes docs/run-log.schema.json from the zod schemas; with --check, says whether it is up to date.
//
// It is not in schema/: JupyterLab takes every file there for the settings of a plugin.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = new URL('../', import.meta.url);
const TARGET = new URL('docs/run-log.schema.json', ROOT);

/** The schemas as they are in the source: TypeScript is bundled in memory, nothing has to be built. */
async function loadSchemas() {
  const bundle = await build({
    stdin: {
      contents: "export * from './src/runlog/schema.js'; export { z } from 'zod';",
      resolveDir: fileURLToPath(ROOT),
      loader: 'ts'
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    write: false,
    logLevel: 'error'
  });
  const code = Buffer.from(bundle.outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

async function generate() {
  const { z, SessionLogLine, MetricsLine, RunSummary } = await loadSchemas();
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io: 'input',
    uri: (/** @type {string} */ id) => `#/$defs/${id}`
  });
  const definitions = Object.entries(schemas).map(([name, schema]) => {
    const { $schema: _dialect, $id: _uri, id: _id, ...definition } = schema;
    return [name, definition];
  });
  const files = [SessionLogLine, MetricsLine, RunSummary].map(schema => ({
    $ref: `#/$defs/${z.globalRegistry.get(schema).id}`
  }));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The run log of Backtrail, format 1',
    description:
      'A line of a session log, a line of metrics.jsonl, or a run.json. See docs/run-log.md.',
    anyOf: files,
    $defs: Object.fromEntries(definitions)
  };
}

const text = `${JSON.stringify(await generate(), null, 2)}\n`;
if (process.argv.includes('--check')) {
  const committed = await readFile(TARGET, 'utf8').catch(() => '');
  if (committed.replaceAll('\r\n', '\n') !== text) {
    console.error(
      'docs/run-log.schema.json is not what src/runlog/schema.ts says: run `npm run schema`.'
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(TARGET, text);
}
