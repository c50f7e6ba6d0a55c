import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IActivity } from './attach/activity.js';
import type { ICaptureState } from './attach/state.js';
import type { CommitAncestry } from './store/ancestry.js';
import type { BacktrailClient } from './store/client.js';
import type { IRunSummary, SeriesOf } from './store/protocol.js';
import type { IRunListScope, RunList } from './store/runs.js';
import type { RunSeries } from './store/series.js';

/** The version of the extension; the same as that of the Python package. */
export const VERSION = '0.1.0';

/** The id under which the settings are kept, and of the plugin that owns them. */
export const SETTINGS = 'backtrail:plugin';

/** The ids of the commands. */
export namespace CommandIDs {
  export const newRun = 'backtrail:new-run';
  export const toggleCapture = 'backtrail:toggle-capture';
  export const toggleCaptureNotebook = 'backtrail:toggle-capture-notebook';
  export const showPanel = 'backtrail:show-panel';
  export const openRun = 'backtrail:open-run';
  export const exportScript = 'backtrail:export-script';
  /** Write every cell of the run's session as a script. */
  export const exportWhole = 'backtrail:export-whole';
  /** Write the cells that the results of the run depend on as a notebook. */
  export const exportCrate = 'backtrail:export-crate';
  export const exportNotebook = 'backtrail:export-notebook';
  /** Replay the run, and compare. */
  export const verify = 'backtrail:verify';
  export const renameRun = 'backtrail:rename-run';
  export const tagRun = 'backtrail:tag-run';
  export const noteRun = 'backtrail:note-run';
  /** Write the notebook as it was executed, and open it. */
  export const openNotebook = 'backtrail:open-notebook';
  /** Say which stage a run is in. */
  export const promoteRun = 'backtrail:promote';
  /** Find the runs that made a file. */
  export const whichRun = 'backtrail:which-run';
  export const archiveRun = 'backtrail:archive-run';
  /** Show runs side by side. */
  export const compareRuns = 'backtrail:compare';
  /** Show which combinations of params were tried. */
  export const coverage = 'backtrail:coverage';
  /** Show what a run was made of, and what was made of it. */
  export const lineage = 'backtrail:lineage';
  /** List the runs that a filter lets through in the panel. */
  export const filterRuns = 'backtrail:filter-runs';
}

/** The capture of one open notebook. */
export interface INotebookCapture extends IDisposable {
  readonly panel: NotebookPanel;
  readonly state: ICaptureState;
  /** Emits when `state` was replaced. */
  readonly changed: ISignal<INotebookCapture, void>;
  /** Ask the tracker once more; harmless at any time. */
  refresh(): void;
  /** Close the open run and open a new one. */
  newRun(): Promise<void>;
}

/** Keeps the tracker attached to the kernels of all open notebooks. */
export interface ICapture {
  /** The capture of a notebook, if that notebook is open. */
  of(panel: NotebookPanel | null): INotebookCapture | null;
  /** Emits when the state of any notebook's capture changed. */
  readonly changed: ISignal<ICapture, INotebookCapture>;
  /**
   * What is known of the cells of a session's kernel.
   *
   * @param session - the id of a session as the run log has it
   * @returns null where its notebook is not open in this page, or nothing is known yet
   */
  activity(session: string | null): IActivity | null;
  /** Emits when a cell began or ended, or when it is no longer known whether one runs. */
  readonly activityChanged: ISignal<ICapture, void>;
  /** Whether capture is on for all notebooks that do not say otherwise. */
  readonly everywhere: boolean;
}

/** The part of the capture that tells whether cells run. */
export type ICellActivity = Pick<ICapture, 'activity' | 'activityChanged'>;

/** The token of the capture. */
export const ICapture = new Token<ICapture>(
  'backtrail:ICapture',
  'Tells whether the runs of a notebook are being recorded, and opens new runs.'
);

/** What the server knows of runs. */
export interface IRunStore {
  readonly client: BacktrailClient;
  /** Whether the code of runs had a commit. */
  readonly ancestry: CommitAncestry;
  /**
   * The runs of a scope, live while somebody watches them. Lists are shared: dispose what `watch`
   * gives, not the list.
   */
  list(scope: IRunListScope): RunList;
  /**
   * The metrics of a run, live while somebody watches; shared like the lists.
   *
   * @param width - how many pixels wide they will be drawn
   * @param of - `system` for what the machine did during the run
   */
  series(run: string, width: number, of?: SeriesOf): RunSeries;
  /** Emits the summary of a run that was edited in this page. */
  readonly edited: ISignal<IRunStore, IRunSummary>;
  /** The summary of a run, if any list of this page has it. */
  known(run: string): IRunSummary | undefined;
  /** Show summaries that edits were answered with, ahead of the server's own message. */
  put(...summaries: readonly IRunSummary[]): void;
}

/** The token of the store. */
export const IRunStore = new Token<IRunStore>(
  'backtrail:IRunStore',
  'Lists, follows and edits the runs that the server has on disk.'
);
