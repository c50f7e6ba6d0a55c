/** What can be said of why a replay came to something else. */
import type { Condition } from './conditions.js';
import type { IPlayed } from './played.js';
import type { IChangedFile } from './stage.js';

/** What a difference may come from. */
export type CauseKind =
  | 'input changed'
  | 'package changed'
  | 'code changed'
  | 'hash seed'
  | 'threads'
  | 'time zone'
  | 'locale'
  | 'clock'
  | 'network'
  | 'random numbers'
  | 'environment variable'
  | 'not captured';

/** See above. */
export interface ICause {
  readonly kind: CauseKind;
  /** One sentence. */
  readonly says: string;
}

/** What is known beside the two plays. */
export interface ICircumstances {
  readonly recorded: IPlayed;
  readonly replayed: IPlayed;
  /** Files that the cells read, and that are others now. */
  readonly changed: ReadonlyArray<IChangedFile>;
  /** Cells whose source in the log is not the one that was executed. */
  readonly altered: ReadonlyArray<number>;
  /** Parts of the record that are missing, in sentences. */
  readonly gaps: ReadonlyArray<string>;
  /** What a cell is called in a sentence. */
  readonly label: (n: number) => string;
  /** The condition that made the result another one when it alone was varied. */
  readonly varied?: Condition | undefined;
  /** Whether replays under the same conditions disagreed. */
  readonly nondeterministic: boolean;
}

/** A cause. */
export function cause(kind: CauseKind, says: string): ICause {
  return { kind, says };
}
