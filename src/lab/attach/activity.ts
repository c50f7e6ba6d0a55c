import type { KernelMessage } from '@jupyterlab/services';

/** What is known of the cells of one kernel. */
export interface IActivity {
  /** Whether a cell runs. */
  readonly isBusy: boolean;
  /** When the last cell ended, in milliseconds since 1970; null where nobody here saw it. */
  readonly since: number | null;
}

/**
 * Whether a cell runs in a kernel, from what the kernel tells everybody who listens.
 *
 * #### Notes
 * The kernel's own status is busy for a moment with every request, those of extensions included;
 * only a request that is not silent is announced by `execute_input`.
 */
export class CellActivity {
  /** What is known; null while nothing is. */
  get state(): IActivity | null {
    return this._state;
  }

  /** Takes note of a message. Returns whether it changed what is known. */
  see(message: KernelMessage.IMessage): boolean {
    const parent = message.parent_header;
    if (message.channel !== 'iopub' || !('msg_type' in parent)) {
      return false;
    }
    if (message.header.msg_type === 'execute_input') {
      this._cell = parent.msg_id;
      this._state = { isBusy: true, since: null };
      return true;
    }
    const { execution_state: state } = message.content as { execution_state?: string };
    const isEnd =
      message.header.msg_type === 'status' &&
      state === 'idle' &&
      parent.msg_type === 'execute_request';
    if (isEnd && (this._cell === parent.msg_id || this._state === null)) {
      // Requests are served one after another: when one is done that is not the cell's, no cell runs.
      const ended = this._cell === null ? NaN : Date.parse(message.header.date);
      this._cell = null;
      this._state = { isBusy: false, since: Number.isNaN(ended) ? null : ended };
      return true;
    }
    return false;
  }

  /** The kernel is another one, or begins anew. */
  reset(): void {
    this._cell = null;
    this._state = null;
  }

  private _cell: string | null = null;
  private _state: IActivity | null = null;
}
