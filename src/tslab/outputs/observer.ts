/** Writes digests of what each execution printed and displayed, so that a repetition can be compared with it. */
import type { Execution } from '../executions.js';
import type { IObserver } from '../observers.js';
import type { Recorder } from '../recorder.js';
import { displayDigests, RULES, streamDigest } from './digests.js';

const LARGEST = 16 << 20;

/** What one stream was given in one execution. */
interface IPrinted {
  parts: string[];
  size: number;
}

/** What one execution showed. */
interface IShown {
  readonly execution: Execution;
  readonly streams: Map<string, IPrinted>;
  readonly displays: Array<Readonly<Record<string, unknown>>>;
}

/** What the cells of one session show. */
export class Outputs implements IObserver {
  constructor(private readonly _recorder: Recorder) {}

  readonly name = 'outputs';

  before(execution: Execution): void {
    this._shown = { execution, streams: new Map(), displays: [] };
  }

  printed(execution: Execution, stream: string, text: string): void {
    const shown = this._shown;
    if (shown?.execution !== execution) {
      return;
    }
    let printed = shown.streams.get(stream);
    if (printed === undefined) {
      shown.streams.set(stream, (printed = { parts: [], size: 0 }));
    }
    printed.size += text.length;
    if (printed.size <= LARGEST) {
      printed.parts.push(text);
    }
  }

  displayed(execution: Execution, data: Readonly<Record<string, unknown>>): void {
    if (this._shown?.execution === execution) {
      this._shown.displays.push(data);
    }
  }

  after(execution: Execution): void {
    const shown = this._shown;
    this._shown = undefined;
    if (shown?.execution !== execution || shown.streams.size + shown.displays.length === 0) {
      return;
    }
    const { n } = execution;
    // Away from the cell: scrubbing takes longer than printing did.
    this._recorder.session.background.do(`outputs ${n}`, () => this._write(n, shown));
  }

  private _write(n: number, { streams, displays }: IShown): void {
    const digests = [...streams].map(([name, { size, parts }]) => [
      name,
      { size, sha256: streamDigest(name, parts.join('')) }
    ]);
    this._recorder.session.write('outputs', {
      n,
      rules: RULES,
      streams: Object.fromEntries(digests) as object,
      displays: displays.map(bundle => ({ mimes: displayDigests(bundle) }))
    });
  }

  private _shown: IShown | undefined;
}
