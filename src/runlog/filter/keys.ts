import type { RunSummary } from '../schema.js';
import { toNumber } from '../numbers.js';

/** A run as lists have it: some parts of its summary may have been left out. */
export type FilteredRun = Partial<RunSummary> &
  Pick<RunSummary, 'id' | 'params' | 'metrics' | 'tags'>;

type Read = (run: FilteredRun) => unknown;

const STATISTICS = ['last', 'min', 'max', 'first', 'count', 'step'] as const;

/** The fields of a run that stand for themselves, by the name they have in filters and as columns. */
const FIELDS: Readonly<Record<string, Read>> = {
  id: run => run.id,
  name: run => run.name,
  number: run => run.number,
  notebook: run => run.notebook?.path?.split(/[\\/]/).pop() ?? run.notebook?.name,
  path: run => run.notebook?.path,
  experiment: run => run.experiment,
  status: run => run.status,
  opened: run => run.opened,
  started: run => run.started,
  ended: run => run.ended,
  duration: run => run.duration,
  user: run => run.user,
  host: run => run.host,
  language: run => run.kernel?.language,
  note: run => run.note,
  session: run => run.session,
  parent: run => run.parent,
  archived: run => run.archived,
  stage: run => run.stage,
  stages: run => run.stages?.flatMap(({ stage }) => stage ?? []),
  verified: run => run.verified?.verdict,
  commit: run => run.code?.commit,
  branch: run => run.code?.branch,
  dirty: run => run.code?.dirty,
  seed: run => run.seeds?.map(({ value }) => value),
  inputs: run => run.inputs?.flatMap(({ path, sha256 }) => [path, sha256]),
  outputs: run => run.outputs?.flatMap(({ path, sha256 }) => [path, sha256]),
  artifacts: run => run.artifacts?.flatMap(({ name, sha256 }) => [name, sha256]),
  datasets: run => run.datasets?.flatMap(({ name, version, sha256 }) => [name, version, sha256]),
  warnings: run => run.warnings
};

/** Parts of a summary whose fields are reached by name. */
const PARTS = ['code', 'environment', 'kernel', 'usage', 'verified'] as const;

/** The names of fields and parts, as a filter or a list of columns may begin. */
export const fieldNames: readonly string[] = Object.keys(FIELDS);

/** Fields that hold a time. */
export const timeFields: ReadonlySet<string> = new Set(['started', 'ended']);

/**
 * How a run is asked for a key. The value is undefined where the run has none; a field of which a run has
 * several gives a list.
 *
 * #### Notes
 * `metrics.<name>` is the last value; `metrics.<name>.min` and the like the other statistics. A name that is no
 * field is looked for among params, metrics and tags.
 */
export function reader(path: readonly string[]): Read {
  const [first = '', ...rest] = path;
  const name = rest.join('.');
  if (rest.length === 0 && Object.hasOwn(FIELDS, first)) {
    return run => FIELDS[first]?.(run) ?? undefined;
  }
  if (rest.length > 0) {
    switch (first) {
      case 'metrics':
        return metricReader(name);
      case 'params':
        return run => inside(run.params, rest);
      case 'tags':
        return run => own(run.tags, name);
      case 'seeds':
      case 'seed':
        return run =>
          run.seeds?.filter(({ library }) => library === name).map(({ value }) => value);
    }
    const part = PARTS.find(known => known === first);
    if (part !== undefined) {
      return run => inside(run[part], rest);
    }
  }
  const metric = metricReader(path.join('.'));
  return run => inside(run.params, path) ?? metric(run) ?? own(run.tags, path.join('.'));
}

/** Lists of which an entry is known by a name beside its hash. */
const NAMED: Readonly<Record<string, Read>> = {
  inputs: run => run.inputs?.map(({ path }) => path),
  outputs: run => run.outputs?.map(({ path }) => path),
  artifacts: run => run.artifacts?.map(({ name }) => name),
  datasets: run => run.datasets?.map(({ name, version }) => (version ? `${name} ${version}` : name))
};

/**
 * How a run is asked for what a key is called, for groups and columns: as {@link reader}, but for a file or a
 * dataset its name alone, where a filter also finds it by its hash.
 */
export function nameReader(path: readonly string[]): Read {
  const [first = '', ...rest] = path;
  return (
    (rest.length === 0 && Object.hasOwn(NAMED, first) ? NAMED[first] : undefined) ?? reader(path)
  );
}

/** Keys that stand in a list, parted by commas. */
export function splitKeys(text: string): string[] {
  const keys = text.match(/(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^,])+/gs) ?? [];
  return keys.map(key => key.trim()).filter(Boolean);
}

/** The parts of a key as it is written, with or without quotation marks. */
export function splitKey(text: string): string[] {
  const parts = text.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^.]+/gs) ?? [text];
  return parts.map(part =>
    /^(["']).*\1$/s.test(part) ? part.slice(1, -1).replace(/\\(["'\\])/g, '$1') : part
  );
}

/** A key as it is written in a filter, with quotation marks where they are needed. */
export function written(path: readonly string[]): string {
  return path.map((part, index) => (plain(part, index) ? part : quoted(part))).join('.');
}

/** A text as it is written in a filter. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function plain(part: string, index: number): boolean {
  return /^[^\s"'()=<>!~,.\0]+$/.test(part) && (index > 0 || !/^[0-9+-]/.test(part));
}

function metricReader(name: string): Read {
  const dot = name.lastIndexOf('.');
  const statistic = STATISTICS.find(known => known === name.slice(dot + 1));
  const stem = name.slice(0, Math.max(dot, 0));
  return run => {
    const whole = own(run.metrics, name) as RunSummary['metrics'][string] | undefined;
    if (whole !== undefined) {
      return toNumber(whole.last);
    }
    if (statistic === undefined) {
      return undefined;
    }
    const value = (own(run.metrics, stem) as RunSummary['metrics'][string] | undefined)?.[
      statistic
    ];
    return value === undefined || value === null ? undefined : toNumber(value);
  };
}

/** A value in an object by its whole name, or else step by step. */
function inside(object: unknown, path: readonly string[]): unknown {
  const whole = own(object, path.join('.'));
  if (whole !== undefined || path.length < 2) {
    return whole;
  }
  for (let length = path.length - 1; length > 0; length -= 1) {
    const inner = own(object, path.slice(0, length).join('.'));
    const found = inner === undefined ? undefined : inside(inner, path.slice(length));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function own(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? ((object as Record<string, unknown>)[key] ?? undefined)
    : undefined;
}
