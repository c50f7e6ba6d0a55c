/** One sighting of a metric: what was seen, where, and how. */
import type { Run } from '../run.js';

export const LAST_EXPRESSION = 'last expression';

/** The rank of what is read from texts. */
export const TEXT = 3;
const RANKS: Readonly<Record<string, number>> = {
  variable: 1,
  [LAST_EXPRESSION]: 2,
  table: TEXT,
  // What a table holds is often printed with it.
  printed: TEXT + 1
};

/** Where something was seen: the run, the execution, and the mark of its cell. */
export interface IMoment {
  readonly run: Run;
  readonly cell: number | null;
  readonly mark: string | undefined;
}

/** How a number was printed: its decimal places (undefined: as it is), and whether with a percent sign. */
export interface IRounded {
  readonly places: number | undefined;
  readonly isPercent: boolean;
}

/** What was seen. */
export interface ISighting {
  readonly at: IMoment;
  readonly key: string;
  readonly value: number;
  readonly step: number | undefined;
  readonly origin: string;
  readonly isExact: boolean;
  readonly rounded: IRounded | undefined;
  /** When it became known, in milliseconds since 1970. */
  readonly time: number;
  /** Since when it is held, by the clock that only goes on. */
  readonly since: number;
}

/** Which source counts more: 0 is the best. */
export function rank(origin: string): number {
  return RANKS[origin] ?? 0;
}
