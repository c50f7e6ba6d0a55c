/** An environment built from a record: the packages that cells import, in the versions that the record names. */
import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { Module } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import {
  askedBy,
  isLocal,
  namesOn,
  neededBy,
  type Needs,
  type Places,
  versionIn
} from '../../runlog/index.js';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from '../disk.js';
import { npm } from './npm.js';

/** What an environment is to have. */
export interface IWanted {
  /** What the cells import. */
  readonly packages: ReadonlyArray<readonly [name: string, version: string]>;
  /** All that the record knows the version of: what others need is had in that one too. */
  readonly installed?: Places;
  /** And what those need that cells loaded: so the whole tree is had as it was. */
  readonly needs?: Needs;
}

/** The part of a lock of npm that is read: where each package is to stand. */
interface ILock {
  readonly packages?: Readonly<Record<string, unknown>>;
}

/**
 * The `node_modules` of the environment below `parent`, which is built if it is not there yet.
 *
 * @param folder - where the cells are at home: the settings of npm there, and above it, are the user's.
 * @throws when it cannot be built.
 */
export function build(wanted: IWanted, parent: string, folder: string): string {
  const { installed = {}, needs = {} } = wanted;
  const dependencies = Object.fromEntries(withTypes(wanted, folder));
  const key = createHash('sha256').update(JSON.stringify([dependencies, installed, needs]));
  const whole = join(parent, key.digest('hex').slice(0, 16));
  if (!existsSync(whole)) {
    // Whoever is stopped half way leaves no environment that another one would take for whole.
    const begun = `${whole}.${process.pid}`;
    mkdirSync(join(begun, 'node_modules'), { recursive: true });
    const settings = nearest(folder, '.npmrc');
    if (settings !== undefined) {
      copyFileSync(settings, join(begun, '.npmrc'));
    }
    const tree = neededBy(Object.keys(dependencies), needs);
    if (tree === undefined) {
      install(begun, dependencies, installed);
    } else if (tree.length > 0) {
      lay(begun, tree, installed, needs, folder);
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
function* withTypes(
  { packages, installed = {} }: IWanted,
  home: string
): Generator<readonly [string, string]> {
  for (const [name, version] of packages) {
    yield [name, version.replace(/^file:(.*)/, (_, path: string) => `file:${resolve(home, path)}`)];
    const types = `@types/${name.replace(/^@/, '').replace('/', '__')}`;
    if (installed[types] !== undefined) {
      yield [types, installed[types]];
    }
  }
}

/**
 * Installs a tree as it was: npm gets a lock that says what lies where.
 *
 * @param tree - all places of it.
 * @param home - the notebook's folder: what lies there and in no registry is linked, as it is now.
 */
function lay(
  folder: string,
  tree: readonly string[],
  installed: Places,
  needs: Needs,
  home: string
): void {
  const known = tree.filter(place => installed[place] !== undefined);
  const local = known.filter(place => isLocal(installed[place]) && namesOn(place).length === 1);
  const had = known.filter(place => !isLocal(installed[place]));
  const asked = (places: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      places.map(place => [namesOn(place).at(-1) ?? place, askedBy(installed[place])])
    );
  const dependencies = asked(had.filter(place => namesOn(place).length === 1));
  const entries = had.map(place => {
    const version = installed[place];
    const source = askedBy(version);
    const entry = {
      version: versionIn(version),
      ...(/^npm:/.test(source) ? { name: source.slice(4).replace(/(?!^)@.*/, '') } : {}),
      ...(/^(?:git|https?:)/.test(source) ? { resolved: source } : {}),
      // npm looks whether there is one.
      hasInstallScript: true,
      dependencies: asked((needs[place] ?? []).filter(one => had.includes(one)))
    };
    return [`node_modules/${place}`, entry];
  });
  const manifest = { name: 'environment', version: '0.0.0', private: true, dependencies };
  const lock = {
    ...{ name: manifest.name, version: manifest.version, lockfileVersion: 3, requires: true },
    packages: { '': manifest, ...(Object.fromEntries(entries) as object) }
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  if (had.length > 0) {
    npm(folder, 'ci');
  }
  for (const place of local) {
    const path = join(folder, 'node_modules', place);
    const target = resolve(home, askedBy(installed[place]).slice('file:'.length));
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(target)) {
      throw new Error(
        `The environment of the record could not be built: ${place} was ${target}, which is gone`
      );
    }
    symlinkSync(target, path, 'junction');
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
  npm(folder, 'install', '--package-lock-only');
  const path = join(folder, 'package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8')) as ILock;
  const needed = Object.keys(lock.packages ?? {})
    .filter(place => place.startsWith('node_modules/') && !place.includes('/node_modules/'))
    .map(place => place.slice('node_modules/'.length))
    .filter(name => installed[name] !== undefined);
  ask({ ...Object.fromEntries(needed.map(name => [name, installed[name]])), ...dependencies });
  rmSync(path);
  npm(folder, 'install');
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
