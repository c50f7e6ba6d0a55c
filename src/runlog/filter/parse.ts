import { FilterError } from './error.js';
import type { Expression } from './expression.js';
import * as grammar from './grammar.js';

/** What the generated parser says when it cannot go on. */
interface IGrammarError extends Error {
  expected: readonly { type: string; description?: string; text?: string }[] | null;
  location: { start: { offset: number }; end: { offset: number } };
}

const parseText = grammar.parse as (text: string) => Expression;
const GrammarError = grammar.SyntaxError as unknown as new () => IGrammarError;

/**
 * Reads a filter.
 *
 * @throws FilterError, which points at the character where the text cannot be understood.
 */
export function parse(text: string): Expression {
  try {
    return parseText(text);
  } catch (error) {
    if (!(error instanceof GrammarError)) {
      throw error;
    }
    const start = error.location.start.offset;
    throw new FilterError(sentence(text, start, error), { start, end: wordEnd(text, start) });
  }
}

/** What could stand at the end of `head`: the names that the grammar gives; undefined when it is wrong already. */
export function expectedAfter(head: string): Set<string> | undefined {
  try {
    // No text of the language has this character, so that the parser always tells what it waited for.
    parseText(`${head}\0`);
  } catch (error) {
    if (error instanceof GrammarError && error.location.start.offset >= head.length) {
      return new Set(descriptions(error));
    }
  }
  return undefined;
}

function descriptions(error: IGrammarError): string[] {
  return [
    ...new Set(
      (error.expected ?? []).map(
        ({ type, description, text }) =>
          description ?? (text === undefined ? (type === 'end' ? 'the end' : type) : `“${text}”`)
      )
    )
  ].filter(name => name !== 'white space' && name !== 'other');
}

function sentence(text: string, start: number, error: IGrammarError): string {
  const found = text.slice(start, wordEnd(text, start));
  if (/^["']/.test(found)) {
    return `The quotation mark ${found[0]} is not closed.`;
  }
  const expected = descriptions(error);
  const list =
    expected.length > 1
      ? `${expected.slice(0, -1).join(', ')} or ${expected.at(-1)}`
      : (expected[0] ?? 'something else');
  return found === ''
    ? `The filter is not complete: it could go on with ${list}.`
    : `“${found}” is not understood here: it could be ${list}.`;
}

/** The end of the word at `start`, at least one character on where there is one. */
function wordEnd(text: string, start: number): number {
  const word = /^(?:["'].*|[^\s()=<>!~,]+)/s.exec(text.slice(start))?.[0];
  return Math.min(text.length, start + (word?.length ?? 1));
}
