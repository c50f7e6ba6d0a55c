/**
 * Text for terminals.
 */

import { cut, width } from './letters.js';
import type { IScreen, Style } from './screen.js';

/** No column is made narrower, even where the terminal is. */
const LEAST = 8;

/** Between two columns. */
const GAP = 2;

/** How a table is set. */
export interface ISetting {
  /** The terminal, if it is for one: what has no room there is cut, and the first row set off. */
  readonly screen?: IScreen | undefined;
  /** Columns that are never cut, by their heads: somebody may copy what stands there. */
  readonly whole?: readonly string[];
  /** Columns that are left out, the first one first, rather than that something is cut. */
  readonly spare?: readonly string[];
  /** Whether the first row is a head (true). */
  readonly head?: boolean;
  /** How a cell is set off. */
  readonly style?: (cell: string, column: number) => Style | undefined;
}

/** Rows in columns, the columns as wide as they must be. The first row is the head. */
export function table(
  rows: ReadonlyArray<ReadonlyArray<string>>,
  { screen, whole = [], spare = [], head = true, style }: ISetting = {}
): string {
  let clean = rows.map(row => row.map(printable));
  let full = widthsOf(clean);
  for (const name of spare) {
    const column = clean[0]?.indexOf(name) ?? -1;
    if (column >= 0 && sum(full) > (screen?.columns ?? Infinity)) {
      clean = clean.map(row => row.filter((_, at) => at !== column));
      full = widthsOf(clean);
    }
  }
  const first = clean[0] ?? [];
  const widths = fitted(
    full,
    first.map(name => !whole.includes(name)),
    screen?.columns
  );
  return clean
    .map((row, index) =>
      row
        .map((cell, column) => {
          const room = widths[column] ?? 0;
          const text = cut(cell, room);
          const last = row.slice(column + 1).every(other => other === '');
          const padding = last ? '' : ' '.repeat(room - width(text));
          const set = head && index === 0 ? screen?.bold : style?.(cell, column);
          return `${set?.(text) ?? text}${padding}`;
        })
        .join(' '.repeat(GAP))
        .trimEnd()
    )
    .join('\n');
}

function widthsOf(rows: ReadonlyArray<ReadonlyArray<string>>): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, width(cell));
    });
  }
  return widths;
}

/** How wide columns are together. */
function sum(widths: readonly number[]): number {
  return widths.reduce((all, one) => all + one + GAP, -GAP);
}

/** Widths that fit into so many columns, if that can be: the widest give way first. */
function fitted(full: number[], cuttable: boolean[], columns: number | undefined): number[] {
  const widths = [...full];
  let over = columns === undefined ? 0 : sum(widths) - columns;
  while (over > 0) {
    let widest = -1;
    widths.forEach((one, column) => {
      if (cuttable[column] && one > LEAST && (widest < 0 || one > (widths[widest] ?? 0))) {
        widest = column;
      }
    });
    if (widest < 0) {
      break;
    }
    widths[widest] = (widths[widest] ?? 0) - 1;
    over -= 1;
  }
  return widths;
}

/** Text of a log without what would steer the terminal or break the line. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+|[\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** A value of a summary as a short text. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A time of the log, to the second. */
export function moment(time: string | null): string {
  return time === null ? '' : time.replace('T', ' ').replace(/(?:\.\d+)?Z$/, '');
}

/** Bytes as people say them. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const unit = Math.min(Math.max(Math.floor(Math.log10(bytes) / 3), 0), units.length - 1);
  return `${Number((bytes / 1000 ** unit).toPrecision(3))} ${units[unit] ?? ''}`;
}

/** Seconds as people say them. */
export function span(seconds: number | null): string {
  if (seconds === null) {
    return '';
  }
  if (seconds < 60) {
    return `${Number(seconds.toPrecision(3))} s`;
  }
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}
