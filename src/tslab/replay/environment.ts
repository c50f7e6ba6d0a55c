/** An environment built from a record: the packages that cells import, in the versions that the record names. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Module } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync
} from '../disk.js';

/** What an environment is to have. */
export interface IWanted {
  /** What the cells import. */
  readonly packages: ReadonlyArray<readonly [name: string, version: string]>;
  /** All that the record knows the version of: what others need is had in that one too. */
  readonly installed?: Readonly<Record<string, string>>;
}

/** The part of a lock of npm that is read: where each package is to stand. */
interface ILock {
  readonly packages?: Readonly<Record<string, unknown>>;
}

const LONGEST = 300;
/** Lines of npm that say nothing of what went wrong. */
const ASIDE = /^(?:code |errno |syscall |path |command |A complete log |For a full report|$)/;

/**
 * The `node_modules` of the environment below `parent`, which is built if it is not there yet.
 *
 * @param folder - where the cells are at home: the settings of npm there, and above it, are the user's.
 * @throws when it cannot be built.
 */
export function build(wanted: IWanted, parent: string, folder: string): string {
  const dependencies = Object.fromEntries(withTypes(wanted));
  const key = createHash('sha256').update(JSON.stringify([dependencies, wanted.installed ?? {}]));
  const whole = join(parent, key.digest('hex').slice(0, 16));
  if (!existsSync(whole)) {
    // Whoever is stopped half way leaves no environment that another one would take for whole.
    const begun = `${whole}.${process.pid}`;
    mkdirSync(join(begun, 'node_modules'), { recursive: true });
    const settings = nearest(folder, '.npmrc');
    if (settings !== undefined) {
      copyFileSync(settings, join(begun, '.npmrc'));
    }
    if (Object.keys(dependencies).length > 0) {
      install(begun, dependencies, wanted.installed ?? {});
    }
    try {
      renameSync(begun, whole);
    } catch {
      if (!existsSync(whole)) {
        throw new Error(`The environment of the record cannot be put at ${whole}`);
      }
      rmSync(begun, { recursive: true, force: true });
    }
  }
  return join(whole, 'node_modules');
}

/** Has Node look for packages in no folder that a variable names: they would stand in for missing ones. */
export function forgetGlobalPackages(): void {
  delete process.env['NODE_PATH'];
  (Module as unknown as { _initPaths?: () => void })._initPaths?.();
}

/** With the types that the compiler reads of packages which bring none. */
function* withTypes({ packages, installed = {} }: IWanted): Generator<readonly [string, string]> {
  for (const [name, version] of packages) {
    yield [name, version];
    const types = `@types/${name.replace(/^@/, '').replace('/', '__')}`;
    if (installed[types] !== undefined) {
      yield [types, installed[types]];
    }
  }
}

/**
 * Installs packages with what they need. What that is npm says first; then what the record has of it is
 * asked for in its own version.
 */
function install(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
  installed: Readonly<Record<string, string>>
): void {
  const ask = (all: Readonly<Record<string, string>>): void =>
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, dependencies: all })
    );
  ask(dependencies);
  npm(folder, '--package-lock-only');
  const path = join(folder, 'package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8')) as ILock;
  const needed = Object.keys(lock.packages ?? {})
    .filter(place => place.startsWith('node_modules/') && !place.includes('/node_modules/'))
    .map(place => place.slice('node_modules/'.length))
    .filter(name => installed[name] !== undefined);
  ask({ ...Object.fromEntries(needed.map(name => [name, installed[name]])), ...dependencies });
  rmSync(path);
  npm(folder);
}

function npm(folder: string, ...more: string[]): void {
  const quietly = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const [program, ...words] = [...npmProgram(), 'install', ...quietly, ...more];
  try {
    execFileSync(program, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stderr, code } = error as { stderr?: Buffer; code?: string };
    const why =
      code === 'ENOENT' ? 'npm was not found' : reasonIn(stderr?.toString() ?? String(error));
    throw new Error(`The environment of the record could not be built: ${why}`, { cause: error });
  }
}

/** The npm that came with this Node, or else the one on the path. */
function npmProgram(): string[] {
  const beside = dirname(realpathSync(process.execPath));
  for (const modules of [
    join(dirname(beside), 'lib', 'node_modules'),
    join(beside, 'node_modules')
  ]) {
    const program = join(modules, 'npm', 'bin', 'npm-cli.js');
    if (existsSync(program)) {
      return [process.execPath, program];
    }
  }
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const program = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
    if (process.platform === 'win32' && existsSync(program)) {
      return [process.execPath, program];
    }
  }
  return ['npm'];
}

/** The first line of what npm says that tells what went wrong, without who may ask there. */
function reasonIn(text: string): string {
  const lines = text.split('\n').map(line => line.replace(/^npm (?:error|ERR!) ?/, '').trim());
  const told = lines.find(line => !ASIDE.test(line)) ?? '';
  const plain = told.replace(/^(?:notarget|404|network|[a-z]*) (?=[A-Z0-9'])/, '');
  return plain
    .replace(/\/\/[^/\s@]+@/g, '//')
    .slice(0, LONGEST)
    .replace(/\.$/, '');
}

/** A file of that name in a folder or in one above it, whichever is nearest. */
function nearest(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, name))) {
      return join(at, name);
    }
    if (dirname(at) === at) {
      return undefined;
    }
  }
}
