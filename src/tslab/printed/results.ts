/** Metrics in what a cell's last expression gave: a number, several, an object of them, a small table. */
import { isList, items } from '../names/numbers.js';
import { rowOf } from '../names/rows.js';
import { keyOf } from '../names/series.js';
import { STEPS } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import { LAST_EXPRESSION as ORIGIN } from '../sightings/sighting.js';
import { LAST_EXPRESSION } from '../syntax/uses.js';
import type { INode, ITree } from '../syntax/compiler.js';
import { kindsOf } from '../syntax/scopes.js';
import { scalarOf } from '../tensors.js';
import { nameOf } from './naming.js';

const MOST_ITEMS = 100;
const MOST_ROWS = 300;
const MOST_COLUMNS = 40;
/** Methods that show data, whose columns may well be called score. */
const LOOKS = new Set(['slice', 'filter', 'head', 'tail', 'sample', 'splice', 'objects']);

/** Metrics of one moment. */
export interface IResult {
  readonly values: ReadonlyMap<string, number>;
  readonly origin: string;
  readonly step: number | undefined;
}

/** The metrics in `given`, which the cell's last expression gave. No code of the notebook's is called. */
export function* results(tree: ITree, given: unknown): Generator<IResult> {
  const value = scalarOf(given) ?? given;
  const node = lastExpression(tree);
  if (node === undefined) {
    return;
  }
  const name = nameOf(node, tree);
  if (typeof value === 'number') {
    yield* told(named(name, value));
  } else if (isList(value)) {
    const kinds = kindsOf(tree.ts);
    const { elements } = node;
    if (kinds.is(node, 'ArrayLiteralExpression') && elements?.length === value.length) {
      const found = elements.map((element, index) => {
        return named(nameOf(element, tree), itemOf(value, index));
      });
      yield* told(found.flat());
    } else if (!LOOKS.has(calledOf(node))) {
      yield* rows(value);
    }
  } else {
    yield* told([...within([name ?? 'result'], value)]);
  }
}

/** The expression whose value the kernel shows: it keeps it under a name of its own. */
export function lastExpression({ ts, file }: ITree): INode | undefined {
  const kinds = kindsOf(ts);
  for (const { expression } of [...(file.statements ?? [])].reverse()) {
    const isAssigned = kinds.is(expression, 'BinaryExpression');
    if (isAssigned && LAST_EXPRESSION.test(expression.left?.name?.text ?? '')) {
      return expression.right;
    }
  }
  return undefined;
}

function* told(found: ReadonlyArray<readonly [string, number]>): Generator<IResult> {
  if (found.length > 0) {
    yield { values: new Map(found), origin: ORIGIN, step: undefined };
  }
}

function named(name: string | undefined, given: unknown): Array<[string, number]> {
  const value = scalarOf(given) ?? given;
  const key = words.normal(name ?? '');
  const isMetric = typeof value === 'number' && Number.isFinite(value) && words.isMetric(key);
  return isMetric ? [[key, value]] : [];
}

function* within(path: readonly string[], value: unknown): Generator<[string, number]> {
  for (const [name, item] of (items(value) ?? []).slice(0, MOST_ITEMS)) {
    if (typeof item === 'number') {
      const key = keyOf([...path, name]);
      if (key !== undefined && words.isMetric(key.split('/')[0]) && Number.isFinite(item)) {
        yield [key, item];
      }
    } else if (path.length < 3) {
      yield* within([...path, name], item);
    }
  }
}

/** Rows are models or steps, columns metrics, mostly; a table of data is none of results. */
function* rows(list: readonly unknown[]): Generator<IResult> {
  const all = Array.from({ length: Math.min(list.length, MOST_ROWS + 1) }, (_, index) =>
    items(itemOf(list, index))
  );
  const first = all.at(0) ?? [];
  if (all.length > MOST_ROWS || first.length > MOST_COLUMNS || all.includes(undefined)) {
    return;
  }
  const numeric = new Set(first.flatMap(([name, item]) => (isNumber(item) ? [name] : [])));
  const columns = [...numeric].map(words.normal);
  const metrics = columns.filter(words.isMetric);
  const steps = columns.filter(name => STEPS.has(name.replace(/s$/, '')));
  const isRounded = all
    .flatMap(row => row ?? [])
    .every(([name, item]) => !words.isMetric(words.normal(name)) || Number.isInteger(item));
  if (metrics.length === 0 || metrics.length * 2 < columns.length - steps.length || isRounded) {
    return;
  }
  for (const index of all.keys()) {
    const row = rowOf(itemOf(list, index), index, true);
    if (row !== undefined) {
      yield { values: row.values, origin: 'table', step: steps.length > 0 ? row.step : undefined };
    }
  }
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function itemOf(list: readonly unknown[], index: number): unknown {
  return Object.getOwnPropertyDescriptor(list, index)?.value;
}

function calledOf(node: INode): string {
  return node.arguments === undefined ? '' : (node.expression?.name?.text ?? '');
}
