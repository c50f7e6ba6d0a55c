import type { JSONValue } from '@lumino/coreutils';

/** How a run stands; `unknown` where the reader cannot see whether the writer lives. */
export type RunStatus = 'running' | 'finished' | 'failed' | 'interrupted' | 'killed' | 'unknown';

/** A number as the format writes it: what JSON lacks is a string. */
export type WireNumber = number | 'NaN' | 'Infinity' | '-Infinity' | null;

/** The summary of one metric. */
export interface IMetricSummary {
  readonly last: WireNumber;
  readonly min: WireNumber;
  readonly max: WireNumber;
  readonly first: WireNumber;
  readonly count: number;
  readonly step: WireNumber;
}

/** The code a run began with. */
export interface ICodeState {
  readonly commit: string | null;
  readonly branch?: string | null;
  readonly dirty?: boolean | null;
  readonly diff?: string | null;
  readonly root?: string | null;
  readonly reason?: string | null;
}

/** A run as lists have it: `run.json` without its cells and environment. */
export interface IRunSummary {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly notebook: { readonly path: string; readonly name: string };
  readonly experiment: string | null;
  readonly session: string;
  readonly parent: string | null;
  readonly opened: string;
  readonly status: RunStatus;
  /** ISO 8601 in UTC. */
  readonly started: string;
  readonly ended: string | null;
  /** Seconds; null while the run is going. */
  readonly duration: number | null;
  readonly user?: string | null;
  readonly host?: string | null;
  readonly kernel?: { readonly language: string; readonly version: string } | null;
  readonly params: { readonly [key: string]: JSONValue };
  readonly metrics: { readonly [key: string]: IMetricSummary };
  readonly tags: { readonly [key: string]: JSONValue };
  readonly note: string | null;
  readonly archived: boolean;
  readonly code: ICodeState | null;
  readonly warnings?: readonly (string | { readonly message: string })[];
  readonly damage?: { readonly lines: number; readonly torn: boolean | number };
}

/** One execution of a run. */
export interface ICellExecution {
  readonly n: number;
  readonly cell: string | null;
  readonly count: number | null;
  readonly sha256: string;
  readonly status: string | null;
  readonly duration: number | null;
}

/** A file kept with a run. */
export interface IArtifact {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/** A whole `run.json`. */
export interface IRun extends IRunSummary {
  readonly cells: readonly ICellExecution[];
  readonly artifacts: readonly IArtifact[];
  readonly environment:
    | ({ readonly packages?: string | null } & { readonly [key: string]: JSONValue | undefined })
    | null;
  readonly seeds?: readonly { readonly library: string; readonly value: JSONValue }[];
}

/** The points of one metric as they travel: three lists of one length. */
export interface IWireSeries {
  readonly step: readonly WireNumber[];
  readonly time: readonly WireNumber[];
  readonly value: readonly WireNumber[];
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
}

/** A change that somebody makes to a run afterwards. */
export type RunEdit =
  | { readonly event: 'rename'; readonly name: string }
  | { readonly event: 'tag'; readonly key: string; readonly value: string | null }
  | { readonly event: 'note'; readonly text: string }
  | { readonly event: 'archive'; readonly archived: boolean };

/** A cell in the order of the notebook. */
export interface IOutlineCell {
  readonly id: string;
  readonly type: string;
  readonly source?: string;
}

/** Which runs are listed. */
export type Scope = 'notebook' | 'folder' | 'all';

/** What can be followed over the WebSocket. */
export type FollowRequest =
  | { readonly follow: 'runs'; readonly scope: Scope; readonly path: string }
  | {
      readonly follow: 'series';
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
  readonly series?: SeriesByKey;
  readonly points?: SeriesByKey;
  readonly error?: string;
}

/** The number that the format's text stands for; null reads as NaN. */
export function toNumber(value: WireNumber): number {
  return typeof value === 'number' ? value : value === null ? NaN : Number(value);
}
