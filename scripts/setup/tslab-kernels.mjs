/** Makes the kernels of tslab known to a Jupyter, with the copy that is there for development. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeProgram } from './paths.mjs';

const KERNELS = {
  tslab: { display_name: 'TypeScript', language: 'typescript', words: [] },
  jslab: { display_name: 'JavaScript', language: 'javascript', words: ['--js'] }
};

/**
 * Writes their specifications, as tslab's own installer does, which needs a Python for it.
 *
 * @param {string} data a data directory of Jupyter
 */
export function writeTslabKernels(data) {
  for (const [name, { words, ...spec }] of Object.entries(KERNELS)) {
    const folder = join(data, 'kernels', name);
    const program = [process.execPath, nodeProgram('tslab/bin/tslab'), 'kernel'];
    const argv = [...program, '--config-path', '{connection_file}', ...words];
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify({ argv, ...spec }, null, 1)}\n`);
  }
}
