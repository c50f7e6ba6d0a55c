/**
 * Which names stand for values that share something, so that a change through one shows on the others.
 */

/** Follows the groups through a session. */
export class AliasGroups {
  /**
   * Takes in what an execution tells.
   *
   * @param touched - the names that it read, bound or changed: it tells all of their relatives
   * @param groups - names that share a mutable value
   */
  update(touched: Iterable<string>, groups: ReadonlyArray<ReadonlyArray<string>>): void {
    for (const name of touched) {
      this._groups.get(name)?.delete(name);
      this._groups.delete(name);
    }
    for (const names of groups) {
      const group = new Set(names.flatMap(name => [name, ...(this._groups.get(name) ?? [])]));
      group.forEach(name => this._groups.set(name, group));
    }
  }

  /** The names and everything that shares a value with them. */
  of(names: Iterable<string>): Set<string> {
    const all = new Set<string>();
    for (const name of names) {
      all.add(name);
      this._groups.get(name)?.forEach(other => all.add(other));
    }
    return all;
  }

  private readonly _groups = new Map<string, Set<string>>();
}
