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
      if (before !== this._kept) {
        // From it the execution can be repeated without those that drew before it.
        this._keep('before', execution.n);
      }
      this._known = this._generator.state;
      const after = sha256(textOf(this._known));
      session.write('random', { n: execution.n, streams: { [STREAM]: { before, after } } });
    }
  }

  private _keep(at: 'start' | 'before', n: number): void {
    const { session } = this._recorder;
    const state = session.store('A random state', textOf(this._known));
    if (state !== null) {
      this._kept = state;
      session.write('random_state', { n, stream: STREAM, at, state });
    }
  }

  private readonly _generator: Generator;
  private _isReplaced = false;
  /** The digest of the state that was kept last. */
  private _kept = '';
  private _known: Uint32Array;
}

/** A state as blobs have it: base64 of its words, 32 bits each, little-endian. */
export function textOf(state: Uint32Array): string {
  const bytes = Buffer.alloc(state.length * 4);
  state.forEach((word, index) => bytes.writeUInt32LE(word, index * 4));
  return bytes.toString('base64');
}

/** The state that a text of a blob stands for. */
export function stateOf(text: string): Uint32Array {
  const bytes = Buffer.from(text, 'base64');
  return Uint32Array.from({ length: 4 }, (_, index) => bytes.readUInt32LE(index * 4));
}
