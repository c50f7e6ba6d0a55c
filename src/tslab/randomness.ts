/** Writes which executions drew from `Math.random` or seeded it, and the states to repeat them from. */
import type { Execution } from './executions.js';
import type { Generator } from './generator.js';
import { sha256 } from './layout.js';
import type { IObserver } from './observers.js';
import type { Recorder } from './recorder.js';
import { install, isInstalled } from './seeds.js';

const STREAM = 'Math.random';

/** Hears of executions, and looks whether the generator is as it was. */
export class Randomness implements IObserver {
  constructor(private readonly _recorder: Recorder) {
    this._generator = install();
    this._known = this._generator.state;
    this._keep('start', 0);
  }

  readonly name = 'random numbers';

  before(execution: Execution): void {
    if (!this._generator.isAt(this._known)) {
      // Something drew since the last execution ended: a timer of it, or a promise.
      this._known = this._generator.state;
      this._keep('before', execution.n);
    }
  }

  after(execution: Execution): void {
    const { session } = this._recorder;
    if (!isInstalled() && !this._isReplaced) {
      this._isReplaced = true;
      session.warn(
        'Math.random was replaced, so what is drawn from it is not recorded: seed what replaces it.',
        execution.n
      );
    }
    if (!this._generator.isAt(this._known)) {
      const before = sha256(textOf(this._known));
      this._known = this._generator.state;
      const after = sha256(textOf(this._known));
      session.write('random', { n: execution.n, streams: { [STREAM]: { before, after } } });
    }
  }

  private _keep(at: 'start' | 'before', n: number): void {
    const { session } = this._recorder;
    const state = session.store('A random state', textOf(this._known));
    if (state !== null) {
      session.write('random_state', { n, stream: STREAM, at, state });
    }
  }

  private readonly _generator: Generator;
  private _isReplaced = false;
  private _known: Uint32Array;
}

/** A state as blobs have it: base64 of its words, 32 bits each, little-endian. */
export function textOf(state: Uint32Array): string {
  const bytes = Buffer.alloc(state.length * 4);
  state.forEach((word, index) => bytes.writeUInt32LE(word, index * 4));
  return bytes.toString('base64');
}
