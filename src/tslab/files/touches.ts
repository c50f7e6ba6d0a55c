/** The files that one execution has opened so far. */
import type { Run } from '../run.js';
import type { IContent } from './contents.js';
import type { IHeard } from './hearing.js';
import type { IIdentity } from './identity.js';

/** One file. */
export interface ITouch {
  readonly path: string;
  readonly run: Run;
  /** The state it was in before. */
  readonly first: IIdentity;
  how: string;
  reads: boolean;
  writes: boolean;
  /** Whether it is an output where it changed, and an input where it did not. */
  maybe: boolean;
  isWhole: boolean;
  /** Whether all calls that write it were over when they returned. */
  isOver: boolean;
  /** What was read, where it was written over in the same execution. */
  before: IContent | undefined;
  /** The state that was told of. */
  told: string;
}

/** What is noted of a call, or of a program that was started. */
export interface INoted extends Omit<IHeard, 'how'> {
  readonly how: IHeard['how'] | 'child';
  /** Whether only a change of the file shows that it was written. */
  readonly maybe?: boolean;
}

const MOST = 20_000;

/** The files of one execution, by their absolute paths. */
export class Touches {
  readonly byPath = new Map<string, ITouch>();
  /** How many there were no room for. */
  left = 0;

  /** Notes a call. */
  note(heard: INoted, run: Run, first: () => IIdentity): ITouch | undefined {
    const known = this.byPath.get(heard.path);
    if (known !== undefined) {
      known.reads ||= heard.reads && !known.writes;
      known.writes ||= heard.writes;
      known.isWhole ||= heard.isWhole;
      known.isOver &&= heard.isOver;
      if (heard.how === 'rename') {
        known.how = 'rename';
      }
      return known;
    }
    if (this.byPath.size >= MOST) {
      this.left += 1;
      return undefined;
    }
    const touch: ITouch = {
      path: heard.path,
      run,
      first: first(),
      how: heard.how,
      reads: heard.reads,
      writes: heard.writes,
      maybe: heard.maybe === true,
      isWhole: heard.isWhole,
      isOver: heard.isOver,
      before: undefined,
      told: ''
    };
    this.byPath.set(heard.path, touch);
    return touch;
  }
}
