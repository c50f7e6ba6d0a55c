/**
 * What the syntax of a cell tells, asked of the parser that JupyterLab's editor uses.
 *
 * Whenever the parser meets what it does not know, the answer is the one that changes nothing.
 */

import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { parser } from '@lezer/python';
import { scan } from './lexical.js';

/** What a cell uses. */
export interface IMentions {
  /** Every name that is read or bound. */
  readonly names: ReadonlySet<string>;
  /** The first part of every module that is imported, however deep in the code. */
  readonly modules: ReadonlySet<string>;
}

/** Whether a text is exactly one expression. */
export function isExpression(text: string): boolean {
  const { topNode } = parser.parse(text);
  const only = topNode.firstChild;
  return !!only && !only.nextSibling && only.name === 'ExpressionStatement' && !hasError(only);
}

/** Whether the parser finds nothing wrong. It does not know all of Python, so a no is a doubt. */
export function isPython(text: string): boolean {
  return !hasError(parser.parse(text).topNode);
}

/** The names and modules of a cell. */
export function mentions(python: string): IMentions {
  const names = new Set<string>();
  const modules = new Set<string>();
  parser.parse(python).iterate({
    enter: node => {
      if (node.name === 'VariableName') {
        names.add(python.slice(node.from, node.to));
      } else if (node.name === 'ImportStatement') {
        for (const name of importedModules(python.slice(node.from, node.to))) {
          modules.add(name);
        }
      }
    }
  });
  return { names, modules };
}

/**
 * Whether a cell needs a running event loop: it awaits outside of every function, or asks for the loop
 * that a notebook always has.
 */
export function needsLoop(python: string): boolean {
  let found = false;
  parser.parse(python).iterate({
    enter: node => {
      if (found || node.name === 'LambdaExpression') {
        return false;
      }
      if (node.name === 'FunctionDefinition') {
        return false;
      }
      if (node.name === 'AwaitExpression' || node.name === 'async') {
        found = true;
      } else if (node.name === 'PropertyName' || node.name === 'VariableName') {
        found = usesLoop.has(python.slice(node.from, node.to));
      }
      return undefined;
    }
  });
  return found;
}

const usesLoop: ReadonlySet<string> = new Set([
  'create_task',
  'ensure_future',
  'get_running_loop',
  'current_task',
  'get_event_loop'
]);

/**
 * The cell with its last expression handed to `show`, as a notebook shows it. Unchanged where the last
 * statement is none, or ends with a semicolon.
 */
export function showLast(python: string, show: (value: string) => string): string {
  const last = lastExpression(python);
  if (!last) {
    return python;
  }
  const text = python.slice(last.from, last.to);
  if (givesNone.test(text)) {
    return python;
  }
  const several = last.firstChild?.nextSibling ? `(${text})` : text;
  return `${python.slice(0, last.from)}${show(several)}${python.slice(last.to)}`;
}

/** Calls that are known to give None: to show it would only make the script harder to read. */
const givesNone =
  /^(?:print|display|(?:random|(?:np|numpy)\.random)\.seed|(?:plt|pyplot)\.show|(?:backtrail|mlflow)\.(?:log|log_metrics?|log_params|set_tags?|end_run))\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)$/;

function lastExpression(python: string): SyntaxNode | undefined {
  const { topNode } = parser.parse(python);
  let last = topNode.lastChild;
  while (last && last.name === 'Comment') {
    last = last.prevSibling;
  }
  const statement = last?.name === 'StatementGroup' ? last.lastChild : last;
  if (!last || statement?.name !== 'ExpressionStatement') {
    return undefined;
  }
  // What the parser mends by leaving a piece out must not be cut in two: the statement has to begin
  // where a logical line does, and nothing on its line may be in doubt.
  const line = scan(python).logical.at(-1) ?? 0;
  const from = line + (/^\s*/.exec(python.slice(line))?.[0].length ?? 0);
  if (last.from !== from || hasError(last)) {
    return undefined;
  }
  return statement;
}

/**
 * The cell without what stands for itself in a cell and not in a script: `from __future__` belongs to
 * the top, and `global` outside of functions says nothing, but is an error behind a use of the name.
 *
 * @returns the cell, and the features it takes from the future
 */
export function forScript(python: string): { python: string; features: string[] } {
  if (!/\b(?:__future__|global)\b/.test(python)) {
    return { python, features: [] };
  }
  const features: string[] = [];
  let result = '';
  let at = 0;
  parser.parse(python).iterate({
    enter: ({ name, from, to }) => {
      const text = python.slice(from, to);
      const feature = /^from\s+__future__\s+import\s+\(?([^()]+)/.exec(text)?.[1];
      if ((name === 'ImportStatement' && feature) || name === 'ScopeStatement') {
        const names = feature?.replace(/#.*|\\/g, ' ').split(',') ?? [];
        features.push(...names.flatMap(one => /^\s*(\w+)/.exec(one)?.[1] ?? []));
        result += `${python.slice(at, from)}pass`;
        at = to;
      }
      return name !== 'FunctionDefinition' && name !== 'ClassDefinition';
    }
  });
  return { python: result + python.slice(at), features };
}

function importedModules(statement: string): string[] {
  const text = statement.replace(/\\\r?\n/g, ' ').replace(/#.*$/gm, '');
  const from = /^from\s+([\p{L}\p{N}_]+)/u.exec(text);
  if (from) {
    return [from[1]];
  }
  if (text.startsWith('from')) {
    return [];
  }
  return text
    .replace(/^import\s+/, '')
    .split(',')
    .map(part => /^\s*([\p{L}\p{N}_]+)/u.exec(part)?.[1] ?? '')
    .filter(name => name !== '');
}

function hasError(node: SyntaxNode): boolean {
  let error = false;
  node.tree?.iterate({ enter: inner => mark(inner) });
  if (!node.tree) {
    node.cursor().iterate(inner => mark(inner));
  }
  return error;

  function mark(inner: SyntaxNodeRef): void {
    error ||= inner.type.isError;
  }
}
