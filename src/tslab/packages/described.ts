/** What a package says of itself: its version, where it comes from, and what it needs. */
import { join, relative } from 'node:path';
import { existsSync, readFileSync, statSync } from '../disk.js';

/** See above. */
export interface IDescribed {
  /**
   * Its version; behind a blank how it is asked for, where that is not by name and version: a folder
   * (`1.0.0 file:../mine`), another name (`4.17.21 npm:lodash@4.17.21`), a repository or an address.
   */
  readonly version: string;
  /** The names of what it needs, wants beside it, or can do with. */
  readonly needs: readonly string[];
}

/** What npm noted of the packages that it put into a `node_modules`, by their places in it. */
export interface INotes {
  readonly packages: Readonly<Record<string, IManifest | undefined>>;
  /** When it did; what is newer something else put there. */
  readonly time: number;
}

interface IManifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly resolved?: unknown;
  readonly dependencies?: unknown;
  readonly optionalDependencies?: unknown;
  readonly peerDependencies?: unknown;
}

const NOTHING: INotes = { packages: {}, time: 0 };

/** Where one registry or another keeps a package: its name and version say as much. */
const OF_REGISTRY = /^https?:.*\/-\/[^/]+\.tgz(?:[?#].*)?$/;

/**
 * Describes the package in a folder; undefined where it is none.
 *
 * @param real - the folder itself, without links on the way.
 * @param name - the name by which it is asked for.
 * @param notes - those of the `node_modules` that it is in.
 * @param home - the notebook's folder, to which paths are relative.
 */
export function described(
  real: string,
  name: string,
  notes: INotes,
  home: string
): IDescribed | undefined {
  const path = real.replaceAll('\\', '/');
  const isLinked = !path.includes('/node_modules/');
  const noted = isLinked
    ? undefined
    : notes.packages[path.slice(path.indexOf('/node_modules/') + 1)];
  const manifest = manifestOf(join(real, 'package.json'), noted, notes.time);
  // A package of a workspace need not have a version.
  const version =
    typeof manifest?.version === 'string' ? manifest.version : isLinked && manifest ? '0.0.0' : '';
  if (manifest === undefined || version === '') {
    return undefined;
  }
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  const source = isLinked ? `file:${posix(relative(home, real))}` : sourceOf(noted?.resolved);
  const own = typeof manifest.name === 'string' ? manifest.name : name;
  const asked = source ?? (own === name ? undefined : `npm:${own}@${version}`);
  return {
    version: asked === undefined ? version : `${version} ${asked}`,
    needs: [dependencies, optionalDependencies, peerDependencies].flatMap(namesIn)
  };
}

/** What npm noted in a `node_modules`; nothing where something else filled it. */
export function notesOf(folder: string): INotes {
  const path = join(folder, '.package-lock.json');
  try {
    if (existsSync(path)) {
      const { packages } = JSON.parse(readFileSync(path, 'utf8')) as Partial<INotes>;
      return { packages: packages ?? {}, time: statSync(path).mtimeMs };
    }
  } catch {
    // As where there is none.
  }
  return NOTHING;
}

/** What npm noted of a package, which takes a tenth of the time, where its own file is no newer. */
function manifestOf(
  path: string,
  noted: IManifest | undefined,
  time: number
): IManifest | undefined {
  try {
    return noted !== undefined && statSync(path).mtimeMs <= time
      ? noted
      : (JSON.parse(readFileSync(path, 'utf8')) as IManifest);
  } catch {
    return undefined;
  }
}

/** Where a package comes from that is of no registry, without what signs in there. */
function sourceOf(resolved: unknown): string | undefined {
  if (typeof resolved !== 'string' || OF_REGISTRY.test(resolved)) {
    return undefined;
  }
  return /^(?:git\+|git:|https?:|file:)/.test(resolved)
    ? resolved
        .replace(/\/\/[^/\s@]*@/, match => (match === '//git@' ? match : '//'))
        .replace(/\?[^#]*/, '')
    : undefined;
}

function namesIn(dependencies: unknown): string[] {
  return typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies) : [];
}

function posix(path: string): string {
  return path.replaceAll('\\', '/') || '.';
}
