/** The packages of a session: read when it begins, and anew where something else was loaded than was read. */
import { PackageTree } from './tree.js';

/** See above. */
export class Installed {
  /**
   * @param _home - the folder whose packages they are.
   * @param _changed - is told that they are others than was written.
   */
  constructor(
    private readonly _home: () => string,
    private readonly _changed: () => void
  ) {}

  /** As they were read last; reading them takes some milliseconds. */
  get tree(): PackageTree {
    return (this._tree ??= new PackageTree(this._home()));
  }

  /** With the packages of files that were loaded just now, as they are now. */
  treeWith(paths: readonly string[]): PackageTree {
    const seen = new Set<string>();
    const isAsRead = paths.every(path => {
      const place = this.tree.placeOf(path);
      if (place === undefined) {
        return !/[\\/]node_modules[\\/]/.test(path);
      }
      return seen.has(place) || (seen.add(place), this.tree.isAsRead(place));
    });
    if (!isAsRead) {
      const before = JSON.stringify(this.tree.versions);
      this._tree = new PackageTree(this._home());
      if (JSON.stringify(this._tree.versions) !== before) {
        this._changed();
      }
    }
    return this.tree;
  }

  private _tree: PackageTree | undefined;
}
