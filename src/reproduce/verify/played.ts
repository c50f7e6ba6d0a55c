/**
 * What each cell of a record, or of a replay, came to: the form in which the two are compared.
 */

import { isEvent, isObject, readPoints, type JsonObject } from '../../runlog/index.js';
import { hasMagics } from './traits.js';

/** A value of a name after a cell. */
export interface IPlayedValue {
  /** Equal for equal values; undefined where the value was not looked at as a whole. */
  readonly fingerprint: string | undefined;
  /** How much of the value it stands for: only fingerprints of one kind can be compared. */
  readonly seen: string;
  /** Whether it is told only because it was used and could not be compared with what it was before. */
  readonly assumed: boolean;
  /** How the value is shown: its preview, or its type and shape. */
  readonly text: string;
  /** Whether the cell bound the name, and did not change what it stood for before. */
  readonly bound: boolean;
}

/** Something that a cell displayed: digests of its forms. */
export interface IPlayedDisplay {
  /** Of the form that is text, where there is one. */
  readonly text: string | undefined;
  /** Of what pictures show, by their types. */
  readonly pictures: ReadonlyMap<string, string>;
}

/** One cell, with everything that ran inside it. */
export interface IPlayedCell {
  readonly n: number;
  readonly source: string;
  /** Whether it has magics, whose outputs a script does not repeat. */
  readonly magics: boolean;
  readonly reads: Set<string>;
  status: string | undefined;
  error: string | undefined;
  readonly values: Map<string, IPlayedValue>;
  /** The points of each metric, in order, as numbers. */
  readonly metrics: Map<string, Array<{ step: number; value: number }>>;
  /** The files that it wrote: what they ended as, null where that is not known. */
  readonly files: Map<string, string | null>;
  /** Of files that it wrote, by their hashes: what they hold without the dates and ids in them. */
  readonly undated: Map<string, string>;
  readonly inputs: Map<string, string | null>;
  /** What it printed, by stream: digests, null where the text is never the same. */
  readonly outputs: Map<string, string | null>;
  /** What it displayed, in order. */
  readonly displays: IPlayedDisplay[];
  /** The states of random numbers that it began with, where it drew some. */
  readonly streams: Map<string, string>;
}

/** See above. In the order of the executions. */
export interface IPlayed {
  readonly cells: ReadonlyArray<IPlayedCell>;
  readonly environment: JsonObject;
  /** Local modules, by path: their hashes. */
  readonly modules: ReadonlyMap<string, string>;
  /** Distributions that were imported, with versions. */
  readonly packages: ReadonlyMap<string, string>;
  /** The metrics that nobody logged by hand, and whether they have all their digits. */
  readonly captured: ReadonlyMap<string, boolean>;
  /** By which rules the digests of outputs were made; undefined where there are none. */
  readonly rules: number | undefined;
}

/**
 * Reads what a session came to.
 *
 * @param events - the events of its log
 * @param points - the texts of the `metrics.jsonl` of its runs, in the order of the runs
 * @param numbers - the outermost executions that matter; all without it
 */
export function readPlayed(
  events: ReadonlyArray<JsonObject>,
  points: ReadonlyArray<string>,
  numbers?: ReadonlySet<number>
): IPlayed {
  const outer = new Map<number, number>();
  const cells = new Map<number, IPlayedCell>();
  const modules = new Map<string, string>();
  const packages = new Map<string, string>();
  const captured = new Map<string, boolean>();
  let environment: JsonObject = {};
  let rules: number | undefined;
  let language = 'python';
  const of = (n: unknown): IPlayedCell | undefined =>
    typeof n === 'number' ? cells.get(outer.get(n) ?? n) : undefined;

  for (const event of events) {
    if (isEvent(event, 'session')) {
      language = event.kernel.language;
    } else if (isEvent(event, 'cell_start')) {
      const parent = event.parent ?? null;
      const top = parent === null ? event.n : (outer.get(parent) ?? parent);
      outer.set(event.n, top);
      if (top === event.n && (numbers?.has(top) ?? true)) {
        const source = event.source ?? '';
        cells.set(top, emptyCell(top, source, language === 'python' && hasMagics(source)));
      }
    } else if (isEvent(event, 'cell_end')) {
      const cell = outer.get(event.n) === event.n ? cells.get(event.n) : undefined;
      if (cell) {
        // What is no Python stands in a script as a comment.
        cell.status = event.error?.unparsable ? undefined : event.status;
        cell.error = event.error ? `${event.error.type}: ${event.error.message}` : undefined;
      }
    } else if (isEvent(event, 'variables')) {
      takeValues(event, of(event.n));
    } else if (isEvent(event, 'random')) {
      takeStreams(event, of(event.n));
    } else if (isEvent(event, 'outputs')) {
      rules = event.rules ?? 1;
      takeOutputs(event, of(event.n));
    } else if (isEvent(event, 'output')) {
      of(event.cell)?.files.set(event.path, event.sha256 ?? null);
      if (event.sha256 && event.undated) {
        of(event.cell)?.undated.set(event.sha256, event.undated);
      }
    } else if (isEvent(event, 'input')) {
      of(event.cell)?.inputs.set(event.path, event.sha256 ?? null);
    } else if (isEvent(event, 'modules')) {
      for (const module of Object.values(event.modules ?? {})) {
        if (typeof module.sha256 === 'string') {
          modules.set(module.path, module.sha256);
        }
      }
    } else if (isEvent(event, 'imports')) {
      Object.entries(event.packages ?? {}).forEach(([name, version]) =>
        packages.set(name, version)
      );
    } else if (isEvent(event, 'metric')) {
      captured.set(event.key, event.exact !== false);
    } else if (isEvent(event, 'environment')) {
      environment = { ...environment, ...event };
    }
  }
  points.forEach(text => takePoints(text, of));
  return { cells: [...cells.values()], environment, modules, packages, captured, rules };
}

function emptyCell(n: number, source: string, magics: boolean): IPlayedCell {
  return {
    n,
    source,
    magics,
    reads: new Set(),
    status: undefined,
    error: undefined,
    values: new Map(),
    metrics: new Map(),
    files: new Map(),
    undated: new Map(),
    inputs: new Map(),
    outputs: new Map(),
    displays: [],
    streams: new Map()
  };
}

function takeValues(event: JsonObject, cell: IPlayedCell | undefined): void {
  for (const name of Array.isArray(event.reads) ? event.reads : []) {
    cell?.reads.add(String(name));
  }
  for (const field of ['bound', 'changed']) {
    const values = event[field];
    for (const [name, value] of Object.entries(isObject(values) ? values : {})) {
      // A script's own, IPython's own, and what an import from the future binds: a script has it at its top.
      if (/^(?:_nb_*|_exit_code)$/.test(name) || (isObject(value) && value.type === '_Feature')) {
        continue;
      }
      cell?.values.set(name, valueOf(isObject(value) ? value : {}, field === 'bound'));
    }
  }
  for (const name of Array.isArray(event.deleted) ? event.deleted : []) {
    cell?.values.delete(String(name));
  }
}

function valueOf(value: JsonObject, bound: boolean): IPlayedValue {
  const exact = value.seen === 'exact' || value.seen === 'sampled';
  const shape = Array.isArray(value.shape) ? ` (${value.shape.join(', ')})` : '';
  const described = [value.type, value.dtype].filter(part => typeof part === 'string').join(' ');
  return {
    fingerprint: exact && typeof value.fingerprint === 'string' ? value.fingerprint : undefined,
    seen: typeof value.seen === 'string' ? value.seen : '',
    assumed: value.assumed === true,
    text: typeof value.preview === 'string' ? value.preview : `${described}${shape}`,
    bound
  };
}

function takeStreams(event: JsonObject, cell: IPlayedCell | undefined): void {
  for (const [stream, change] of Object.entries(isObject(event.streams) ? event.streams : {})) {
    if (
      cell &&
      !cell.streams.has(stream) &&
      isObject(change) &&
      typeof change.before === 'string'
    ) {
      cell.streams.set(stream, change.before);
    }
  }
}

function takeOutputs(event: JsonObject, cell: IPlayedCell | undefined): void {
  if (!cell) {
    return;
  }
  for (const [stream, written] of Object.entries(isObject(event.streams) ? event.streams : {})) {
    const sha256 = isObject(written) ? written.sha256 : null;
    // A cell with others inside it has several events.
    const several = cell.outputs.has(stream);
    cell.outputs.set(stream, typeof sha256 === 'string' && !several ? sha256 : null);
  }
  const displays = Array.isArray(event.displays) ? event.displays : [];
  for (const display of displays.map((one: unknown) => (isObject(one) ? one.mimes : undefined))) {
    const mimes = Object.entries(isObject(display) ? display : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string'
    );
    cell.displays.push({
      text: mimes.find(([mime]) => mime === 'text/plain')?.[1],
      pictures: new Map(mimes.filter(([mime]) => mime.startsWith('image/')))
    });
  }
}

function takePoints(text: string, of: (n: unknown) => IPlayedCell | undefined): void {
  for (const { cell: n, step, values } of readPoints(text).points) {
    const cell = of(n);
    for (const [metric, value] of cell ? values : []) {
      const known = cell?.metrics.get(metric) ?? [];
      known.push({ step: step ?? 0, value });
      cell?.metrics.set(metric, known);
    }
  }
}
