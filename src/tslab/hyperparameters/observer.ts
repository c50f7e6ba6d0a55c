/** Writes the params that flow into what a cell trains, before its code runs. */
import type { Execution } from '../executions.js';
import type { IExecuting } from '../kernel.js';
import type { ICompiled, IObserver } from '../observers.js';
import type { Recorder } from '../recorder.js';
import type { ITree } from '../syntax/compiler.js';
import { plain } from '../values.js';
import { History } from './collect.js';
import { mayTrain } from './likely.js';
import { type IStatement, readStatements } from './statements.js';
import { isWanted, type Plain } from './wanted.js';

/** The params of one session. */
export class Params implements IObserver {
  constructor(private readonly _recorder: Recorder) {}

  readonly name = 'params';

  before(_execution: Execution, _source: string, executing: IExecuting): void {
    this._executing = executing;
  }

  compiled(execution: Execution, { code }: ICompiled): void {
    if (!mayTrain(code, this._history)) {
      this._unread = execution;
      return;
    }
    const off = this._recorder.options.words('capture_off');
    for (const { key, value, origin, name } of this._history.params(statementsOf(execution))) {
      const now = name === undefined ? value : this._now(name, value);
      const run = this._recorder.runOfCell();
      const known = run.params.get(key);
      const isNews =
        known === undefined ||
        (known.origin !== 'logged' && JSON.stringify(known.value) !== JSON.stringify(now));
      if (isNews && !off.includes(origin)) {
        this._recorder.param(key, now, origin);
      }
    }
  }

  after(execution: Execution): void {
    if (this._unread === execution) {
      // A cell that trains may depend on it.
      this._history.take(statementsOf(execution));
    }
    this._unread = undefined;
  }

  /** The value of a name at this moment, where it is one that a param can be. */
  private _now(name: string, written: Plain): unknown {
    const names = this._executing?.names();
    const property = names && Object.getOwnPropertyDescriptor(names, name);
    const value: unknown = property?.value;
    if (typeof value !== typeof written || (typeof value === 'object' && !Array.isArray(value))) {
      return written;
    }
    const now = plain(value) as Plain;
    return isWanted(name, now, false) ? now : written;
  }

  private _executing: IExecuting | undefined;
  private readonly _history = new History();
  /** The execution that goes on, where it trains nothing. */
  private _unread: Execution | undefined;
}

const known = new WeakMap<ITree, readonly IStatement[]>();

function statementsOf({ reading }: Execution): readonly IStatement[] {
  const tree = reading?.tree;
  if (tree === undefined) {
    return [];
  }
  const statements = known.get(tree) ?? readStatements(tree);
  known.set(tree, statements);
  return statements;
}
