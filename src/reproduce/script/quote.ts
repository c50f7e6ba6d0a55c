/**
 * Python literals.
 */

import { scan } from './lexical.js';

/** A string literal of one line. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

// eslint-disable-next-line no-control-regex
const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\r\p{Surrogate}]/u;

/** A string literal for a text of several lines, as readable as the text allows. */
export function quotedBlock(text: string): string {
  // A carriage return would be read back as a line feed, and a lone surrogate is no UTF-8.
  if (!unprintable.test(text)) {
    for (const quotes of ['"""', "'''"]) {
      const raw = `r${quotes}${text}${quotes}`;
      if (!text.includes(quotes) && !text.endsWith(quotes[0]) && !/\\$/.test(text)) {
        return raw;
      }
    }
  }
  return quoted(text);
}

/** A JSON value as a Python expression. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) {
    return 'None';
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  return JSON.stringify(value);
}

/** Moves code one level in. Lines that begin inside a string stay, or the string would change. */
export function indented(python: string): string {
  const { insideString } = scan(python);
  let at = 0;
  let result = '';
  for (const line of python.split(/(?<=\r\n|\n|\r(?!\n))/)) {
    result += line.trim() && !insideString.has(at) ? `    ${line}` : line;
    at += line.length;
  }
  return result;
}

/** Text as comment lines. */
export function commented(text: string): string {
  return text
    .split(/\r\n|\n|\r|\f|\v/)
    .map(line => (line.trim() ? `# ${line.trimEnd()}` : '#'))
    .join('\n');
}

/** Text on one line, for a comment or a message: whatever ends a line becomes a space. */
export function oneLine(text: string, width = 200): string {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\0-\x1f\x7f\x85\u2028\u2029]+/g, ' ').trim();
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
