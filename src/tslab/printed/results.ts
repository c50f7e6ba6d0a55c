/** Metrics in what a cell's last expression gave: a number, several, an object of them, a small table. */
import { frameOf } from '../frames.js';
import { isList, items } from '../names/numbers.js';
import { keyOf } from '../names/series.js';
import { type ITableRow, tableRows } from '../names/tables.js';
import * as words from '../names/words.js';
import { LAST_EXPRESSION as ORIGIN } from '../sightings/sighting.js';
import { LAST_EXPRESSION } from '../syntax/uses.js';
import type { INode, ITree } from '../syntax/compiler.js';
import { kindsOf } from '../syntax/scopes.js';
import { scalarOf } from '../tensors.js';
import { nameOf } from './naming.js';

const MOST_ITEMS = 100;
/** Methods that show data, whose columns may well be called score. */
const LOOKS = new Set(['slice', 'filter', 'head', 'tail', 'sample', 'splice', 'objects']);

/** Metrics of one moment. */
export type IResult = ITableRow;

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
      yield* tableRows(value);
    }
  } else if (typeof value === 'object' && value !== null && frameOf(value)) {
    if (!LOOKS.has(calledOf(node))) {
      yield* tableRows(value);
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

function itemOf(list: readonly unknown[], index: number): unknown {
  return Object.getOwnPropertyDescriptor(list, index)?.value;
}

function calledOf(node: INode): string {
  return node.arguments === undefined ? '' : (node.expression?.name?.text ?? '');
}
