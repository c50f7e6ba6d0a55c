import type { IPlay, IScene } from '../../reproduce/index.js';
import type { RunSummary, WrittenNumber } from '../../runlog/index.js';

/** A whole `run.json`. */
export type IRun = RunSummary;

/** A run as lists have it: without its cells and environment. */
export type IRunSummary = Omit<RunSummary, 'cells' | 'environment'>;

/** The points of one metric as they travel: three lists of one length. */
export interface IWireSeries {
  readonly step: readonly (WrittenNumber | null)[];
  readonly time: readonly (WrittenNumber | null)[];
  readonly value: readonly (WrittenNumber | null)[];
  /** How many points the file holds so far. */
  readonly count: number;
}

/** Points by metric. */
export type SeriesByKey = { readonly [key: string]: IWireSeries };

/** The log texts that concern a run. */
export interface IRunLog {
  readonly session: string;
  readonly logs: readonly { readonly id: string; readonly text: string }[];
  /** The absolute path of the `runs` folder. */
  readonly directory: string;
  /** The executions that logged metrics of the run. */
  readonly cells: readonly number[];
}

/** A change that somebody makes to a run afterwards. */
export type RunEdit =
  | { readonly event: 'rename'; readonly name: string }
  | { readonly event: 'tag'; readonly key: string; readonly value: string | null }
  | { readonly event: 'note'; readonly text: string }
  | { readonly event: 'archive'; readonly archived: boolean }
  | { readonly event: 'stage'; readonly stage: string | null; readonly reason: string | null };

/** Which interpreters a run can be replayed by. */
export interface IInterpreters {
  /** That in which it was recorded; null where the record names none. */
  readonly recorded: string | null;
  /** Whether it is still there. */
  readonly there: boolean;
  /** The server's own. */
  readonly present: string | null;
}

/** A replay that the server is asked for. */
export interface IPlayBody {
  readonly script: string;
  readonly scene: IScene;
  /** Seconds after which it is given up. */
  readonly timeout: number;
  /** The recorded interpreter, where it is null. */
  readonly python: string | null;
  /** Whether it is played in an environment that is built as the scene says. */
  readonly fresh: boolean;
}

/** What a replay came to. */
export interface IPlayRecord extends Omit<IPlay, 'played'> {
  /** The log that it wrote; null where it wrote none. */
  readonly log: string | null;
  /** The texts of its metrics. */
  readonly points: readonly string[];
}

/** A cell in the order of the notebook. */
export interface IOutlineCell {
  readonly id: string;
  readonly type: string;
  readonly source?: string;
}

/** A run that wrote or read certain bytes, and what it says of the files that held them. */
export interface IFileUse {
  readonly run: IRunSummary;
  readonly files: readonly {
    readonly path?: string | null;
    readonly name?: string | null;
    readonly cell?: number | null;
  }[];
}

/** The runs that wrote and that read the bytes of a file, newest first. */
export interface IFileUses {
  readonly sha256: string;
  /** Bytes; null where only the hash was asked for. */
  readonly size: number | null;
  readonly wrote: readonly IFileUse[];
  readonly read: readonly IFileUse[];
  readonly problems: readonly string[];
}

/** A file of a folder. */
export interface IFolderFile {
  /** Below the folder. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Null where it was not read: no run wrote a file of that size, or it cannot be read. */
  readonly sha256: string | null;
  /** The ids of the runs that wrote exactly its bytes, newest first. */
  readonly runs: readonly string[];
}

/** The files of a folder and those below it. */
export interface IFolderUses {
  readonly files: readonly IFolderFile[];
  /** The newest run of each file, by id. */
  readonly runs: { readonly [id: string]: IRunSummary };
  /** How many files are not listed. */
  readonly left_out: number;
  readonly problems: readonly string[];
}

/** A run with those on the way back from it and forth. */
export interface IRelatives {
  readonly runs: readonly IRunSummary[];
  /** Whether there are more than these. */
  readonly more: boolean;
  readonly problems: readonly string[];
}

/** One execution of a cell, as far as marks at the cells need it. */
export interface IExecution {
  readonly n: number;
  readonly cell: string;
  /** The number that the notebook shows. */
  readonly count: number | null;
  /** As executed; only of the last execution of a cell, and not where a secret was taken out. */
  readonly source: string | null;
  readonly started: string | null;
  /** Null while it goes on. */
  readonly status: string | null;
  /** Seconds. */
  readonly duration: number | null;
  /** The type of the error. */
  readonly error: string | null;
  readonly reads: readonly string[];
  /** The names that it bound or changed, with the fingerprint where it stands for all of the value. */
  readonly wrote: { readonly [name: string]: string | null };
  readonly deleted: readonly string[];
  readonly seeds: readonly { readonly library: string; readonly value: unknown }[];
  /** Whether it drew random numbers, or set a seed. */
  readonly drew: boolean;
}

/** Which runs are listed. */
export type Scope = 'notebook' | 'folder' | 'all';

/** Whose points: those that the run logged, or what the machine did meanwhile. */
export type SeriesOf = 'metrics' | 'system';

/** What can be followed over the WebSocket. */
export type FollowRequest =
  | { readonly follow: 'runs'; readonly scope: Scope; readonly path: string }
  | { readonly follow: 'play'; readonly play: string }
  | { readonly follow: 'cells'; readonly session: string }
  | {
      readonly follow: 'series';
      /** Absent: the metrics. */
      readonly of?: SeriesOf;
      readonly run: string;
      readonly keys: readonly string[] | null;
      readonly width: number;
    };

/** What comes back for a followed thing. */
export interface IFollowMessage {
  readonly id: string;
  readonly runs?: readonly IRunSummary[];
  readonly problems?: readonly string[];
  readonly changed?: readonly IRunSummary[];
  readonly removed?: readonly string[];
  /** Older runs are still being read. */
  readonly more?: boolean;
  readonly series?: SeriesByKey;
  /** The share of the file that the series is of, while the rest is being read. */
  readonly reading?: number;
  readonly points?: SeriesByKey;
  /** Where a replay stands: how many of its cells began, and whether its environment is being built. */
  readonly play?: { readonly cells: number; readonly ended: boolean; readonly building?: boolean };
  readonly cells?: {
    /** All executions follow, not only those that changed. */
    readonly first: boolean;
    /** The first execution of the open run; null when none is open. */
    readonly openSince: number | null;
    readonly executions: readonly IExecution[];
  };
  readonly error?: string;
}
