/** Hears of each execution, and tells which files it read and wrote. */
import { resolve } from 'node:path';
import { readdirSync } from '../disk.js';
import type { Execution } from '../executions.js';
import type { IObserver } from '../observers.js';
import type { Recorder } from '../recorder.js';
import { Hearing, type IEars, type IHeard } from './hearing.js';
import { identify, type IIdentity } from './identity.js';
import { Noise } from './noise.js';
import { isSmall, type IUse, Report } from './report.js';
import { type INoted, type ITouch, Touches } from './touches.js';

/** Of a folder in which a program works, so many files are looked at. */
const MOST_LISTED = 1000;
const MILLISECONDS_AT_END = 1500;
const MOST_WORDS = 200;
/** So many files that may be written to still are looked at, before so many executions. */
const MOST_LINGERING = 32;
const MOST_LOOKS = 30;

let hearing: Hearing | undefined;

/** What one execution did with files. */
interface IOpened {
  readonly n: number;
  readonly touches: Touches;
  /** Folders in which programs were started, and how their files were then. */
  readonly folders: Map<string, Map<string, IIdentity>>;
}

/** The files of one session. */
export class Files implements IObserver, IEars {
  /** @param folder - that of the tracker's own code. */
  constructor(
    private readonly _recorder: Recorder,
    folder: string
  ) {
    const { session } = _recorder;
    this._report = new Report(_recorder);
    this._noise = new Noise(() => [`${session.runs}/`, `${folder}/`]);
    if (hearing === undefined) {
      hearing = new Hearing();
      hearing.start();
    }
    hearing.ears = this;
  }

  readonly name = 'files';

  isOpen = (): boolean => {
    const { current, goingOn } = this._recorder.executions;
    // While the kernel compiles a cell, it reads files of its own.
    return current !== undefined && (current !== goingOn || current.isCompiled);
  };

  file = (heard: IHeard): void => {
    this._note({ ...heard, path: resolve(heard.path) });
  };

  child = (words: readonly string[], folder: string | undefined): void => {
    const opened = this._opened();
    const working = resolve(folder ?? '.');
    if (opened === undefined) {
      return;
    }
    for (const word of new Set(words.slice(0, MOST_WORDS))) {
      const path = resolve(working, word);
      const { kind } = identify(path);
      const isNamed = kind === 'file' || (kind === 'missing' && /[./\\]/.test(word));
      if (isNamed && path !== process.execPath) {
        const reads = kind === 'file';
        const noted = { path, reads, writes: false, isWhole: false, isOver: false } as const;
        this._note({ ...noted, how: 'child', maybe: true });
      }
    }
    if (!opened.folders.has(working)) {
      opened.folders.set(working, listed(working));
    }
  };

  before(): void {
    this._lookAgain();
  }

  after(execution: Execution): void {
    const opened = this._byExecution.get(execution);
    if (opened !== undefined) {
      this._settle(opened);
    }
  }

  stop(): void {
    this._lookAgain();
    if (hearing?.ears === this) {
      hearing.ears = undefined;
    }
    this._report.finish(MILLISECONDS_AT_END);
  }

  private _opened(): IOpened | undefined {
    const execution = this._recorder.executions.current;
    if (execution === undefined) {
      return undefined;
    }
    let opened = this._byExecution.get(execution);
    if (opened === undefined) {
      opened = { n: execution.n, touches: new Touches(), folders: new Map() };
      this._byExecution.set(execution, opened);
    }
    if (execution.isOver) {
      // A timer of it, or a promise: what it opens is told when the call is done.
      const { background } = this._recorder.session;
      background.do(`files ${execution.n}`, () => this._settle(opened));
    }
    return opened;
  }

  private _note(noted: INoted): void {
    const { path } = noted;
    const opened = this._noise.covers(path, noted.writes) ? undefined : this._opened();
    if (opened === undefined) {
      return;
    }
    if (noted.writes) {
      this._lookAgain(path);
      this._report.hurry(path);
    }
    const known = opened.touches.byPath.get(path);
    if (known?.reads && !known.writes && noted.writes && isSmall(known.first)) {
      known.before ??= this._report.contents.now(path, known.first);
    }
    opened.touches.note(noted, this._recorder.runOfCell(), () => identify(path));
  }

  private _settle({ n, touches, folders }: IOpened): void {
    for (const [folder, before] of folders) {
      for (const [path, now] of listed(folder)) {
        const first = before.get(path) ?? { ...now, kind: 'missing' as const, key: '' };
        if (first.key !== now.key && !this._noise.covers(path, true)) {
          const noted = { path, reads: false, writes: true, isWhole: false, isOver: false };
          touches.note({ ...noted, how: 'child' }, this._recorder.runOfCell(), () => first);
        }
      }
    }
    folders.clear();
    const uses: IUse[] = [];
    for (const touch of touches.byPath.values()) {
      uses.push(...this._usesOf(touch));
      if (!touch.isOver && (touch.writes || touch.maybe)) {
        this._lingering.set(touch.path, { touch, n, looks: 0 });
      }
    }
    touches.byPath.clear();
    for (const path of [...this._lingering.keys()].slice(0, -MOST_LINGERING)) {
      this._lingering.delete(path);
    }
    if (touches.left > 0) {
      this._recorder.session.warn(
        `An execution used more files than are told: ${touches.left} are left out.`,
        n
      );
    }
    this._report.tell(uses, n);
  }

  private _usesOf(touch: ITouch): IUse[] {
    const { path, run, first, how } = touch;
    const now = identify(path);
    const hasChanged = now.kind === 'file' && now.key !== first.key;
    const wrote = hasChanged && (touch.writes || touch.maybe);
    const uses: IUse[] = [];
    if (touch.reads && first.kind === 'file') {
      const isLost = wrote && touch.before === undefined;
      const skipped = 'it was written over before its content could be read';
      const content = isLost ? { sha256: null, size: first.size, skipped } : touch.before;
      const use = { event: 'input', path, run, how, identity: first, isWhole: false } as const;
      uses.push(content === undefined ? use : { ...use, content });
    }
    if (wrote) {
      touch.told = now.key;
      uses.push({ event: 'output', path, run, how, identity: now, isWhole: touch.isWhole });
    }
    return uses;
  }

  /** What a stream or a promise wrote after its execution had ended is told of as well. */
  private _lookAgain(path?: string): void {
    const again = path === undefined ? [...this._lingering.keys()] : [path];
    for (const one of again) {
      const found = this._lingering.get(one);
      if (found === undefined) {
        continue;
      }
      const { touch, n } = found;
      const now = identify(one);
      if (now.kind === 'file' && now.key !== (touch.told || touch.first.key)) {
        touch.reads = false;
        this._report.tell(this._usesOf(touch), n);
      }
      if (path !== undefined || ++found.looks > MOST_LOOKS) {
        this._lingering.delete(one);
      }
    }
  }

  private readonly _byExecution = new WeakMap<Execution, IOpened>();
  /** Files that may be written to still, though their execution ended. */
  private readonly _lingering = new Map<string, { touch: ITouch; n: number; looks: number }>();
  private readonly _noise: Noise;
  private readonly _report: Report;
}

/** The files of a folder and how they are. */
function listed(folder: string): Map<string, IIdentity> {
  try {
    const names = readdirSync(folder, { withFileTypes: true }).slice(0, MOST_LISTED);
    const files = names.filter(entry => entry.isFile()).map(({ name }) => resolve(folder, name));
    return new Map(files.map(path => [path, identify(path)]));
  } catch {
    return new Map();
  }
}
