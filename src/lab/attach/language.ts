import type { KernelMessage } from '@jupyterlab/services';

/** What the tracker is told; the same names as in the kernel. */
export interface IAttachOptions {
  /** Absolute path of the notebook, or its contents path when the server's root is unknown. */
  readonly notebook: string;
  /** False: detach, or stay away. */
  readonly capture: boolean;
  /** Where the runs go, from the settings; empty: `runs/` beside the notebook. */
  readonly directory: string;
  /** Regular expressions of what is kept out of the record, from the settings. */
  readonly redact: readonly string[];
  /** Seconds between two looks at the machine, from the settings; 0: none. */
  readonly system_metrics_every: number;
  /** Megabytes up to which files that were written are kept, from the settings; 0: none. */
  readonly keep_files_up_to: number;
  /** Origins of params and metrics that are not captured, from the settings. */
  readonly capture_off: readonly string[];
  /** What is recorded of variables, from the settings: `summaries` or `none`. */
  readonly capture_values: string;
  /** The version that the page and the server have. */
  readonly version: string;
  /** The folder the tracker is loaded from where the kernel does not have it installed. */
  readonly location: string;
  /** The execution before this request began a run from the top. */
  readonly from_top?: boolean;
}

/** The run that is open in a kernel. */
export interface IOpenRun {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly status: string;
  /** How many metrics it has. */
  readonly metrics: number;
}

/** What the tracker answers. */
export interface IAttachReply {
  readonly state: 'recording' | 'off' | 'failed';
  /** A sentence, when it failed. */
  readonly message?: string;
  readonly session?: string;
  /** Absolute path of the `runs` folder. */
  readonly directory?: string;
  /** The notebook's folder below it. */
  readonly notebook?: string;
  readonly run?: IOpenRun | null;
}

/** What kind of a kernel it is, as its specification says. */
export interface IKernelKind {
  readonly language: string;
  /** How it is started; empty where that is not known. */
  readonly argv: readonly string[];
}

/** How to speak to the tracker in kernels of one language. */
export interface IKernelLanguage {
  /** Whether kernels of this kind are served. */
  serves(kernel: IKernelKind): boolean;
  /**
   * Whether a request to a kernel that does not have the tracker yet shows in its execution count.
   * Such a kernel is asked only where capture is wanted, and not again where it failed.
   */
  readonly isCounted: boolean;
  /** The request that attaches. Nothing of it may show in the notebook. */
  attach(options: IAttachOptions): KernelMessage.IExecuteRequestMsg['content'];
  /** The request that opens a new run by hand. */
  newRun(options: IAttachOptions): KernelMessage.IExecuteRequestMsg['content'];
  /**
   * The tracker's answer; null where the kernel dropped the request without running it; `again` where
   * the tracker was loaded by it and will answer the next one.
   */
  read(content: KernelMessage.IExecuteReplyMsg['content']): IAttachReply | 'again' | null;
}
