/** What a session ran in: Node, the system, and the packages that its folder resolves, those within packages included. */
import { cpus, machine, release, totalmem, type as system } from 'node:os';
import { dirname, join } from 'node:path';
import { readFileSync } from './disk.js';
import { loadedPaths } from './internals.js';
import type { PackageTree } from './packages/tree.js';
import type { Session } from './session.js';

/** Variables that change what a program computes or how Node runs. */
const VARIABLES = ['NODE_ENV', 'NODE_OPTIONS', 'TZ', 'LANG', 'LC_ALL', 'UV_THREADPOOL_SIZE'];

/** Writes the environment of a session. */
export function noteEnvironment(session: Session, { versions: packages }: PackageTree): void {
  const text = JSON.stringify(packages, Object.keys(packages).sort(), 1);
  const variables = VARIABLES.filter(name => process.env[name] !== undefined);
  const processors = cpus();
  session.write('environment', {
    node: process.version.slice(1),
    executable: process.execPath,
    platform: `${system()}-${release()}-${machine()}`,
    packages: session.store('The list of packages', text),
    variables: Object.fromEntries(variables.map(name => [name, process.env[name]])),
    cpu: { model: processors.at(0)?.model ?? null, count: processors.length },
    memory: totalmem(),
    tslab: tslabOf()
  });
}

/** The copy of tslab that executes the cells: of two that are loaded, the first hands over to the second. */
function tslabOf(): { version: string | null; path: string } | null {
  const path = loadedPaths().at(-1);
  if (path === undefined) {
    return null;
  }
  const folder = dirname(dirname(path));
  return { version: versionOf(folder) ?? null, path: folder };
}

function versionOf(folder: string): string | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version?: unknown;
    };
    return typeof manifest.version === 'string' ? manifest.version : undefined;
  } catch {
    return undefined;
  }
}
