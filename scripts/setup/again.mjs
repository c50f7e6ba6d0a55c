/** Runs rows of pytest side by side. On CI, what fails there is tried once more, alone. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBeside, runShown } from './progress.mjs';

/** If more tests than that fail, it is none of the machine's doing. */
const MOST = 5;

/** The exit code of pytest when it ran all tests and some of them failed. */
const FAILED = 1;

/**
 * @param {string[][]} rows commands of pytest
 * @param {{ env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ code: number, alone: string[] }>} the greatest of their exit codes, and the tests that
 *   passed only when nothing ran beside them
 */
export async function runRows(rows, { env = process.env }) {
  const folder = mkdtempSync(join(tmpdir(), 'backtrail-tests-'));
  try {
    const lists = rows.map((_, index) => join(folder, `${index}.json`));
    const noted = rows.map((row, index) => [...row, `--note-failed=${lists[index]}`]);
    const codes = await runBeside(noted, { env });
    const failed = codes.map((code, index) => (code === FAILED ? read(lists[index] ?? '') : []));
    const alone = failed.flat();
    const isToldByTests = codes.every((code, index) => code === 0 || failed[index]?.length);
    if (!process.env.CI || alone.length === 0 || alone.length > MOST || !isToldByTests) {
      return { code: Math.max(...codes), alone: [] };
    }
    console.log(
      `\n${alone.length} failed while others ran; once more, alone:\n  ${alone.join('\n  ')}\n`
    );
    for (const [index, [program = '', ...parameters]] of rows.entries()) {
      if (failed[index]?.length) {
        const code = await runShown(program, [...parameters, `--only-failed=${lists[index]}`], {
          env
        });
        if (code !== 0) {
          return { code, alone: [] };
        }
      }
    }
    return { code: 0, alone };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} list a file that a row leaves when it came to its end
 * @returns {string[]} the tests that failed
 */
function read(list) {
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
}

/**
 * @param {string[]} alone
 * @returns {string} what is said of tests that passed only when alone; empty where there are none
 */
export function toldAlone(alone) {
  return alone.map(test => `\n  passed only when alone: ${test}`).join('');
}
