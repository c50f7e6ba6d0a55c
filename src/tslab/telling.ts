/** What the log is told of one execution: what was sent, what was made of it, and how it ended. */
import type { Execution } from './executions.js';
import type { IExecuting } from './kernel.js';
import { sha256 } from './layout.js';
import type { ICompiled } from './observers.js';
import type { IEnding } from './outcome.js';
import type { ISafeEvent, Session } from './session.js';
import { readingOf } from './syntax/reading.js';
import type { IUsed } from './usage.js';

/** Sources larger than this are kept beside the log, in characters. */
const LARGEST_SOURCE = 64 << 10;

const WRAPPER =
  /^\((async )?function\(exports, require\) \{ ([^]*)\n\}\)\(__tslab__\.exports, __tslab__\.require\)$/;

/** Writes it. Cells write by nobody else, so the log has their events in this order. */
export class Telling {
  constructor(private readonly _session: Session) {}

  /** What `tell` writes goes to the log in one piece. */
  together(execution: Execution, tell: () => void): void {
    this._now = [];
    this._session.together(tell);
    execution.told = [...execution.told, ...this._now];
  }

  /** What was sent; `begin` is called in between, when it is known what tells this cell from others. */
  sent(
    execution: Execution,
    { request, cell }: IExecuting,
    count: number | null,
    begin: () => void
  ): void {
    const safe = this._session.redactor.source(request.code);
    // Of the text as it is written: from the hash of a short secret the secret could be found.
    const hash = sha256(safe.text);
    execution.mark = cell ?? hash;
    begin();
    this._write({
      event: 'cell_start',
      time: execution.timeAfter(0),
      n: execution.n,
      cell,
      count,
      ...this._source('The source of a cell', safe.text),
      sha256: hash,
      parent: null,
      ...(safe.withheld ? { withheld: safe.withheld } : {})
    });
  }

  /** What the kernel hands to the evaluation, and the seconds that it took to make that. */
  made(execution: Execution, script: string, duration: number): ICompiled {
    const [, async, code = script] = WRAPPER.exec(script) ?? [];
    const isAsync = async !== undefined;
    execution.reading = readingOf(code);
    const safe = this._session.redactor.source(code);
    this._write({
      event: 'compiled',
      time: execution.timeAfter(duration),
      n: execution.n,
      language: 'javascript',
      ...this._source('What was made of a cell', safe.text),
      sha256: sha256(safe.text),
      async: isAsync,
      duration,
      ...(safe.withheld ? { withheld: safe.withheld } : {})
    });
    return { code, isAsync };
  }

  /** How it ended. */
  ended(execution: Execution, count: number | null, ending: IEnding, used: IUsed): void {
    this._session.write('cell_end', {
      time: execution.ended,
      n: execution.n,
      count,
      status: ending.status,
      duration: execution.elapsed(),
      ...used,
      ...(ending.error ? { error: ending.error } : {})
    });
  }

  private _source(what: string, text: string): { source: string } | { source_blob: string } {
    const blob = text.length > LARGEST_SOURCE ? this._session.store(what, text) : null;
    return blob === null ? { source: text } : { source_blob: blob };
  }

  private _write(event: ISafeEvent): void {
    this._now.push(event);
    this._session.writeSafe(event);
  }

  /** What is told at this moment, and may not be in the log yet. */
  private _now: ISafeEvent[] = [];
}
