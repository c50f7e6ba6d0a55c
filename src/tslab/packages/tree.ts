/**
 * The packages that a folder resolves, with those within packages: each at a place, as npm would lay them
 * out, whoever laid them out here.
 *
 * #### Notes
 * A place is a name (`d3-array`), or where a package has another version for itself, `d3/node_modules/d3-array`.
 * Code in a package that asks for a name gets the nearest place of that name, as Node looks for folders.
 * For `node_modules` of npm and yarn that is how they lie there; of pnpm, whose links lead elsewhere, and of
 * several `node_modules` above each other, places are given so that everybody gets what they get.
 */
import { dirname, join, sep } from 'node:path';
import { existsSync, readdirSync, realpathSync } from '../disk.js';
import { described, type IDescribed, type INotes, notesOf } from './described.js';

/** A package at its place. */
interface IPlaced extends IDescribed {
  readonly place: string;
  readonly real: string;
}

const INSIDE = '/node_modules/';
/** More have never been needed: it is a bound. */
const PASSES = 5;

/** See above. Read when it is made. */
export class PackageTree {
  /** @param _home - the folder whose packages they are: those in it, before those of the folders above. */
  constructor(private readonly _home: string) {
    for (let at = _home; ; at = dirname(at)) {
      this._above.add(dirname(realOf(join(at, 'node_modules')) ?? ''));
      for (const [name, folder] of this._namesIn(at)) {
        if (!this._placed.has(name)) {
          this._put(name, name, folder);
        }
      }
      if (dirname(at) === at) {
        break;
      }
    }
    // What was placed since may stand in the way of what somebody was seen to get.
    for (let count = 0, pass = 0; count < this._placed.size && pass < PASSES; pass++) {
      count = this._placed.size;
      // A map grows while it is gone through.
      for (const [place, one] of this._placed) {
        this._needs.set(place, this._neededBy(one));
      }
    }
    for (const [place, { real }] of this._placed) {
      this._places.set(real, this._places.get(real) ?? place);
    }
  }

  /** All places with the versions there. */
  get versions(): Record<string, string> {
    return Object.fromEntries([...this._placed].map(([place, { version }]) => [place, version]));
  }

  /** The place of the package that a file is of; undefined where it is of none. */
  placeOf(path: string): string | undefined {
    for (let at = dirname(path); ; at = dirname(at)) {
      const place = this._places.get(at);
      if (place !== undefined || dirname(at) === at) {
        return place;
      }
    }
  }

  /** The version at a place; undefined where there is none. */
  versionAt(place: string): string | undefined {
    return this._placed.get(place)?.version;
  }

  /** Whether the package at a place says of itself now what it said when this was read. */
  isAsRead(place: string): boolean {
    const { real, version } = this._placed.get(place) ?? {};
    const now = real === undefined ? undefined : this._describe(real, nameAt(place));
    return now !== undefined && versionAlone(now.version) === versionAlone(version ?? '');
  }

  /**
   * For each of some places, and of all that is needed there in turn: which places it needs.
   *
   * @param withTypes - those that hold the types of others included.
   */
  needsOf(places: Iterable<string>, withTypes = true): Record<string, readonly string[]> {
    const found: Record<string, readonly string[]> = {};
    const queue = [...places];
    for (const place of queue) {
      if (!Object.hasOwn(found, place) && this._placed.has(place)) {
        const types = typesOf(nameAt(place));
        const needs = this._needs.get(place) ?? [];
        found[place] = withTypes && this._placed.has(types) ? [...needs, types] : needs;
        queue.push(...found[place]);
      }
    }
    return found;
  }

  private _neededBy({ place, real, needs }: IPlaced): string[] {
    return [...new Set(needs)].flatMap(name => {
      const folder = this._resolve(real, name);
      if (folder === undefined) {
        return [];
      }
      const seen = this._seenFrom(place, name);
      if (seen?.real === folder) {
        return [seen.place];
      }
      const target = this._lyingAt(place, folder) ?? (seen ? `${place}${INSIDE}${name}` : name);
      return this._put(target, name, folder) ? [target] : [];
    });
  }

  /** The place at which a folder lies, where that is one that code at a place looks at, and is free. */
  private _lyingAt(place: string, folder: string): string | undefined {
    const at = folder.indexOf(`${sep}node_modules${sep}`);
    if (!this._above.has(folder.slice(0, at))) {
      return undefined;
    }
    const lying = folder.slice(at + INSIDE.length).replaceAll('\\', '/');
    const around = lying.slice(0, lying.lastIndexOf(INSIDE));
    const isSeen = lying.includes(INSIDE) && `${place}/`.startsWith(`${around}/`);
    return isSeen && !this._placed.has(lying) ? lying : undefined;
  }

  /** What code at a place gets by a name, as things are placed. */
  private _seenFrom(place: string, name: string): IPlaced | undefined {
    for (let at = place; ; at = at.slice(0, at.lastIndexOf(INSIDE))) {
      const found = this._placed.get(`${at}${INSIDE}${name}`);
      if (found !== undefined || !at.includes(INSIDE)) {
        return found ?? this._placed.get(name);
      }
    }
  }

  /** The folder that Node finds by a name for code in a folder. */
  private _resolve(from: string, name: string): string | undefined {
    for (let at = from; ; at = dirname(at)) {
      const found = this._namesIn(at).get(name);
      if (found !== undefined || dirname(at) === at) {
        return found;
      }
    }
  }

  private _put(place: string, name: string, folder: string): boolean {
    const key = `${name} ${folder}`;
    const found = this._described.get(key) ?? this._describe(folder, name);
    if (found === undefined) {
      return false;
    }
    this._described.set(key, found);
    this._placed.set(place, { ...found, place, real: folder });
    return true;
  }

  private _describe(folder: string, name: string): IDescribed | undefined {
    const at = folder.indexOf(`${sep}node_modules${sep}`);
    return described(folder, name, this._noted(at < 0 ? folder : folder.slice(0, at)), this._home);
  }

  /** What npm notes of the packages in a folder's `node_modules`. */
  private _noted(folder: string): INotes {
    const notes = this._notes.get(folder) ?? notesOf(join(folder, 'node_modules'));
    this._notes.set(folder, notes);
    return notes;
  }

  /** The packages in the `node_modules` of a folder: where they really are, by name. */
  private _namesIn(folder: string): ReadonlyMap<string, string> {
    let names = this._names.get(folder);
    if (names === undefined) {
      names = folder.endsWith(`${sep}node_modules`)
        ? new Map()
        : namesIn(join(folder, 'node_modules'));
      this._names.set(folder, names);
    }
    return names;
  }

  /** The folders whose packages they are, without links on the way. */
  private readonly _above = new Set<string>();
  private readonly _placed = new Map<string, IPlaced>();
  private readonly _needs = new Map<string, readonly string[]>();
  /** By the folders where they really are; of several places the first. */
  private readonly _places = new Map<string, string>();
  private readonly _names = new Map<string, ReadonlyMap<string, string>>();
  private readonly _notes = new Map<string, INotes>();
  private readonly _described = new Map<string, IDescribed>();
}

/** The name by which the package at a place is asked for. */
export function nameAt(place: string): string {
  return place.slice(place.lastIndexOf(INSIDE) < 0 ? 0 : place.lastIndexOf(INSIDE) + INSIDE.length);
}

/** The package that holds the types of another one. */
function typesOf(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

function versionAlone(version: string): string {
  return version.replace(/ .*/, '');
}

function namesIn(modules: string): Map<string, string> {
  const found = new Map<string, string>();
  const read = (folder: string, scope: string): void => {
    if (!existsSync(folder)) {
      return;
    }
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (scope === '' && entry.name.startsWith('@')) {
        read(path, `${entry.name}/`);
      } else if (!entry.name.startsWith('.')) {
        const real = entry.isSymbolicLink() ? realOf(path) : path;
        if (real !== undefined) {
          found.set(scope + entry.name, real);
        }
      }
    }
  };
  try {
    read(realOf(modules) ?? modules, '');
  } catch {
    // What cannot be read Node does not find either.
  }
  return found;
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
