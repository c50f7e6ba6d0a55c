/**
 * What the answer of a cell need not wait for, and what is done before anything else of the notebook can run.
 *
 * #### Notes
 * Between the end of a cell and its answer the kernel only goes through promises. A tick comes when none is
 * left: behind the answer, which the socket's own thread sends meanwhile, and before the first timer, file
 * or message. So only promises and ticks that were on their way when the cell ended run in between.
 */

/** Something that is done once. It does not throw. */
export type Job = () => void;

// Taken now: notebooks replace it, to make time go faster.
const tick = process.nextTick.bind(process);

/** At most one job waits, for what follows a cell waits for it. */
export class Afterwards {
  /** Does a job afterwards. */
  do(job: Job): void {
    this.settle();
    this._waiting = job;
    tick(() => this.settle());
  }

  /** Does at once what waits. */
  settle(): void {
    const job = this._waiting;
    this._waiting = undefined;
    job?.();
  }

  private _waiting: Job | undefined;
}
