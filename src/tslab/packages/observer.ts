/** Hears of each execution, and writes which packages it was the first to load. */
import type { Execution } from '../executions.js';
import type { IObserver } from '../observers.js';
import { isPackage, packagesOfCells } from '../replay/modules.js';
import type { Session } from '../session.js';
import { fileOf, type ILoadedFile, LoadedFiles } from './loaded.js';
import type { Installed } from './installed.js';

/** An execution that asked for modules, and for which by a name that is none of a file. */
interface IAsked {
  readonly n: number;
  readonly source: string;
  readonly names: readonly string[];
}

/** See above. It looks in the background; what is loaded late, by a function, counts for the next look. */
export class Packages implements IObserver {
  constructor(
    private readonly _session: Session,
    private readonly _installed: Installed
  ) {}

  readonly name = 'packages';

  before(_: Execution, source: string): void {
    this._source = source;
  }

  after({ n, reading }: Execution): void {
    const source = this._source;
    if (reading === undefined) {
      return; // It was not compiled.
    }
    const modules = [...(reading.cell?.modules ?? [])];
    if (modules.length > 0 || /\bimport\b/.test(source)) {
      this._asked.push({ n, source, names: modules.filter(isPackage) });
      this._last = n;
      this._session.background.do('packages', () => this._look());
    }
  }

  stop(): void {
    this._look();
  }

  private _look(): void {
    const asked = this._asked.splice(0);
    const loaded = this._loaded.fresh();
    // In the order of the cells: what none of them needs by name is told of the last one.
    asked.forEach(({ n, source, names: named }, at) => {
      // Imports of types leave no trace in what is made of a cell, so that the source is asked too.
      const names = [...new Set([...named, ...packagesOfCells(process.cwd(), [source])])];
      this._tell(n, names, at === asked.length - 1 ? loaded : [], loaded);
    });
    if (asked.length === 0 && loaded.length > 0) {
      this._tell(this._last, [], loaded, loaded);
    }
  }

  /**
   * Tells what an execution loaded.
   *
   * @param names - what it asks for.
   * @param sure - what counts for it.
   * @param loaded - what counts for it where what it asks for needs it.
   */
  private _tell(
    n: number,
    names: readonly string[],
    sure: readonly ILoadedFile[],
    loaded: readonly ILoadedFile[]
  ): void {
    const named = names.flatMap(name => fileOf(name) ?? []);
    const tree = this._installed.treeWith([...named, ...loaded].map(({ path }) => path));
    const placesOf = (files: readonly ILoadedFile[]): string[] =>
      files.flatMap(({ path }) => tree.placeOf(path) ?? []);
    // What has only types Node does not find.
    const typed = names.map(packageIn).filter(name => tree.versionAt(name) !== undefined);
    const roots = [...placesOf(named), ...typed];
    const near = tree.needsOf(roots);
    const esm = placesOf([...named, ...sure].filter(({ isEsm }) => isEsm));
    const found = new Set([
      ...roots,
      ...placesOf(sure),
      ...placesOf(loaded).filter(place => Object.hasOwn(near, place)),
      ...Object.keys(tree.needsOf(esm, false))
    ]);
    const fresh = [...found].filter(place => !this._told.has(place)).sort();
    if (fresh.length > 0) {
      fresh.forEach(place => this._told.add(place));
      const needs = JSON.stringify(tree.needsOf(fresh), undefined, 1);
      this._session.write('imports', {
        n,
        packages: Object.fromEntries(fresh.map(place => [place, tree.versionAt(place)])),
        needs: this._session.store('What packages need', needs)
      });
    }
  }

  private readonly _loaded = new LoadedFiles();
  private readonly _asked: IAsked[] = [];
  private _source = '';
  private readonly _told = new Set<string>();
  private _last = 0;
}

/** The package in `d3-array/src/mean.js` and `@scope/name/part`. */
function packageIn(name: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
}
