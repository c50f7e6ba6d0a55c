/**
 * Why a replay came to something else: the likeliest cause, told from what is known of both sides.
 */

import { isObject, versionIn } from '../../runlog/index.js';
import type { IDifference } from './compare.js';
import type { Condition } from './conditions.js';
import { mayBeTime } from './fresh.js';
import type { IPlayed, IPlayedCell } from './played.js';
import type { IChangedFile } from './stage.js';
import {
  asksInput,
  asksNetwork,
  asksSystem,
  drawsFromCrypto,
  holdsDates,
  listsFolder,
  readsClock,
  readsEnvironment,
  savesVectors,
  seedOf,
  usesOrder,
  usesThreads
} from './traits.js';

/** What a difference may come from. */
export type CauseKind =
  | 'input changed'
  | 'package changed'
  | 'code changed'
  | 'hash seed'
  | 'threads'
  | 'time zone'
  | 'locale'
  | 'clock'
  | 'network'
  | 'random numbers'
  | 'environment variable'
  | 'not captured';

/** See above. */
export interface ICause {
  readonly kind: CauseKind;
  /** One sentence. */
  readonly says: string;
}

/** What is known beside the two plays. */
export interface ICircumstances {
  readonly recorded: IPlayed;
  readonly replayed: IPlayed;
  /** Files that the cells read, and that are others now. */
  readonly changed: ReadonlyArray<IChangedFile>;
  /** Cells whose source in the log is not the one that was executed. */
  readonly altered: ReadonlyArray<number>;
  /** Parts of the record that are missing, in sentences. */
  readonly gaps: ReadonlyArray<string>;
  /** What a cell is called in a sentence. */
  readonly label: (n: number) => string;
  /** The condition that made the result another one when it alone was varied. */
  readonly varied?: Condition | undefined;
  /** Whether replays under the same conditions disagreed. */
  readonly nondeterministic: boolean;
}

/** The likeliest cause of the first difference. */
export function causeOf(
  { at, kind, name, recorded, replayed }: IDifference,
  known: ICircumstances
): ICause {
  const cell = known.recorded.cells[at];
  if (
    kind === 'error' &&
    /^(?:EOF|StdinNotImplemented)Error/.test(replayed) &&
    asksInput(cell.source)
  ) {
    return ofInput;
  }
  if (cell.status === 'interrupted') {
    const telling = alteredCause(cell, known) ?? changedFile(at, known);
    return telling ?? ofInterrupt(known.label(cell.n));
  }
  if (known.nondeterministic) {
    const dated = kind === 'file' ? ofDates(name) : undefined;
    return (
      ofSeed(at, known) ?? ofStreams(at, known) ?? dated ?? ofNondeterminism(at, recorded, known)
    );
  }
  return (
    alteredCause(cell, known) ??
    changedFile(at, known) ??
    changedPackage(known) ??
    (kind === 'file' ? ofDates(name) : undefined) ??
    variedCause(known) ??
    ofStreams(at, known) ??
    changedEnvironment(cell, known) ??
    ofRecord(at, known)
  );
}

function alteredCause(cell: IPlayedCell, { altered, label, recorded }: ICircumstances) {
  const n = altered.find(one => one <= cell.n && recorded.cells.some(other => other.n === one));
  return n === undefined
    ? undefined
    : cause('code changed', `The log holds another source of cell ${label(n)} than was executed.`);
}

function changedFile(at: number, { changed, recorded, label }: ICircumstances): ICause | undefined {
  const until = recorded.cells[at].n;
  const [file] = changed.filter(({ n }) => n <= until).sort((a, b) => b.n - a.n);
  if (!file) {
    return undefined;
  }
  const { path, n, module, missing } = file;
  return module
    ? cause('code changed', `The module ${path} is not the one that cell ${label(n)} imported.`)
    : cause(
        'input changed',
        `${path}, which cell ${label(n)} reads, ${missing ? 'is missing' : 'is not what it was'}.`
      );
}

function changedPackage({ recorded, replayed }: ICircumstances): ICause | undefined {
  const others = [...recorded.packages]
    .map(([name, version]) => [name, version, replayed.packages.get(name) ?? version] as const)
    .filter(([, then, now]) => versionIn(then) !== versionIn(now))
    .map(([name, then, now]) => `${name} was ${versionIn(then)} and is ${versionIn(now)}`);
  for (const [name, field] of [
    ['Node', 'node'],
    ['Python', 'python']
  ] as const) {
    const [then, now] = [recorded, replayed].map(({ environment: { [field]: version } }) =>
      typeof version === 'string' ? version : ''
    );
    if (then && now && then !== now) {
      others.unshift(`${name} was ${then} and is ${now}`);
    }
  }
  const [then, now] = [recorded, replayed].map(({ environment: { tslab } }) =>
    isObject(tslab) && typeof tslab.version === 'string' ? tslab.version : ''
  );
  if (then && now && then !== now) {
    others.unshift(`tslab was ${then} and is ${now}`);
  }
  return others.length ? cause('package changed', `${others.slice(0, 3).join('; ')}.`) : undefined;
}

function variedCause({ varied }: ICircumstances): ICause | undefined {
  return varied && cause(varied, VARIED[varied]);
}

const VARIED: Readonly<Record<Condition, string>> = {
  'hash seed':
    'The result depends on the order of sets, which another hash seed changes: sort them, or set PYTHONHASHSEED.',
  threads: 'The result depends on how many threads compute it.',
  'time zone':
    'The result depends on the time zone: compute with the UTC functions of dates, or set TZ.',
  locale:
    'The result depends on the language of the system: give functions such as toLocaleString one, or set LC_ALL.'
};

/** A seed was taken from a clock, or from the system. */
function ofSeed(at: number, { recorded, label }: ICircumstances): ICause | undefined {
  /** Names whose values are new each time, with the cell they come from. */
  const restless = new Map<string, IPlayedCell>();
  for (const cell of recorded.cells.slice(0, at + 1)) {
    const seed = seedOf(cell.source);
    const fresh = readsClock(seed) || asksSystem(seed);
    const from = fresh
      ? cell
      : (seed.match(/\w+/g) ?? []).map(name => restless.get(name)).find(Boolean);
    if (from) {
      const { kind } = ofSource(from) ?? { kind: 'not captured' as const };
      const what = kind === 'clock' ? 'a clock' : 'what is new each time';
      return cause(kind, `A seed of random numbers comes from ${what}, in cell ${label(from.n)}.`);
    }
    if (readsClock(cell.source) || asksSystem(cell.source)) {
      [...cell.values.keys()].forEach(name => restless.set(name, cell));
    }
  }
  return undefined;
}

/** The streams were in another state when the cell began, or one before it. */
function ofStreams(at: number, { recorded, replayed, label }: ICircumstances): ICause | undefined {
  for (let i = 0; i <= at; i++) {
    for (const [stream, digest] of recorded.cells[i]?.streams ?? []) {
      const found = replayed.cells[i]?.streams.get(stream);
      if (found !== undefined && found !== digest) {
        const where = label(recorded.cells[i].n);
        return cause(
          'random numbers',
          `The random numbers of ${stream} began cell ${where} in another state than in the notebook.`
        );
      }
    }
  }
  return undefined;
}

function changedEnvironment(
  cell: IPlayedCell,
  { recorded, replayed }: ICircumstances
): ICause | undefined {
  const [then, now] = [recorded, replayed].map(({ environment }) =>
    isObject(environment.variables) ? environment.variables : {}
  );
  const names = Object.keys(then).filter(
    name => name !== 'PYTHONHASHSEED' && (then[name] ?? null) !== (now[name] ?? null)
  );
  if (names.length) {
    return cause('environment variable', `${names.join(', ')} had another value.`);
  }
  if (readsEnvironment(cell.source)) {
    return cause(
      'environment variable',
      'The cell asks for something of the environment that the record does not hold.'
    );
  }
  return undefined;
}

function ofRecord(at: number, known: ICircumstances): ICause {
  const { recorded, gaps } = known;
  const cell = recorded.cells[at];
  const { variables } = recorded.environment;
  if (isObject(variables) && variables.PYTHONHASHSEED === null && usesOrder(cell.source)) {
    return cause(
      'hash seed',
      'The kernel had no PYTHONHASHSEED, so the order of its sets is not known.'
    );
  }
  const likely = asksInput(cell.source) ? ofInput : (ofSource(cell) ?? ofCrypto(at, known));
  const gap = gaps[0] ?? 'Something that the cell depends on is not in the record.';
  return likely ?? cause('not captured', gap);
}

/** Two replays within a second or two write the same, so that this comes before what was varied. */
function ofDates(file: string): ICause | undefined {
  return holdsDates(file)
    ? cause('clock', `A file like ${file} has the time in it at which it was written.`)
    : undefined;
}

function ofNondeterminism(at: number, value: string, known: ICircumstances): ICause {
  const cell = known.recorded.cells[at];
  const isTimed = mayBeTime(value) && readsClock(cell.source);
  const made = asksSystem(cell.source) && !mayBeTime(value) ? ofSystem : undefined;
  return (
    (drawsFromCrypto(cell.source) && !isTimed ? ofCrypto(at, known) : undefined) ??
    made ??
    ofSource(cell) ??
    ofCrypto(at, known) ??
    cause('not captured', 'Each replay comes to something else, for a reason that is not known.')
  );
}

function ofInterrupt(cell: string): ICause {
  return cause(
    'not captured',
    `Cell ${cell} was interrupted, and how far it had come is another thing each time.`
  );
}

/** The cell draws from `crypto`, or uses what an earlier cell did that draws from it, such as a function. */
function ofCrypto(at: number, { recorded, label }: ICircumstances): ICause | undefined {
  /** Names of what draws, or was drawn, with the cell that they come from. */
  const drawn = new Map<string, IPlayedCell>();
  const sourceOf = (cell: IPlayedCell): IPlayedCell | undefined =>
    drawsFromCrypto(cell.source)
      ? cell
      : (cell.source.match(/\w+/g) ?? []).map(name => drawn.get(name)).find(Boolean);
  for (const cell of recorded.cells.slice(0, at)) {
    const from = sourceOf(cell);
    [...cell.values.keys()].forEach(name => (from ? drawn.set(name, from) : drawn.delete(name)));
  }
  const from = sourceOf(recorded.cells[at]);
  return (
    from &&
    cause(
      'not captured',
      `Cell ${label(from.n)} draws from \`crypto\`, which no seed governs; draws from \`Math.random\` are recorded.`
    )
  );
}

const ofInput = cause('not captured', 'The cell asks for input, and nobody answers a replay.');

const ofSystem = cause(
  'not captured',
  'The cell takes something from the system that is new each time.'
);

function ofSource({ source }: IPlayedCell): ICause | undefined {
  if (asksNetwork(source)) {
    return cause('network', 'The cell asks the network, which may answer differently each time.');
  }
  if (readsClock(source)) {
    return cause('clock', 'The cell looks at a clock.');
  }
  if (asksSystem(source)) {
    return ofSystem;
  }
  if (savesVectors(source)) {
    return cause(
      'not captured',
      'Figures saved as SVG or PDF have random ids and the date in them: `svg.hashsalt` and `metadata` fix them.'
    );
  }
  if (usesThreads(source)) {
    return cause('threads', 'The cell computes on several threads or processes at once.');
  }
  if (listsFolder(source)) {
    return cause('not captured', 'The cell depends on the order in which a folder is listed.');
  }
  return undefined;
}

function cause(kind: CauseKind, says: string): ICause {
  return { kind, says };
}
