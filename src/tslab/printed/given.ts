/** What the last expression of an execution gave, and the text by which the kernel shows it. */
import type { Execution } from '../executions.js';
import type { IExecuting } from '../kernel.js';

/** Where the kernel keeps what the last expression gave. */
const KEPT = /\bexports\.(tsLastExpr\d*) = (?![^]*\bexports\.tsLastExpr\d* = )/;

/** The result of one execution. */
export class Given {
  constructor(
    private readonly _execution: Execution,
    private readonly _executing: IExecuting
  ) {}

  /** The result, from the end of the code; undefined where there is none. */
  get value(): unknown {
    return this._value;
  }

  /** The code has come to its end: the kernel shows what its last expression gave. */
  ended(): void {
    const name = KEPT.exec(this._execution.reading?.code ?? '')?.[1];
    const given = name && Object.getOwnPropertyDescriptor(this._executing.names(), name);
    if (given && given.value !== undefined && given.value !== null) {
      this._value = given.value;
      this._isShown = true;
    }
  }

  /** Whether a text is what the kernel shows of the result: only of a text it is read as such. */
  isIn(stream: string): boolean {
    const isShown = this._isShown && stream === 'stdout';
    if (isShown) {
      this._isShown = false;
    }
    return isShown && typeof this._value !== 'string';
  }

  /** Whether the kernel is about to show it. */
  private _isShown = false;
  private _value: unknown;
}
