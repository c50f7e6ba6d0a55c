/** Lists of differences, one for each sample: `predicted.map((p, i) => p - actual[i])`. */
import type { INode } from './compiler.js';
import type { Kinds } from './scopes.js';

/** Whether an expression makes a list of differences of what another list holds. */
export function areDifferences(node: INode | undefined, kinds: Kinds): boolean {
  const called = kinds.is(node, 'CallExpression') ? node.expression : undefined;
  if (!kinds.is(called, 'PropertyAccessExpression') || called.name?.text !== 'map') {
    return false;
  }
  const made = node?.arguments?.at(0);
  const [returned, ...more] = made?.body?.statements ?? [];
  const isBlock = kinds.is(returned, 'ReturnStatement') && more.length === 0;
  return isDifference(isBlock ? returned.expression : made?.body, kinds);
}

/** `a - b`, `Math.abs(a - b)`, `(a - b) ** 2`. */
function isDifference(node: INode | undefined, kinds: Kinds): boolean {
  if (kinds.is(node, 'ParenthesizedExpression')) {
    return isDifference(node.expression, kinds);
  }
  if (kinds.is(node, 'CallExpression')) {
    const isOfMath = node.expression?.expression?.text === 'Math';
    return isOfMath && isDifference(node.arguments?.at(0), kinds);
  }
  if (!kinds.is(node, 'BinaryExpression')) {
    return false;
  }
  if (kinds.is(node.operatorToken, 'MinusToken')) {
    return ![node.left, node.right].some(side => kinds.is(side, 'NumericLiteral'));
  }
  return kinds.is(node.operatorToken, 'AsteriskAsteriskToken') && isDifference(node.left, kinds);
}
