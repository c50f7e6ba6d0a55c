import { alignCells, type ICellPair } from './cells.js';
import type { Entry } from './entries.js';
import { hasOneKindOfPackages, LANGUAGE } from './languages.js';
import type { IMaterial } from './material.js';
import { sectionsOf, type IRow, type SectionName } from './sections.js';

/** What a change is about, the most telling first. */
export const KINDS = [
  'param',
  'data',
  'cell',
  'code',
  'seed',
  'environment',
  'package',
  'order',
  'again',
  'other packages'
] as const;

/** Something in which a run differs from another, apart from its results. */
export type Change =
  | {
      readonly kind: 'param' | 'data' | 'code' | 'seed' | 'environment' | 'package';
      readonly key: string;
      readonly before: Entry;
      readonly after: Entry;
    }
  | { readonly kind: 'cell' | 'again'; readonly pair: ICellPair }
  | { readonly kind: 'order' }
  | {
      readonly kind: 'other packages';
      /** How many differ that neither run imported. */
      readonly count: number;
    };

/** What could not be compared. */
export type Unknown =
  | { readonly kind: 'data'; readonly key: string }
  | { readonly kind: 'cell'; readonly pair: ICellPair }
  | { readonly kind: 'params' | 'seeds' | 'code' | 'environment' | 'packages' | 'cells' };

/** In what a run differs from another. */
export interface IDifference {
  /** The most telling first. */
  readonly changes: readonly Change[];
  readonly unknown: readonly Unknown[];
  readonly cells: readonly ICellPair[];
}

const KIND_OF: Partial<Record<SectionName, 'param' | 'data' | 'code' | 'seed' | 'environment'>> = {
  params: 'param',
  data: 'data',
  code: 'code',
  seeds: 'seed',
  environment: 'environment'
};

/** In what `after` differs from `before`, as far as it was recorded. */
export function differenceOf(before: IMaterial, after: IMaterial): IDifference {
  const changes: Change[] = [];
  const unknown: Unknown[] = [];
  const isOneKind = hasOneKindOfPackages([before, after]);
  const sections = new Map(sectionsOf([before, after]).map(({ name, rows }) => [name, rows]));
  for (const [name, rows] of sections) {
    const kind = KIND_OF[name];
    if (kind) {
      for (const { key, entries, agreement } of rows) {
        const isOwn = isOneKind || kind !== 'environment' || isOfBoth(key, entries);
        if (agreement === 'differs' && !isDrawn(key, entries) && isOwn) {
          changes.push({ kind, key, before: entries[0], after: entries[1] });
        }
      }
      unknown.push(...unknownOf(name, rows));
    }
  }
  packageChanges(sections.get('packages') ?? [], before, after, changes);
  if (isOneKind && !knowsPackages(before, after)) {
    unknown.push({ kind: 'packages' });
  }
  const cells = alignCells(before.executions, after.executions, isOneKind);
  if (isOneKind) {
    // A cell of another language is no edit, nor is it missing.
    cellChanges(cells, changes, unknown);
  }
  if (before.executions.length === 0 || after.executions.length === 0) {
    unknown.push({ kind: 'cells' });
  }
  changes.sort((a, b) => rankOf(a) - rankOf(b));
  return { changes, unknown, cells };
}

/** Where a change stands: another language tells more than all else. */
function rankOf(change: Change): number {
  const isLanguage = change.kind === 'environment' && change.key === LANGUAGE;
  return isLanguage ? -1 : KINDS.indexOf(change.kind);
}

/**
 * Whether it is a hash seed that was drawn for a kernel: another one with each kernel, which nobody changed.
 *
 * #### Notes
 * The record does not say who set it. Drawn ones are anything below 2 to the 32nd, of which one in four thousand is below a
 * million; what people set has few digits.
 */
function isDrawn(key: string, entries: readonly Entry[]): boolean {
  const isChosen = (entry: Entry): boolean =>
    entry.kind === 'value' && /^\d{1,6}$/.test(String(entry.value));
  return key === 'PYTHONHASHSEED' && !entries.every(isChosen);
}

/** Of another language, whether a fact of the environment is one that both have, and say in the same words. */
function isOfBoth(key: string, entries: readonly Entry[]): boolean {
  return (
    entries.every(({ kind }) => kind === 'value') && key !== 'interpreter' && key !== 'platform'
  );
}

function unknownOf(name: SectionName, rows: readonly IRow[]): Unknown[] {
  const found = rows.filter(row => row.agreement === 'unknown');
  if (found.length === 0) {
    return [];
  }
  switch (name) {
    case 'data':
      return found.map(({ key }) => ({ kind: 'data', key }));
    case 'params':
    case 'seeds':
    case 'code':
    case 'environment':
      return [{ kind: name }];
    default:
      return [];
  }
}

/** Packages that neither run imported are counted; where nobody knows what was imported, all are told. */
function packageChanges(
  rows: readonly IRow[],
  { imported: a }: IMaterial,
  { imported: b }: IMaterial,
  changes: Change[]
): void {
  const isUsed = (key: string): boolean => !a || !b || a.has(key) || b.has(key);
  let others = 0;
  for (const { key, entries, agreement } of rows) {
    if (agreement === 'differs' && isUsed(key)) {
      changes.push({ kind: 'package', key, before: entries[0], after: entries[1] });
    } else if (agreement === 'differs') {
      others++;
    }
  }
  if (others > 0) {
    changes.push({ kind: 'other packages', count: others });
  }
}

function knowsPackages(before: IMaterial, after: IMaterial): boolean {
  const [a, b] = [before.run.environment?.packages, after.run.environment?.packages];
  return (before.packages !== null && after.packages !== null) || (Boolean(a) && a === b);
}

function cellChanges(cells: readonly ICellPair[], changes: Change[], unknown: Unknown[]): void {
  const again = new Set<string | null>();
  for (const pair of cells) {
    const cell = (pair.after ?? pair.before)?.cell ?? null;
    if (pair.isAgain) {
      if (!again.has(cell)) {
        changes.push({ kind: 'again', pair });
      }
      again.add(cell);
    } else if (pair.agreement === 'differs') {
      changes.push({ kind: 'cell', pair });
    } else if (pair.agreement === 'unknown') {
      unknown.push({ kind: 'cell', pair });
    }
  }
  const order = cells.flatMap(({ before, after }) => (before && after ? [before.n] : []));
  if (order.some((n, at) => at > 0 && n < order[at - 1])) {
    changes.push({ kind: 'order' });
  }
}
