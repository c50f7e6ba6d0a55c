/** Work that must not delay a cell: done one job at a time, when the kernel has nothing else to do. */

/** A job. It may wait for others than this process, such as git. */
export type Job = () => void | Promise<void>;

// Taken now: notebooks replace the timers, to make time go faster.
const later = setTimeout;

/** Long enough for the kernel to answer the cell that asked for the work. */
const DELAY = 30;

/** Does jobs one after another, later. A job of the same name that has not begun is replaced. */
export class Background {
  /** Does a job soon. Never throws; whatever the job throws is its own affair. */
  do(name: string, job: Job): void {
    // Last in the queue again: what was asked for before it is done before it.
    this._jobs.delete(name);
    this._jobs.set(name, job);
    this._wake();
  }

  /** Does at once what is left, as far as it needs nobody else. Returns the names of what is not done. */
  finish(): string[] {
    const names = [...this._unfinished, ...this._jobs.keys()];
    while (this._jobs.size > 0) {
      void this._next();
    }
    return names;
  }

  private _wake(): void {
    if (this._timer === undefined && this._jobs.size > 0) {
      // It must not keep a kernel alive that has been told to end.
      this._timer = later(() => void this._work(), DELAY).unref();
    }
  }

  private async _work(): Promise<void> {
    try {
      await this._next();
    } finally {
      this._timer = undefined;
      this._wake();
    }
  }

  private async _next(): Promise<void> {
    const [first] = this._jobs;
    if (first !== undefined) {
      this._jobs.delete(first[0]);
      this._unfinished.add(first[0]);
      try {
        await first[1]();
      } catch {
        // Jobs say themselves what they could not do.
      } finally {
        this._unfinished.delete(first[0]);
      }
    }
  }

  private readonly _jobs = new Map<string, Job>();
  private _timer: NodeJS.Timeout | undefined;
  private readonly _unfinished = new Set<string>();
}
