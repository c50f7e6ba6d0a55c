/** Hears of each execution, and writes the seeds that it set in libraries. */
import type { Execution } from '../executions.js';
import type { IExecuting } from '../kernel.js';
import type { IObserver } from '../observers.js';
import type { Recorder } from '../recorder.js';
import { valuesOf } from '../variables/namespace.js';
import { SeedCalls } from './calls.js';

/** The seeds of one session. */
export class Seeds implements IObserver {
  constructor(private readonly _recorder: Recorder) {}

  readonly name = 'seeds';

  before(_execution: Execution, _source: string, executing: IExecuting): void {
    this._executing = executing;
  }

  after(execution: Execution): void {
    const executing = this._executing;
    this._executing = undefined;
    if (execution.reading === undefined || executing === undefined) {
      return;
    }
    const values = execution.left ?? valuesOf(executing.names());
    for (const { library, value } of this._calls.of(execution.reading, values)) {
      if (value === undefined) {
        this._recorder.session.warn(
          `${library} was left to find a seed by itself, which is not recorded: give it one.`,
          execution.n
        );
      } else {
        this._recorder.seed(library, value, execution.n);
      }
    }
  }

  private readonly _calls = new SeedCalls();
  private _executing: IExecuting | undefined;
}
