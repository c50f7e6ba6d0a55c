/** Causes that lie in what is another than when the cells were recorded. */
import { isObject, versionIn } from '../../runlog/index.js';
import { cause, type ICause, type ICircumstances } from './cause.js';
import type { Condition } from './conditions.js';
import type { IPlayedCell } from './played.js';
import { readsEnvironment } from './traits.js';

/** The log holds another source than was executed. */
export function alteredCause(cell: IPlayedCell, { altered, label, recorded }: ICircumstances) {
  const n = altered.find(one => one <= cell.n && recorded.cells.some(other => other.n === one));
  return n === undefined
    ? undefined
    : cause('code changed', `The log holds another source of cell ${label(n)} than was executed.`);
}

/** A file that was read, or a module that was imported, is another one now. */
export function changedFile(
  at: number,
  { changed, recorded, label }: ICircumstances
): ICause | undefined {
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

/** Packages, Node, Python or tslab have another version. */
export function changedPackage({ recorded, replayed }: ICircumstances): ICause | undefined {
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

/** A condition was varied, and that alone changed the result. */
export function variedCause({ varied }: ICircumstances): ICause | undefined {
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

/** Variables of the environment have other values, or are asked for and not in the record. */
export function changedEnvironment(
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
