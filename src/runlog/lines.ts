import { isObject, type JsonObject } from './json.js';

/** What was read of a file of JSON lines. */
export interface ILines {
  /** The lines that are JSON objects, in order. */
  events: JsonObject[];
  /** The number of lines that are not: skipped, never guessed at. */
  damaged: number;
  /** Whether the last line lacks its newline; it was skipped. */
  torn: boolean;
}

const NEWLINE = 10;

/**
 * Reads a whole file of JSON lines. Never throws, whatever the bytes.
 *
 * @param data - the content of the file. Give the bytes where there are bytes: a text was decoded
 *   by somebody else, and what was not UTF-8 in it can no longer be told.
 */
export function readLines(data: string | Uint8Array): ILines {
  if (typeof data !== 'string') {
    const reader = new LineReader();
    const events = reader.push(data);
    return { events, damaged: reader.damaged, torn: reader.torn };
  }
  const end = data.lastIndexOf('\n') + 1;
  const events: JsonObject[] = [];
  const damaged = parseLines(data.slice(0, end), events);
  return { events, damaged, torn: end < data.length };
}

/** Reads a growing file of JSON lines piece by piece; the pieces may end anywhere. */
export class LineReader {
  /** The number of lines so far that are not JSON objects. */
  get damaged(): number {
    return this._damaged;
  }

  /** Whether what came so far ends in the middle of a line. */
  get torn(): boolean {
    return this._rest.length > 0;
  }

  /** Takes the next bytes and returns the objects of the lines that are complete with them. */
  push(bytes: Uint8Array): JsonObject[] {
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    const events: JsonObject[] = [];
    if (end > 0) {
      const whole = concatenate([...this._rest, bytes.subarray(0, end)]);
      this._rest = [];
      this._damaged += decodeLines(whole, events);
    }
    if (end < bytes.length) {
      // A copy: the caller may fill the same buffer again.
      this._rest.push(bytes.slice(end));
    }
    return events;
  }

  private _damaged = 0;
  private _rest: Uint8Array[] = [];
}

// A byte order mark is kept, so that where a piece begins makes no difference to what is read.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Appends the objects of whole lines to `events`; returns how many lines are damaged. */
function decodeLines(bytes: Uint8Array, events: JsonObject[]): number {
  const text = decode(bytes);
  if (text !== undefined) {
    return parseLines(text, events);
  }
  // Somewhere is no UTF-8: each line by itself, so that only the damaged ones are lost.
  let damaged = 0;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start) + 1;
    const line = decode(bytes.subarray(start, end));
    damaged += line === undefined ? 1 : parseLines(line, events);
    start = end;
  }
  return damaged;
}

function parseLines(text: string, events: JsonObject[]): number {
  let damaged = 0;
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end);
    start = end + 1;
    const value = parse(line);
    if (isObject(value)) {
      events.push(value);
    } else if (!isBlank(line)) {
      damaged += 1;
    }
  }
  return damaged;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Nothing but the white space of JSON (what else looks blank is damage, as it is to every parser). */
function isBlank(line: string): boolean {
  return /^[ \t\r]*$/.test(line);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) {
    return pieces[0];
  }
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
