import type { EventOf, RunSummary } from '../../runlog/index.js';
import { formatBytes } from '../format.js';

type Variables = EventOf<'variables'>;

/** A variable as the log describes it. */
export type Value = NonNullable<Variables['bound']>[string];

/**
 * What an execution did to a variable; `imported`: it set it to a module, or to what one gives; `maybe`: it used it in a way
 * that may have changed it.
 */
export type Deed = 'imported' | 'read' | 'set' | 'changed' | 'maybe' | 'deleted';

/** A variable that an execution used. */
export interface IVariableUse {
  readonly name: string;
  readonly deed: Deed;
  /** As it was afterwards, or, where it was only read or deleted, before; undefined where nobody saw it. */
  readonly value: Value | undefined;
  /** Whether it stands for a module, or for what one gives. */
  readonly isImported: boolean;
}

/** What was told of the variables of an execution. */
export interface IVariableUses {
  readonly uses: readonly IVariableUse[];
  readonly told: Variables;
}

/** What an execution used: variables, files, seeds, and state that has no name. */
export interface IUses {
  readonly variables: readonly IVariableUse[];
  /** Why it may have used more than is said. */
  readonly unknown: readonly string[];
  /** State without a name, as `cwd` or `matplotlib`, that it changed. */
  readonly hidden: readonly string[];
  readonly filesRead: readonly string[];
  readonly filesWritten: readonly string[];
  readonly seeds: readonly { readonly library: string; readonly value: unknown }[];
}

/**
 * What variables are worth as a session goes on.
 *
 * #### Notes
 * Executions are to be told in their order.
 */
export class Values {
  /**
   * What an execution did to the variables, each named once, those it wrote first.
   *
   * @param imported - the names that it bound by importing, where its source tells
   */
  take(
    { reads = [], bound = {}, changed = {}, deleted = [] }: Variables,
    imported: ReadonlySet<string> = new Set()
  ): IVariableUse[] {
    for (const [name, value] of Object.entries(bound)) {
      this._setImported(name, imported.has(name) || isImport(value));
    }
    const isImported = (name: string): boolean => this._imported.has(name);
    const uses = new Map<string, IVariableUse>();
    const add = (name: string, deed: Deed, value: Value | undefined): void => {
      if (!uses.has(name)) {
        uses.set(name, { name, deed, value, isImported: isImported(name) });
      }
    };
    for (const [name, value] of Object.entries(bound)) {
      add(name, isImported(name) ? 'imported' : 'set', value);
    }
    for (const [name, value] of Object.entries(changed)) {
      add(name, value['assumed'] === true ? 'maybe' : 'changed', value);
    }
    for (const name of deleted) {
      add(name, 'deleted', this._known.get(name));
    }
    for (const name of [...reads.filter(one => !isImported(one)), ...reads.filter(isImported)]) {
      add(name, 'read', this._known.get(name));
    }
    const all = [...uses.values()];
    for (const { name, deed, value } of all) {
      if (deed === 'deleted' || value === undefined) {
        this._known.delete(name);
      } else {
        this._known.set(name, value);
      }
    }
    deleted.forEach(name => this._setImported(name, false));
    // What is made is asked for sooner than what is imported.
    const isMade = ({ deed }: IVariableUse): boolean => deed === 'set';
    return [...all.filter(isMade), ...all.filter(one => !isMade(one))];
  }

  private _setImported(name: string, isImported: boolean): void {
    if (isImported) {
      this._imported.add(name);
    } else {
      this._imported.delete(name);
    }
  }

  private _imported = new Set<string>();
  private _known = new Map<string, Value>();
}

/** What a run says of an execution beside its variables. */
export function usesOf(
  run: Pick<RunSummary, 'inputs' | 'outputs' | 'seeds'>,
  n: number,
  of?: IVariableUses
): IUses {
  const paths = (files: readonly { path: string; cell?: number | null }[]): string[] => [
    ...new Set(files.filter(({ cell }) => cell === n).map(({ path }) => path))
  ];
  const seeds = run.seeds.filter(({ cell }) => cell === n);
  return {
    variables: of?.uses ?? [],
    unknown: of?.told.unknown ?? [],
    hidden: of?.told.hidden?.writes ?? [],
    filesRead: paths(run.inputs),
    filesWritten: paths(run.outputs),
    seeds: seeds.map(({ library, value }) => ({ library, value }))
  };
}

/** Whether a value tells that it is a module, or what a module of TypeScript gives, as `fs#readFileSync`. */
function isImport({ type, preview = '' }: Value): boolean {
  return type === 'module' || /^(?:function|class) [^ ]+#/.test(preview ?? '');
}

/** Whether there is nothing to say. */
export function isNothing(uses: IUses): boolean {
  return Object.values(uses).every((list: readonly unknown[]) => list.length === 0);
}

/** What kind of thing a variable is: its type, and where it is an array what is in it and how much. */
export function kindOf(value: Value): string {
  const isCounted = value.preview?.startsWith(`${value.type} of `);
  const type = value.declared ?? (isCounted ? value.preview : value.type);
  // What the compiler calls `number[]` does not say how many there are.
  const count = value.declared && isCounted && typeof value.size === 'number' ? [value.size] : null;
  const counts = value.shape ?? count;
  const shape = counts && counts.length > 0 ? `(${counts.join(', ')})` : '';
  const isArray = Boolean(value.shape) || Boolean(value.dtype);
  return [
    type,
    value.dtype,
    shape,
    isArray && typeof value.size === 'number' && value.size > 0 ? formatBytes(value.size) : ''
  ]
    .filter(Boolean)
    .join(' ');
}

/** The value in short; empty where its kind says all that is known. */
export function previewOf(value: Value): string {
  const { preview, type, shape } = value;
  if (preview && shape?.length === 0 && preview.startsWith(`${type} `)) {
    // An array without dimensions is a number.
    return preview.slice(type.length + 1);
  }
  const isKindOnly =
    !preview || preview === type || preview.startsWith(`${type} `) || Boolean(shape);
  return isKindOnly
    ? preview && /^(module|function|class) /.test(preview)
      ? preview
      : ''
    : preview;
}
