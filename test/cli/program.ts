/**
 * The command line as it is shipped: bundled, and run in a process of its own.
 */

import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a command did. */
export interface IDone {
  code: number | null;
  out: string;
  err: string;
}

/** Bundles the command line once for the tests of a file, in a folder that is also their home. */
export function commandLine(): {
  /** The folder. */
  readonly home: string;
  /** The bundle. */
  readonly program: string;
  /** Runs a command; `environment` is added to one without any settings of the user. */
  run(words: readonly string[], environment?: NodeJS.ProcessEnv, cwd?: string): IDone;
  /** A copy of a whole folder of test/vectors. */
  vector(name: string): string;
} {
  let home = '';
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'backtrail-cli-'));
    await build({
      entryPoints: [join(root, 'src', 'cli', 'main.ts')],
      outfile: join(home, 'backtrail.mjs'),
      bundle: true,
      platform: 'node',
      target: 'node20.19',
      format: 'esm',
      define: { BACKTRAIL_VERSION: '"1.2.3"' },
      logLevel: 'warning'
    });
  });
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });
  return {
    get home() {
      return home;
    },
    get program() {
      return join(home, 'backtrail.mjs');
    },
    run: (words, environment = {}, cwd = home) => {
      const settings = {
        HOME: home,
        USERPROFILE: home,
        APPDATA: join(home, 'AppData'),
        PATH: process.env.PATH
      };
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(home, 'backtrail.mjs'), ...words],
        {
          cwd,
          encoding: 'utf8',
          env: { ...settings, ...environment }
        }
      );
      return { code: status, out: stdout, err: stderr };
    },
    vector: name => {
      const copy = mkdtempSync(join(home, 'vector-'));
      cpSync(join(root, 'test', 'vectors', name), copy, { recursive: true });
      return copy;
    }
  };
}
