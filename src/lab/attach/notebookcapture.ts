import type { ICodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { INotebookCapture } from '../tokens.js';
import { CellActivity, type IActivity } from './activity.js';
import { Burst } from './burst.js';
import type { IAttachOptions, IKernelKind, IKernelLanguage } from './language.js';
import { answered } from './patience.js';
import { isAllowed } from './permission.js';
import type { ICaptureState } from './state.js';
import { NO_KERNEL, stateOf } from './state.js';

/** How long after the last cell the tracker is asked which run is open, in milliseconds. */
const QUIET = 200;

/**
 * Keeps the tracker attached to the kernel of one notebook.
 *
 * #### Notes
 * Whether the tracker is attached is never remembered here: kernels restart behind the page's back.
 * So every burst of cells is preceded by a request that does nothing where it is attached.
 */
export class NotebookCapture implements INotebookCapture {
  constructor(options: NotebookCapture.IOptions) {
    this.panel = options.panel;
    this._options = options;
    const { sessionContext, context } = this.panel;
    sessionContext.kernelChanged.connect(() => this._onKernelChanged(), this);
    sessionContext.connectionStatusChanged.connect((_, status) => this._onConnection(status), this);
    sessionContext.statusChanged.connect((_, status) => this._onStatus(status), this);
    sessionContext.iopubMessage.connect((_, message) => this._onMessage(message), this);
    context.pathChanged.connect(() => this.refresh(), this);
    context.model.metadataChanged.connect(() => this._onMetadata(), this);
    this.panel.disposed.connect(() => this.dispose(), this);
    this._wanted = this.wanted;
    this.refresh();
  }

  readonly panel: NotebookPanel;

  get state(): ICaptureState {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get activity(): IActivity | null {
    // A kernel of tslab does not announce its cells; this page knows which it has sent.
    return runsCell(this.panel) ? { isBusy: true, since: null } : this._activity.state;
  }

  get activityChanged(): ISignal<this, void> {
    return this._activityChanged;
  }

  /** Whether this notebook is to be recorded, by the settings and by its own metadata. */
  get wanted(): boolean {
    return this._options.everywhere() && isAllowed(this.panel);
  }

  refresh(): void {
    this._send(false);
  }

  /**
   * A cell of the notebook is about to be sent to the kernel.
   *
   * #### Notes
   * Called between the signal and the cell's own request, so what is sent here goes first.
   */
  beforeCell(cell: string): void {
    const ahead = this._burst.before(cell, () => firstCode(this.panel));
    if (ahead === 'attach') {
      setTimeout(() => {
        this._burst.end();
        this._activityChanged.emit();
      }, 0);
    }
    if (ahead) {
      this._send(ahead === 'from_top');
    }
  }

  /**
   * A cell of the notebook has ended.
   *
   * #### Notes
   * The answer to the request ahead of the first cell cannot know the run which that cell opens.
   */
  afterCell(): void {
    clearTimeout(this._afterwards);
    setTimeout(() => this._activityChanged.emit(), 0);
    if (this._state.kind === 'recording' && !this._state.reply?.run) {
      this._afterwards = setTimeout(() => this.refresh(), QUIET);
    }
  }

  async newRun(): Promise<void> {
    const kernel = this._kernel();
    const language = kernel && this._language(kernel);
    if (!kernel || !language) {
      throw new Error(this._state.message || this._options.sentences.noKernel);
    }
    await this._ask(kernel, language, language.newRun(this._attachOptions()));
    if (this._state.kind !== 'recording') {
      throw new Error(this._state.message || this._options.sentences.notRecording);
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._burst.end();
    clearTimeout(this._afterwards);
    Signal.clearData(this);
  }

  private _kernel(): Kernel.IKernelConnection | null {
    const kernel = this.panel.sessionContext.session?.kernel ?? null;
    return kernel && !kernel.isDisposed && kernel.status !== 'dead' ? kernel : null;
  }

  private _language(kernel: Kernel.IKernelConnection): IKernelLanguage | undefined {
    const { argv = [], language = this.panel.model?.defaultKernelLanguage ?? '' } =
      this._options.specificationOf(kernel) ?? {};
    return this._options.languages.find(candidate => candidate.serves({ language, argv }));
  }

  private _attachOptions(): IAttachOptions {
    return {
      ...this._options.attachOptions(this.panel.context.path),
      capture: this.wanted
    };
  }

  /** Sends the attach request; nothing in here may wait, or the cell would overtake it. */
  private _send(fromTop: boolean): void {
    if (this._isDisposed) {
      return;
    }
    const kernel = this._kernel();
    if (!kernel) {
      this._set(NO_KERNEL);
      return;
    }
    const { sentences } = this._options;
    const options = this._attachOptions();
    if (!options.location) {
      this._set({ kind: 'failed', message: sentences.noServer, reply: null });
      return;
    }
    const language = this._language(kernel);
    if (!language) {
      this._set({ kind: 'unsupported', message: sentences.unsupported, reply: null });
      return;
    }
    if (language.isCounted && !this._isKnown) {
      if (!options.capture) {
        this._set({ kind: 'off', message: '', reply: null });
        return;
      }
      if (this._state.message === sentences.notLoaded) {
        return;
      }
    }
    if (this._state.kind === 'none' || this._state.kind === 'unsupported') {
      this._set({ kind: 'waiting', message: sentences.waiting, reply: null });
    }
    const request = language.attach(fromTop ? { ...options, from_top: true } : options);
    void this._ask(kernel, language, request);
  }

  /** Whether the tracker is known to be in the kernel, so that it answers without leaving a trace. */
  private get _isKnown(): boolean {
    return this._state.reply !== null;
  }

  private async _ask(
    kernel: Kernel.IKernelConnection,
    language: IKernelLanguage,
    content: KernelMessage.IExecuteRequestMsg['content'],
    isFirst = true
  ): Promise<void> {
    const isOther = (): boolean =>
      this._isDisposed || kernel !== this.panel.sessionContext.session?.kernel;
    let reply: KernelMessage.IExecuteReplyMsg;
    try {
      reply = await answered(kernel, kernel.requestExecute(content, true), {
        isRunning: () => runsCell(this.panel),
        silent: () => {
          if (!isOther()) {
            this._set({ kind: 'failed', message: this._options.sentences.noAnswer, reply: null });
          }
        }
      });
    } catch {
      // A restart cancels what was under way, and attaches anew by its own signal.
      return;
    }
    if (isOther()) {
      return;
    }
    const answer = language.read(reply.content);
    if (answer === 'again') {
      if (isFirst) {
        await this._ask(kernel, language, content, false);
      } else {
        const message = this._options.sentences.notLoaded;
        this._set({ kind: 'failed', message, reply: null });
      }
    } else if (answer) {
      this._set(stateOf(answer));
    }
  }

  private _set(state: ICaptureState): void {
    const { kind, message, reply } = this._state;
    if (
      state.kind === kind &&
      state.message === message &&
      JSON.stringify(state.reply) === JSON.stringify(reply)
    ) {
      return;
    }
    this._state = state;
    this._changed.emit();
  }

  private _onMessage(message: KernelMessage.IMessage): void {
    if (this._activity.see(message)) {
      this._activityChanged.emit();
    }
  }

  private _forgetActivity(): void {
    this._activity.reset();
    this._activityChanged.emit();
  }

  private _onKernelChanged(): void {
    this._forgetActivity();
    this._set(NO_KERNEL);
    this.refresh();
  }

  private _onConnection(status: Kernel.ConnectionStatus): void {
    if (status === 'connected') {
      this.refresh();
    }
  }

  private _onStatus(status: Kernel.Status): void {
    if (status === 'dead') {
      this._forgetActivity();
      this._set(NO_KERNEL);
    } else if (status === 'autorestarting' || status === 'restarting') {
      this._forgetActivity();
      this._set({ kind: 'waiting', message: this._options.sentences.waiting, reply: null });
    }
  }

  private _onMetadata(): void {
    if (this.wanted !== this._wanted) {
      this._wanted = this.wanted;
      this.refresh();
    }
  }

  private _activity = new CellActivity();
  private _activityChanged = new Signal<this, void>(this);
  private _afterwards: ReturnType<typeof setTimeout> | undefined;
  private _burst = new Burst();
  private _changed = new Signal<this, void>(this);
  private _isDisposed = false;
  private _options: NotebookCapture.IOptions;
  private _state: ICaptureState = NO_KERNEL;
  private _wanted: boolean;
}

/** Types of the capture of a notebook. */
export namespace NotebookCapture {
  export interface IOptions {
    readonly panel: NotebookPanel;
    readonly languages: readonly IKernelLanguage[];
    /** What a kernel's specification says of it; undefined while it is unknown. */
    readonly specificationOf: (kernel: Kernel.IKernelConnection) => IKernelKind | undefined;
    /** Whether the settings want capture. */
    readonly everywhere: () => boolean;
    /** What the tracker is told of a notebook at a contents path. */
    readonly attachOptions: (path: string) => Omit<IAttachOptions, 'capture'>;
    readonly sentences: ISentences;
  }

  /** What the user is told when it is not the tracker that speaks. */
  export interface ISentences {
    readonly noServer: string;
    readonly noKernel: string;
    readonly unsupported: string;
    readonly waiting: string;
    readonly noAnswer: string;
    readonly notRecording: string;
    readonly notLoaded: string;
  }
}

/** Whether the kernel owes this page the end of a cell. */
function runsCell(panel: NotebookPanel): boolean {
  return [...(panel.model?.cells ?? [])].some(
    cell => cell.type === 'code' && (cell as ICodeCellModel).executionState === 'running'
  );
}

/** The first two code cells that hold code: an empty one never reaches the kernel. */
function firstCode(panel: NotebookPanel): string[] {
  const found: string[] = [];
  for (const cell of panel.model?.cells ?? []) {
    if (cell.type === 'code' && cell.sharedModel.getSource().trim()) {
      found.push(cell.id);
      if (found.length === 2) {
        break;
      }
    }
  }
  return found;
}
