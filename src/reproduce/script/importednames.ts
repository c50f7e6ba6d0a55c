/**
 * Which names a cell of Python binds by importing, asked of the parser that JupyterLab's editor uses.
 */

import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

/**
 * The names of the notebook that a cell binds by `import` and `from … import`, and by nothing else behind it.
 *
 * #### Notes
 * What a star brings in has no name in the cell.
 */
export function importedNames(python: string): ReadonlySet<string> {
  const names = new Set<string>();
  if (!/\bimport\b/.test(python)) {
    return names;
  }
  const text = ({ from, to }: SyntaxNode): string => python.slice(from, to);
  parser.parse(python).iterate({
    enter: ({ name, node }) => {
      if (name === 'ImportStatement') {
        boundBy(node, text).forEach(one => names.add(one));
      } else if (name === 'AssignStatement') {
        targetsOf(node, text).forEach(one => names.delete(one));
      } else if (name === 'FunctionDefinition' || name === 'ClassDefinition') {
        const defined = node.getChild('VariableName');
        if (defined) {
          names.delete(text(defined));
        }
      }
      // What is imported in a function is not a name of the notebook.
      return !/^(?:FunctionDefinition|ClassDefinition|LambdaExpression)$/.test(name);
    }
  });
  return names;
}

/** The names that an import binds: of `a.b` the first, of `a as b` the last. */
function boundBy(statement: SyntaxNode, text: (node: SyntaxNode) => string): string[] {
  const parts: string[] = [];
  for (let part = statement.firstChild; part; part = part.nextSibling) {
    if (part.name !== 'Comment') {
      parts.push(text(part));
    }
  }
  return parts
    .slice(parts.indexOf('import') + 1)
    .filter(part => part !== '(' && part !== ')')
    .join(' ')
    .split(',')
    .map(one => one.trim().split(' '))
    .map(one => (one.at(-2) === 'as' ? one.at(-1) : one[0]) ?? '')
    .filter(name => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name));
}

/** The plain names on the left of an assignment. */
function targetsOf(statement: SyntaxNode, text: (node: SyntaxNode) => string): string[] {
  const found: string[] = [];
  let passed: string[] = [];
  for (let part = statement.firstChild; part; part = part.nextSibling) {
    if (part.name === 'AssignOp') {
      found.push(...passed);
      passed = [];
    } else if (part.name === 'VariableName') {
      passed.push(text(part));
    }
  }
  return found;
}
