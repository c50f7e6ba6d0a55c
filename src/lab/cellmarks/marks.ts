import type { IExecution } from '../store/protocol.js';

/** Why what a cell shows may not be what it would show if it were run now. */
export type Staleness =
  | { readonly kind: 'edited' }
  /** A later execution bound or changed a name that the cell read. */
  | { readonly kind: 'changed' | 'deleted'; readonly name: string; readonly by: IExecution };

/** What is known of a cell that ran in this session of the kernel. */
export interface IMark {
  /** `open`: it ran in the open run; `earlier`: before it, or no run is open. */
  readonly kind: 'running' | 'failed' | 'stale' | 'open' | 'earlier';
  /** Its last execution. */
  readonly execution: IExecution;
  readonly stale: readonly Staleness[];
}

/** What a name came to by an execution: a fingerprint, null where it is not known, undefined: deleted. */
type Write = readonly [by: IExecution, fingerprint: string | null | undefined];

/** The executions of a session, and what they say of the cells. */
export class SessionMarks {
  /** Take up executions that are new or changed. */
  feed(executions: readonly IExecution[]): void {
    for (const execution of executions) {
      this._executions.set(execution.n, execution);
    }
    this._last.clear();
    this._writes.clear();
    for (const execution of [...this._executions.values()].sort((a, b) => a.n - b.n)) {
      this._last.set(execution.cell, execution);
      for (const [name, fingerprint] of Object.entries(execution.wrote)) {
        this._write(name, [execution, fingerprint]);
      }
      for (const name of execution.deleted) {
        this._write(name, [execution, undefined]);
      }
    }
  }

  /**
   * The mark of a cell.
   *
   * @param cell - the cell's id
   * @param source - its source as it is now
   * @param openSince - the first execution of the open run; null when none is open
   * @returns undefined for a cell that did not run in this session
   */
  of(cell: string, source: string, openSince: number | null): IMark | undefined {
    const execution = this._last.get(cell);
    if (!execution) {
      return undefined;
    }
    if (execution.status === null) {
      return { kind: 'running', execution, stale: [] };
    }
    const stale: Staleness[] =
      execution.source !== null && execution.source !== source ? [{ kind: 'edited' }] : [];
    stale.push(...execution.reads.flatMap(name => this._changeOf(name, execution)));
    const isFailed = execution.status !== 'finished';
    const isInRun = openSince !== null && execution.n >= openSince;
    return {
      kind: isFailed ? 'failed' : stale.length ? 'stale' : isInRun ? 'open' : 'earlier',
      execution,
      stale
    };
  }

  /** Whether a name is another than when an execution read it. */
  private _changeOf(name: string, execution: IExecution): Staleness[] {
    const writes = this._writes.get(name) ?? [];
    const last = writes.at(-1);
    if (!last || last[0].n <= execution.n) {
      return [];
    }
    const [by, now] = last;
    const then = writes.findLast(([writer]) => writer.n < execution.n)?.[1];
    if (now !== undefined && now !== null && now === then) {
      return [];
    }
    return [{ kind: now === undefined ? 'deleted' : 'changed', name, by }];
  }

  private _write(name: string, write: Write): void {
    const writes = this._writes.get(name);
    if (writes) {
      writes.push(write);
    } else {
      this._writes.set(name, [write]);
    }
  }

  private _executions = new Map<number, IExecution>();
  private _last = new Map<string, IExecution>();
  private _writes = new Map<string, Write[]>();
}
