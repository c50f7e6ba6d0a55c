import { FilterError } from './error.js';
import type { Expression } from './expression.js';
import { written } from './keys.js';
import { parse } from './parse.js';

/** The keys that a filter asks for, as they are written, each once; none where the text cannot be understood. */
export function mentionedKeys(text: string): string[] {
  try {
    return text.trim() === '' ? [] : [...new Set(keysOf(parse(text)))];
  } catch (error) {
    if (error instanceof FilterError) {
      return [];
    }
    throw error;
  }
}

function keysOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return [...keysOf(expression.left), ...keysOf(expression.right)];
    case 'not':
      return keysOf(expression.operand);
    case 'call':
      // Of other functions, what looks like a key is the name of a stage or of a commit.
      return ['has', 'changed'].includes(expression.name)
        ? expression.parameters.flatMap(one => (one.kind === 'key' ? [written(one.path)] : []))
        : [];
    default:
      return [written(expression.key.path)];
  }
}
