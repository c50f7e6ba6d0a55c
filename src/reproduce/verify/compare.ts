/**
 * Compares a record with a replay, or two replays with each other, cell by cell.
 */

import { freshKey, mayBeTime, type Fresh } from './fresh.js';
import type { IPlayed, IPlayedCell, IPlayedValue } from './played.js';
import { RenewedPaths } from './renewed.js';
import { apart, compareMetrics } from './metrics.js';
import { compareOutputs } from './outputs.js';
import { insideTemporary, sameButTemporary } from './temporary.js';
import { copiesEnvironment, holdsTimings, readsClock } from './traits.js';

/** Something that is not the same on both sides. */
export interface IDifference {
  readonly kind: 'error' | 'variable' | 'file' | 'metric' | 'output' | 'missing';
  /** Where, by the place in the order of the cells. */
  readonly at: number;
  /** The variable, the path, the metric, the stream, `figure 1` or `display 1`; empty for an error. */
  readonly name: string;
  /** Both values, as texts for people. */
  readonly recorded: string;
  readonly replayed: string;
  /** How far the two numbers are apart, relative to the greater one; undefined for what is no number. */
  readonly deviation?: number | undefined;
}

/** How much was compared. */
export interface ICompared {
  readonly cells: number;
  readonly points: number;
  readonly variables: number;
  readonly files: number;
  readonly outputs: number;
  /** Values and outputs that could not be compared: one side did not look at them as a whole, or at all. */
  readonly uncovered: number;
}

/** What came of one metric in one cell. */
export interface IComparedMetric {
  /** Where, by the place in the order of the cells. */
  readonly at: number;
  readonly name: string;
  /** How many points the record has. */
  readonly points: number;
  readonly same: boolean;
}

/** See above. */
export interface IComparison {
  /** In the order of the cells; within one, what other differences come from stands first. */
  readonly differences: ReadonlyArray<IDifference>;
  readonly compared: ICompared;
  /** How many things were compared in each cell, by its place in the order; a cell that did not run has none. */
  readonly perCell: ReadonlyArray<number>;
  readonly metrics: ReadonlyArray<IComparedMetric>;
  /** Files that are the same but for the dates and ids in them. */
  readonly dated: ReadonlyArray<string>;
}

/**
 * Compares two plays of the same cells. Pure.
 *
 * @param fresh - what is known to be new each time, and is not compared
 */
export function compare(recorded: IPlayed, replayed: IPlayed, fresh?: Fresh): IComparison {
  const comparing = new Comparing({ recorded, replayed }, fresh ?? new Set());
  recorded.cells.forEach((cell, at) => comparing.cell(at, cell, replayed.cells[at]));
  return comparing;
}

class Comparing implements IComparison {
  readonly differences: IDifference[] = [];
  readonly compared = { cells: 0, points: 0, variables: 0, files: 0, outputs: 0, uncovered: 0 };
  readonly perCell: number[] = [];
  readonly metrics: IComparedMetric[] = [];
  readonly dated: string[] = [];

  cell(at: number, one: IPlayedCell, other: IPlayedCell | undefined): void {
    if (!other) {
      this._differ({ kind: 'missing', at, name: '', recorded: 'ran', replayed: 'did not run' });
      this.perCell.push(0);
      return;
    }
    const before = this._things;
    this.compared.cells++;
    this._errors(at, one, other);
    this._values(at, one, other);
    this._files(at, one, other);
    this._metrics(at, one, other);
    this._outputs(at, one, other);
    this.perCell.push(this._things - before);
  }

  constructor(
    private readonly _sides: { readonly recorded: IPlayed; readonly replayed: IPlayed },
    private readonly _fresh: Fresh
  ) {
    const { recorded, replayed } = _sides;
    // Digests by other rules are others for the same text. Who shows nothing has no rules.
    this._comparable = (recorded.rules ?? replayed.rules) === (replayed.rules ?? recorded.rules);
  }

  private get _things(): number {
    const { points, variables, files, outputs } = this.compared;
    return points + variables + files + outputs;
  }

  private _errors(at: number, one: IPlayedCell, other: IPlayedCell): void {
    const [recorded, replayed] = [one, other].map(({ status, error }) =>
      status === 'failed' ? (error ?? 'failed') : 'ran to its end'
    );
    const kinds = [recorded, replayed].map(text => text.replace(/:.*/s, ''));
    if (one.status !== undefined && one.status !== 'interrupted' && kinds[0] !== kinds[1]) {
      this._differ({ kind: 'error', at, name: '', recorded, replayed });
    }
  }

  private _values(at: number, one: IPlayedCell, other: IPlayedCell): void {
    const clock = readsClock(one.source) || [...one.reads].some(name => this._clocked.has(name));
    for (const [name, { fingerprint, seen, assumed, text, bound }] of one.values) {
      // What a cell did not change is what it was, also where that had not been seen as a whole.
      const found = other.values.get(name) ?? (bound ? undefined : this._standing.get(name));
      if (bound) {
        this._bound.add(name);
      } else if (!found && !this._bound.has(name)) {
        // Another name for what changed, that no cell of the slice gave.
        continue;
      }
      // What is told of a value that may not have changed is not told where it could be seen that it has not.
      const told = found !== undefined || !assumed;
      const comparable = told && fingerprint !== undefined && (found?.seen ?? seen) === seen;
      if (!comparable) {
        this.compared.uncovered++;
        continue;
      }
      if (found?.fingerprint === fingerprint) {
        this.compared.variables++;
        this._clocked.delete(name);
        continue;
      }
      if (found && sameButTemporary(text, found.text)) {
        this.compared.uncovered++;
        continue;
      }
      const difference: IDifference = {
        kind: 'variable',
        at,
        name,
        recorded: text,
        replayed: found?.text ?? 'not there',
        deviation: found ? apart(Number(text), Number(found.text)) : undefined
      };
      const timed = holdsTimings(text) || holdsTimings(one.source);
      const fresh = this._fresh.has(freshKey(at, 'variable', name));
      if (found && /^dict\b/.test(text) && copiesEnvironment(one.source)) {
        this.compared.uncovered++;
      } else if (found && (fresh || timed || (clock && mayBeTime(text)))) {
        this._clocked.add(name);
        this._renewed.note(text, found.text);
        this.compared.uncovered++;
      } else {
        this.compared.variables++;
        this._differ(difference);
      }
    }
    other.values.forEach((value, name) => this._standing.set(name, value));
  }

  private _files(at: number, one: IPlayedCell, other: IPlayedCell): void {
    for (const [path, sha256] of one.files) {
      const found = this._written(at, path, one, other);
      if (sha256 === null || found === null) {
        this.compared.uncovered++;
        continue;
      }
      this.compared.files++;
      const holds = one.undated.get(sha256);
      if (found !== undefined && found !== sha256 && holds && other.undated.get(found) === holds) {
        this.dated.push(path);
      } else if (found !== sha256) {
        const replayed = found === undefined ? 'not written' : `sha256 ${found}`;
        this._differ({ kind: 'file', at, name: path, recorded: `sha256 ${sha256}`, replayed });
      }
    }
  }

  /** What a replay made of a file; undefined: it did not write it. */
  private _written(
    at: number,
    path: string,
    one: IPlayedCell,
    { files }: IPlayedCell
  ): string | null | undefined {
    if (files.has(path)) {
      return files.get(path);
    }
    const inside = insideTemporary(path);
    const twin = [...files].find(
      ([one]) => inside !== undefined && insideTemporary(one) === inside
    );
    const found = twin?.[0] ?? this._renewed.of(path, one, files.keys());
    if (found !== undefined) {
      return files.get(found);
    }
    // What a program wrote is placed by its time, which is coarse: it may stand with a cell beside.
    const { recorded, replayed } = this._sides;
    const beside = [at - 1, at + 1].filter(
      index => replayed.cells[index]?.files.has(path) && !recorded.cells[index]?.files.has(path)
    );
    return replayed.cells[beside[0]]?.files.get(path);
  }

  private _metrics(at: number, one: IPlayedCell, other: IPlayedCell): void {
    const { recorded, replayed } = this._sides;
    const found = compareMetrics([one, recorded.captured], [other, replayed.captured]);
    for (const { name, points, difference } of found) {
      this.compared.points += points;
      this.metrics.push({ at, name, points, same: !difference });
      if (difference) {
        this._differ({ kind: 'metric', at, name, ...difference });
      }
    }
  }

  private _outputs(at: number, one: IPlayedCell, other: IPlayedCell): void {
    const { compared, uncovered, differences } = compareOutputs(one, other, this._comparable);
    const told = differences.filter(({ name }) => !this._fresh.has(freshKey(at, 'output', name)));
    const fresh = differences.length - told.length;
    this.compared.outputs += compared - fresh;
    this.compared.uncovered += uncovered + fresh;
    told.forEach(difference => this._differ({ kind: 'output', at, ...difference }));
  }

  private _differ(difference: IDifference): void {
    this.differences.push(difference);
  }

  /** Whether the digests of outputs of both sides can be compared. */
  private readonly _comparable: boolean;
  /** The values of names in the replay, as far as its log tells them by now. */
  private readonly _standing = new Map<string, IPlayedValue>();
  /** Names that a cell gave a value, so far. */
  private readonly _bound = new Set<string>();
  /** Names whose values come from a clock. */
  private readonly _clocked = new Set<string>();
  private readonly _renewed = new RenewedPaths();
}
