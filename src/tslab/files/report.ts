/** Writes down what was read and written, with the hashes when they are there. */
import { ticks } from '../clock.js';
import type { Recorder } from '../recorder.js';
import type { Run } from '../run.js';
import { Contents, type IContent, NO_TIME, NOT_YET } from './contents.js';
import { gather, listing } from './gathering.js';
import type { IIdentity } from './identity.js';
import { Keeping } from './keeping.js';
import { holdsSecrets } from './noise.js';
import { sha256 } from '../layout.js';

/** A file that was read or written. */
export interface IUse {
  readonly event: 'input' | 'output';
  readonly path: string;
  readonly run: Run;
  readonly how: string;
  readonly identity: IIdentity;
  /** Whether nothing is left of what the file was. */
  readonly isWhole: boolean;
  /** Its content, where that is known. */
  readonly content?: IContent;
}

/** Reading that is done away from the cells. */
interface IJob {
  readonly path: string;
  readonly steps: Generator<void, void>;
  /** Tells why nothing was read. */
  giveUp: (why: string) => void;
}

const KEEP_MEGABYTES = 10;
/** What is hashed at once, so that the next cell cannot change it before. */
const AT_ONCE = 256 << 10;
const MILLISECONDS_AT_ONCE = 0.5;
/** What is read before something is written over it. */
const LARGEST_HURRY = 16 << 20;
const DELAY = 50;

const later = setTimeout;
const soon = setImmediate;

/** The inputs and outputs of one session. */
export class Report {
  constructor(private readonly _recorder: Recorder) {
    this._keeping = new Keeping(_recorder.session);
  }

  readonly contents = new Contents();

  /** Writes what can be said at once, and has the rest read. */
  tell(uses: readonly IUse[], n: number): void {
    const begun = ticks();
    for (const event of ['input', 'output'] as const) {
      const mine = uses.filter(use => use.event === event);
      const [single, folders] = gather([...new Set(mine.map(({ path }) => path))]);
      const wanted = new Set(single);
      for (const use of mine) {
        if (wanted.has(use.path)) {
          this._tell(use, n, ticks() - begun < MILLISECONDS_AT_ONCE);
        }
      }
      for (const [folder, inside] of folders) {
        const among = new Set(inside);
        this._tellFolder(
          folder,
          mine.filter(({ path }) => among.has(path)),
          n
        );
      }
    }
  }

  /** Something is about to be written over a file that waits to be read. */
  hurry(path: string): void {
    for (const job of this._jobs) {
      if (job.path === path) {
        this._jobs.delete(job);
        finish(job.steps);
      }
    }
  }

  /** Reads what is left, as far as there is time. */
  finish(milliseconds: number): void {
    const until = ticks() + milliseconds;
    for (const job of this._jobs) {
      this._jobs.delete(job);
      let isDone = false;
      while (!isDone && ticks() < until) {
        isDone = job.steps.next().done === true;
      }
      if (!isDone) {
        job.giveUp(NO_TIME);
      }
    }
  }

  private _tell(use: IUse, n: number, isTime: boolean): void {
    const { path, identity } = use;
    const { size } = identity;
    let content: IContent = use.content ?? { sha256: null, size, skipped: NOT_YET };
    if (use.content === undefined && holdsSecrets(path)) {
      content = { sha256: null, size, skipped: 'it is made to hold secrets' };
    } else if (use.content === undefined && size <= AT_ONCE && isTime) {
      content = this.contents.now(path, identity);
    }
    this._write(use, content, n);
    const most = this._recorder.options.number('keep_files_up_to', KEEP_MEGABYTES) * 1e6;
    const isKept = use.event === 'output' && use.content === undefined && size <= most && most > 0;
    if (content.skipped === NOT_YET || (isKept && content.sha256 !== null)) {
      this._do({
        path,
        steps: this._hashing(use, content, n, isKept),
        giveUp: why => {
          if (content.sha256 === null) {
            this._write(use, { ...content, skipped: why }, n);
          }
        }
      });
    }
  }

  private *_hashing(use: IUse, told: IContent, n: number, isKept: boolean): Generator<void, void> {
    const content = yield* this.contents.read(use.path, use.identity, isKept);
    const kept = content.data === undefined ? undefined : yield* this._keeping.keep(content.data);
    if (told.sha256 === null || (kept !== undefined && content.sha256 !== null)) {
      this._write(use, content, n, kept === undefined ? {} : { kept });
    }
  }

  private _tellFolder(folder: string, uses: readonly IUse[], n: number): void {
    const size = uses.reduce((sum, { identity }) => sum + identity.size, 0);
    const use = { ...uses[0], path: folder };
    const more = { kind: 'directory', files: uses.length };
    const told: IContent = { sha256: null, size, skipped: NOT_YET };
    this._write(use, told, n, more);
    this._do({
      path: folder,
      steps: this._gathering(use, uses, n),
      giveUp: why => this._write(use, { ...told, skipped: why }, n, more)
    });
  }

  private *_gathering(use: IUse, uses: readonly IUse[], n: number): Generator<void, void> {
    const hashes: Array<readonly [string, string]> = [];
    let size = 0;
    for (const { path, identity, content } of uses) {
      const found = content ?? (yield* this.contents.read(path, identity, false));
      size += found.size ?? 0;
      if (found.sha256 !== null) {
        hashes.push([path, found.sha256]);
      }
      yield;
    }
    const list = listing(use.path, hashes);
    const stored = this._recorder.session.store('A list of files', list);
    const missed = uses.length - hashes.length;
    const content: IContent = {
      sha256: stored ?? sha256(list),
      size,
      ...(missed > 0
        ? {
            skipped: `${missed} of its files could not be read, and its hash is that of the others`
          }
        : {})
    };
    const more = { kind: 'directory', files: uses.length };
    this._write(use, content, n, stored === null ? more : { ...more, kept: true });
  }

  private _write(use: IUse, content: IContent, n: number, more: object = {}): void {
    const recorder = this._recorder;
    const { run } = use;
    const fields = {
      path: recorder.session.relative(use.path),
      sha256: content.sha256,
      size: content.size,
      how: use.how,
      ...(use.event === 'output' && use.isWhole ? { mode: 'w' } : {}),
      cell: n,
      ...(content.skipped === undefined ? {} : { skipped: content.skipped }),
      ...more
    };
    recorder.record(run, use.event, fields);
    if (run.ended !== null) {
      recorder.summarizeSoon();
    }
  }

  private _do(job: IJob): void {
    this._jobs.add(job);
    this._timer ??= later(() => void this._work(), DELAY).unref();
  }

  private async _work(): Promise<void> {
    for (const job of this._jobs) {
      try {
        while (this._jobs.has(job) && job.steps.next().done !== true) {
          await new Promise<void>(resolve => soon(resolve));
        }
      } catch (error) {
        const kind = error instanceof Error ? error.name : 'fault';
        job.giveUp(`it could not be read, because of a ${kind} in Backtrail`);
      }
      this._jobs.delete(job);
    }
    this._timer = undefined;
  }

  private readonly _jobs = new Set<IJob>();
  private readonly _keeping: Keeping;
  private _timer: NodeJS.Timeout | undefined;
}

/** Whether a file is small enough to be read in the midst of the call that writes over it. */
export function isSmall({ kind, size }: IIdentity): boolean {
  return kind === 'file' && size <= LARGEST_HURRY;
}

function finish(steps: Generator<void, void>): void {
  while (steps.next().done !== true) {
    // All of it.
  }
}
