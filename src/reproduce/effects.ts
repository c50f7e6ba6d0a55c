/**
 * What one execution read and changed, as far as its log tells.
 */

import type { JsonObject } from '../runlog/index.js';

/** A file that an execution wrote. */
export interface IWrittenFile {
  readonly path: string;
  readonly sha256: string | null;
  /** Whether nothing of what the file was before is left. */
  readonly whole: boolean;
}

/** A file that an execution read. */
export interface IReadFile {
  readonly path: string;
  readonly sha256: string | null;
  readonly kind: string;
}

/** See above. Those of executions inside it are its own. */
export interface IEffects {
  /** Whether the log tells what it read and changed. */
  known: boolean;
  readonly reads: Set<string>;
  /** Names it gave a new value. */
  readonly bound: Set<string>;
  /** Names whose value it changed in place, and others that share it. */
  readonly changed: Set<string>;
  /** Names it read whose value it may have changed without that being seen, with the reason. */
  readonly maybe: Map<string, string>;
  readonly deleted: Set<string>;
  readonly filesRead: IReadFile[];
  readonly filesWritten: IWrittenFile[];
  /** The paths among those it read that are modules which it imported. */
  readonly modulesRead: Set<string>;
  readonly hiddenReads: Set<string>;
  readonly hiddenWrites: Set<string>;
  /** Why it may have read or changed more. */
  readonly unknown: Set<string>;
  readonly concurrent: boolean;
  /** The digests of the streams it drew from or set, before and after it. */
  readonly streams: Map<string, { before: string | null; after: string | null }>;
  /** The libraries whose seed it set. */
  readonly seeds: Set<string>;
  /** Whether it imported distributions for the first time. */
  imported: boolean;
  /** Whether it displayed something; undefined: that is not known. */
  displayed: boolean | undefined;
  /** Whether it displayed pictures; undefined: that is not known. */
  pictured: boolean | undefined;
  /** The runs it logged params, tags and the like to by hand, or kept artifacts with. */
  readonly logged: Set<string>;
  /** The runs whose files it wrote. */
  readonly wrote: Set<string>;
  /** The runs that a call in it opened, took over or ended. */
  readonly opened: Set<string>;
  readonly ended: Set<string>;
}

/** Effects while they are read. */
export type Draft = { -readonly [Field in keyof IEffects]: IEffects[Field] };

/** Effects that nothing is known of yet. */
export function none(): Draft {
  return {
    known: false,
    reads: new Set(),
    bound: new Set(),
    changed: new Set(),
    maybe: new Map(),
    deleted: new Set(),
    filesRead: [],
    filesWritten: [],
    modulesRead: new Set(),
    hiddenReads: new Set(),
    hiddenWrites: new Set(),
    unknown: new Set(),
    concurrent: false,
    streams: new Map(),
    seeds: new Set(),
    imported: false,
    displayed: undefined,
    pictured: undefined,
    logged: new Set(),
    wrote: new Set(),
    opened: new Set(),
    ended: new Set()
  };
}

/** A file of an event, as one that was read. */
export function fileRead(file: JsonObject): IReadFile {
  return {
    path: text(file.path) ?? '',
    sha256: text(file.sha256),
    kind: text(file.kind) ?? 'file'
  };
}

/** A file of an event, as one that was written. */
export function fileWritten(file: JsonObject): IWrittenFile {
  // `rename` puts a new file in the place of the old one; of other ways only the mode tells.
  const whole = file.how === 'rename' || /^[wx]/.test(text(file.mode) ?? '');
  return { path: text(file.path) ?? '', sha256: text(file.sha256), whole };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
