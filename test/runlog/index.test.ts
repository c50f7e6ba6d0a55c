import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const INDEX = fileURLToPath(new URL('../../src/runlog/index.ts', import.meta.url));

it('is loaded without zod, which the browser does not need to read a log', async () => {
  const { metafile } = await build({
    entryPoints: [INDEX],
    bundle: true,
    format: 'esm',
    // Neither Node nor a browser: what only one of them has cannot be resolved.
    platform: 'neutral',
    metafile: true,
    write: false
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter(path => path.includes('node_modules'))).toEqual([]);
  expect(inputs.filter(path => path.includes('src/runlog/'))).toEqual(inputs);
});
