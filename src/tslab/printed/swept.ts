/** What loops try: names that they give written numbers, one after another. */
import type { INode } from '../syntax/compiler.js';
import type { Kinds } from '../syntax/scopes.js';

const MOST = 50;
/** Lists of written numbers, as the compiler prints them: `exports.rates = [0.1, 0.01]`. */
const LISTS =
  /\b(?:exports\.|(?:const|let|var) )(\w+) = \[\s*-?[\d._]+(?:e-?\d+)?(?:,\s*-?[\d._]+(?:e-?\d+)?){1,49},?\s*\]/g;

/** The names that a cell binds to lists of written numbers. */
export function numberLists(code: string): string[] {
  return code.includes('= [') ? [...code.matchAll(LISTS)].map(([, name]) => name) : [];
}

/**
 * The name to which a loop gives written numbers: `for (const k of [1, 3])`, `rates.forEach(rate => …)`.
 *
 * @param lists - the names that stand for lists of such.
 */
export function sweptBy(node: INode, lists: ReadonlySet<string>, kinds: Kinds): string | undefined {
  if (kinds.is(node, 'ForOfStatement')) {
    const name = node.initializer?.declarations?.at(0)?.name?.text;
    return isWritten(node.expression, lists, kinds) ? name : undefined;
  }
  const called = kinds.is(node, 'CallExpression') ? node.expression : undefined;
  const isEach = kinds.is(called, 'PropertyAccessExpression') && called.name?.text === 'forEach';
  return isEach && isWritten(called.expression, lists, kinds)
    ? node.arguments?.at(0)?.parameters?.at(0)?.name?.text
    : undefined;
}

function isWritten(node: INode | undefined, lists: ReadonlySet<string>, kinds: Kinds): boolean {
  if (kinds.is(node, 'ArrayLiteralExpression')) {
    const values = node.elements ?? [];
    const isNumber = (one: INode): boolean =>
      kinds.is(one, 'NumericLiteral') ||
      (kinds.is(one, 'PrefixUnaryExpression') && kinds.is(one.operand, 'NumericLiteral'));
    return values.length > 1 && values.length <= MOST && values.every(isNumber);
  }
  const isExported =
    kinds.is(node, 'PropertyAccessExpression') && node.expression?.text === 'exports';
  const name = isExported ? node.name?.text : kinds.is(node, 'Identifier') ? node.text : undefined;
  return name !== undefined && lists.has(name);
}
