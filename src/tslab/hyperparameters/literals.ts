/** Values that are written out in a source: literals, and arithmetic of literals. */
import type { INode } from '../syntax/compiler.js';
import type { Kinds } from '../syntax/scopes.js';
import type { Plain } from './wanted.js';

const LONGEST_LIST = 50;

/** What an expression gives, where that is written out; undefined for all others. */
export function literal(node: INode | undefined, kinds: Kinds): Plain | undefined {
  if (node === undefined) {
    return undefined;
  }
  if (kinds.is(node, 'NumericLiteral')) {
    return Number(node.text);
  }
  if (kinds.is(node, 'StringLiteral') || kinds.is(node, 'NoSubstitutionTemplateLiteral')) {
    return node.text ?? '';
  }
  if (kinds.is(node, 'TrueKeyword') || kinds.is(node, 'FalseKeyword')) {
    return kinds.is(node, 'TrueKeyword');
  }
  if (kinds.is(node, 'NullKeyword')) {
    return null;
  }
  if (kinds.is(node, 'ParenthesizedExpression')) {
    return literal(node.expression, kinds);
  }
  if (kinds.is(node, 'PrefixUnaryExpression')) {
    const value = literal(node.operand, kinds);
    const isMinus = node.operator === kinds.ts.SyntaxKind['MinusToken'];
    return typeof value === 'number' ? (isMinus ? -value : value) : undefined;
  }
  if (kinds.is(node, 'BinaryExpression')) {
    return arithmetic(node, kinds);
  }
  if (kinds.is(node, 'ArrayLiteralExpression') && (node.elements?.length ?? 0) <= LONGEST_LIST) {
    const values = (node.elements ?? []).map(one => literal(one, kinds));
    return values.every(one => one !== undefined) ? values : undefined;
  }
  return undefined;
}

/** What an object written out holds, by the names that lead to it. */
export function fields(object: INode, kinds: Kinds, path = ''): Array<[string, Plain]> {
  return (object.properties ?? []).flatMap((property): Array<[string, Plain]> => {
    const name = property.name?.text;
    if (name === undefined || property.initializer === undefined) {
      return [];
    }
    const key = path === '' ? name : `${path}.${name}`;
    if (kinds.is(property.initializer, 'ObjectLiteralExpression')) {
      return fields(property.initializer, kinds, key);
    }
    const value = literal(property.initializer, kinds);
    return value === undefined ? [] : [[key, value]];
  });
}

function arithmetic(node: INode, kinds: Kinds): number | undefined {
  const left = literal(node.left, kinds);
  const right = literal(node.right, kinds);
  if (typeof left !== 'number' || typeof right !== 'number') {
    return undefined;
  }
  const { SyntaxKind: kind } = kinds.ts;
  switch (node.operatorToken?.kind) {
    case kind['PlusToken']:
      return left + right;
    case kind['MinusToken']:
      return left - right;
    case kind['AsteriskToken']:
      return left * right;
    case kind['SlashToken']:
      return left / right;
    case kind['AsteriskAsteriskToken']:
      return left ** right;
    default:
      return undefined;
  }
}
