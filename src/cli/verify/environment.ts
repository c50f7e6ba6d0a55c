/**
 * An environment built from a record: the interpreter's version and the packages that a script names.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What is built, and where. */
export interface IFreshOptions {
  readonly folder: string;
  /** An interpreter to build it with, where `uv` is not there. */
  readonly python: string | undefined;
  /** Of Python, such as 3.11.4. */
  readonly version: string | undefined;
  readonly packages: ReadonlyArray<readonly [name: string, version: string]>;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (sentence: string) => void;
}

/** Builds it, and tells its interpreter, or why there is none. */
export function freshEnvironment(options: IFreshOptions): string | { why: string } {
  const { folder, python, packages, say } = options;
  const minor = /^\d+\.\d+/.exec(options.version ?? '')?.[0];
  const wanted = packages.map(([name, version]) => `${name}==${version.split('+')[0]}`);
  const made = join(
    folder,
    ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'])
  );
  say(`Building an environment with ${wanted.length} packages`);
  const uv = spawnSync('uv', ['--version'], { env: options.environment }).status === 0;
  const steps = uv
    ? [
        ['uv', 'venv', '--quiet', ...(minor ? ['--python', minor] : []), folder],
        ['uv', 'pip', 'install', '--quiet', '--python', made, ...wanted]
      ]
    : [
        [python ?? 'python3', '-m', 'venv', folder],
        [made, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...wanted]
      ];
  for (const [program, ...args] of wanted.length ? steps : steps.slice(0, 1)) {
    const { status, stderr, error } = spawnSync(program, args, {
      env: options.environment,
      encoding: 'utf8'
    });
    if (status !== 0) {
      const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
      return { why: `The environment of the record could not be built: ${reason}` };
    }
  }
  return existsSync(made) ? made : { why: 'The environment of the record could not be built.' };
}
