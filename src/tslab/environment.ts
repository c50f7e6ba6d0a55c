/** What a session ran in: Node, the system, and the packages that its folder resolves, those within packages included. */
import { cpus, machine, release, totalmem, type as system } from 'node:os';
import { dirname, join } from 'node:path';
import { readFileSync } from './disk.js';
import { loadedPaths } from './internals.js';
import type { PackageTree } from './packages/tree.js';
import type { Session } from './session.js';

/** Variables that change what a program computes or how Node runs. */
const VARIABLES = [
  'NODE_ENV',
  'NODE_OPTIONS',
  'TZ',
  'LANG',
  'LC_ALL',
  'LC_MESSAGES',
  'UV_THREADPOOL_SIZE'
];

/** The zone and the language in which Node tells times and numbers where nobody names another. */
interface IPlaceInTime {
  readonly time_zone: string | null;
  readonly locale: string;
}

// Taken now: notebooks replace them, to have another time or language.
const { DateTimeFormat } = Intl;
const { resolvedOptions } = DateTimeFormat.prototype as unknown as {
  resolvedOptions: (this: object) => Intl.ResolvedDateTimeFormatOptions;
};

/** Tells the environment of a session. */
export class Environment {
  /** Variables count as they are now: cells may set them. */
  constructor() {
    const set = VARIABLES.filter(name => process.env[name] !== undefined);
    this._variables = Object.fromEntries(set.map(name => [name, process.env[name]]));
  }

  /** Writes it; again where the packages are others. */
  note(session: Session, { versions: packages }: PackageTree): void {
    const text = JSON.stringify(packages, Object.keys(packages).sort(), 1);
    const processors = cpus();
    this._place ??= this._placeOf();
    session.write('environment', {
      node: process.version.slice(1),
      executable: process.execPath,
      platform: `${system()}-${release()}-${machine()}`,
      packages: session.store('The list of packages', text),
      variables: this._variables,
      ...this._place,
      cpu: { model: processors.at(0)?.model ?? null, count: processors.length },
      memory: totalmem(),
      tslab: tslabOf()
    });
  }

  /** Asked once, and not when recording begins: Node takes some 10 ms for the first answer. */
  private _placeOf(): IPlaceInTime {
    const format = new DateTimeFormat();
    const { timeZone, locale } = Reflect.apply(resolvedOptions, format, []);
    // A cell was quicker, and set another one.
    const isSet = process.env['TZ'] !== this._variables['TZ'];
    return { time_zone: (isSet ? this._variables['TZ'] : timeZone) ?? null, locale };
  }

  private _place: IPlaceInTime | undefined;
  private readonly _variables: Readonly<Record<string, string | undefined>>;
}

/** The copy of tslab that executes the cells: of two that are loaded, the first hands over to the second. */
function tslabOf(): { version: string | null; path: string } | null {
  const path = loadedPaths().at(-1);
  if (path === undefined) {
    return null;
  }
  const folder = dirname(dirname(path));
  return { version: versionOf(folder) ?? null, path: folder };
}

function versionOf(folder: string): string | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version?: unknown;
    };
    return typeof manifest.version === 'string' ? manifest.version : undefined;
  } catch {
    return undefined;
  }
}
