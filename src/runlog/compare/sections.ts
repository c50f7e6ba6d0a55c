import type { JsonObject } from '../json.js';
import type { RunSummary } from '../schema.js';
import {
  ABSENT,
  agreement,
  known,
  knownOr,
  leaves,
  UNKNOWN,
  type Agreement,
  type Entry
} from './entries.js';
import { hasOneKindOfPackages, isOneLanguage, LANGUAGE, languageOf } from './languages.js';
import type { IMaterial } from './material.js';

/** The parts of a comparison, in the order in which they are shown. */
export type SectionName =
  'params' | 'metrics' | 'seeds' | 'data' | 'code' | 'environment' | 'packages' | 'tags';

/** Something that runs may agree in. */
export interface IRow {
  readonly key: string;
  /** One for each run, in their order. */
  readonly entries: readonly Entry[];
  readonly agreement: Agreement;
}

/** Rows of one kind. */
export interface ISection {
  readonly name: SectionName;
  /** All rows; those in which all agree are counted in `same`. */
  readonly rows: readonly IRow[];
  readonly same: number;
}

/** What a run has of a section, by key; `missing` stands for what it does not have. */
interface IPart {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly missing: Entry;
}

type Facts = readonly (readonly [string, Entry])[];

const PARTS: readonly (readonly [SectionName, (of: IMaterial) => IPart])[] = [
  [
    'params',
    of =>
      part(
        leaves(of.run.params).map(([key, value]) => [key, known(value)]),
        none(of)
      )
  ],
  ['metrics', of => part(metricsOf(of.run), none(of))],
  ['seeds', of => part(seedsOf(of), none(of))],
  ['data', of => part([...inputsOf(of), ...datasetsOf(of)], none(of))],
  ['code', codeOf],
  ['environment', environmentOf],
  ['packages', packagesOf],
  ['tags', ({ run }) => part(Object.entries(run.tags).map(([key, value]) => [key, known(value)]))]
];

/** Everything that the runs have, in sections; those that no run has anything of are left out. */
export function sectionsOf(given: readonly IMaterial[]): readonly ISection[] {
  const materials = given.map(one => withPackages(one, given));
  const isMixed = !isOneLanguage(materials);
  const shown = PARTS.filter(([name]) => name !== 'packages' || hasOneKindOfPackages(materials));
  return shown.flatMap(([name, read]) => {
    const parts = materials.map(of =>
      name === 'environment' && isMixed ? withLanguage(read(of), of) : read(of)
    );
    const keys = new Set(parts.flatMap(({ entries }) => [...entries.keys()]));
    const rows = [...keys].map((key): IRow => {
      const entries = parts.map(({ entries, missing }) => entries.get(key) ?? missing);
      return { key, entries, agreement: agreement(entries) };
    });
    const same = rows.filter(row => row.agreement === 'same').length;
    return rows.length === 0 ? [] : [{ name, rows, same }];
  });
}

/** The language is said where runs differ in it. */
function withLanguage({ entries, missing }: IPart, of: IMaterial): IPart {
  const language = languageOf(of);
  const entry: Entry = language === null ? UNKNOWN : known(language);
  return { entries: new Map([[LANGUAGE, entry], ...entries]), missing };
}

function part(facts: Facts, missing: Entry = ABSENT): IPart {
  return { entries: new Map(facts), missing };
}

/** What it means that a run has nothing: that there was nothing, if all was recorded and can be read. */
function none({ run, hasLog }: IMaterial): Entry {
  return hasLog && run.damage.lines === 0 ? ABSENT : UNKNOWN;
}

/** The list of packages is the same file for all runs that had the same. */
function withPackages(of: IMaterial, all: readonly IMaterial[]): IMaterial {
  const hash = of.run.environment?.packages;
  const found = hash
    ? all.find(one => one.packages && one.run.environment?.packages === hash)
    : undefined;
  return of.packages || !found ? of : { ...of, packages: found.packages };
}

function metricsOf(run: RunSummary): Facts {
  return Object.entries(run.metrics).map(([key, metric]) => [key, known(metric.last, metric)]);
}

function seedsOf({ seeds }: IMaterial): Facts {
  const values = new Map<string, unknown[]>();
  for (const { library, value } of seeds) {
    const known = values.get(library);
    if (known) {
      known.push(value);
    } else {
      values.set(library, [value]);
    }
  }
  return [...values].map(([library, all]) => [library, known(all.length === 1 ? all[0] : all)]);
}

/** Files by their paths. A file that was read several times is the same when each content is. */
function inputsOf({ inputs }: IMaterial): Facts {
  const files = new Map<string, IMaterial['inputs'][number][]>();
  for (const file of inputs) {
    const group = files.get(file.path);
    if (group) {
      group.push(file);
    } else {
      files.set(file.path, [file]);
    }
  }
  return [...files].map(([path, all]) => {
    const hashes = [...new Set(all.map(({ sha256 }) => sha256 ?? null))];
    const { size } = all[all.length - 1];
    const value = { sha256: hashes[hashes.length - 1], size: size ?? null };
    return [path, hashes.includes(null) ? { kind: 'unknown', value } : known(value, hashes.sort())];
  });
}

/** Datasets by their names. Of one without a hash only a difference can be told. */
function datasetsOf({ datasets }: IMaterial): Facts {
  return datasets.flatMap((dataset): Facts => {
    const { name, sha256, version, rows, columns, classes, splits } = dataset;
    const shape = { version, rows, columns, classes, splits };
    const told = Object.entries(shape).filter(([, value]) => value !== undefined && value !== null);
    const facts: Facts = told.map(([key, value]) => [`${name} · ${key}`, known(value)]);
    return sha256
      ? [[name, known({ sha256, size: dataset.size ?? null }, sha256)], ...facts]
      : facts;
  });
}

/** The reasons of the tracker that say that there is no commit, and not that none is known. */
const NO_COMMIT = /not in a git repository|no commit yet/;

function codeOf(of: IMaterial): IPart {
  const { run, modules } = of;
  const { code } = run;
  const own: Facts = [...modules].map(([path, sha256]) => [
    path,
    sha256 === null ? UNKNOWN : known({ sha256 })
  ]);
  if (!code?.commit) {
    const commit: Entry = NO_COMMIT.test(code?.reason ?? '') ? ABSENT : UNKNOWN;
    return part([['commit', commit], ...own], commit === ABSENT ? none(of) : UNKNOWN);
  }
  const untracked: Facts = Object.entries(code.untracked ?? {}).map(([path, sha256]) => [
    `${path} (untracked)`,
    sha256 === null ? UNKNOWN : known({ sha256 })
  ]);
  const facts: Facts = [
    ['commit', known(code.commit)],
    ['branch', knownOr(ABSENT, code.branch)],
    ['uncommitted changes', changesOf(code)],
    ...own,
    ...untracked
  ];
  return part(facts, none(of));
}

function changesOf({ dirty, diff, reason }: NonNullable<RunSummary['code']>): Entry {
  if (diff) {
    return known({ sha256: diff });
  }
  // A reason tells why changes were not kept; without one there were none but new files.
  return dirty === false || (dirty && !reason) ? ABSENT : UNKNOWN;
}

function environmentOf({ run }: IMaterial): IPart {
  const { environment } = run;
  if (!environment) {
    return part([], UNKNOWN);
  }
  const { cpu, memory, gpus, threads, variables } = environment;
  const facts: [string, unknown][] = [
    ['Python', environment.python],
    ['Node', environment.node],
    ['interpreter', environment.executable],
    ['platform', environment.platform],
    ['processor', cpu?.model],
    ['cores', cpu?.count],
    ['memory', memory],
    ['GPUs', gpus?.length === 0 ? 'none' : gpus?.map(({ name }) => name)],
    ['GPU driver', gpus?.[0]?.driver],
    ['CUDA', environment.cuda],
    ['time zone', environment.time_zone],
    ['locale', environment.locale],
    ['conda', environment.conda],
    ['venv', environment.venv],
    ...named('threads', threads),
    ...named('', variables)
  ];
  return part(
    facts.flatMap(([key, value]): Facts =>
      value === undefined || value === null ? [] : [[key, known(value)]]
    )
  );
}

function named(prefix: string, values: JsonObject | null | undefined): [string, unknown][] {
  return Object.entries(values ?? {}).map(([key, value]) => [
    prefix ? `${prefix} ${key}` : key,
    value
  ]);
}

function packagesOf({ packages }: IMaterial): IPart {
  return packages
    ? part([...packages].map(([name, version]) => [name, known(version)]))
    : part([], UNKNOWN);
}
