/**
 * Plays scripts in processes of this machine, each in a temporary folder of its own.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IPlay, IPlayRequest, IStage } from '../../reproduce/index.js';
import type { RunSummary } from '../../runlog/index.js';
import type { Notebook } from '../store.js';
import { play, textsOf } from './play.js';

/** What a stage needs. */
export interface IProcessStageOptions {
  readonly run: RunSummary;
  readonly notebook: Notebook;
  /** Whether an environment is built from the record, which the scene of a play then describes. */
  readonly fresh: boolean;
  /** An interpreter to use instead of the recorded one: Python, or Node. */
  readonly interpreter: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/** See above. */
export class ProcessStage implements IStage {
  constructor(private readonly _options: IProcessStageOptions) {
    this._root = realpathSync(mkdtempSync(join(tmpdir(), 'backtrail-verify-')));
  }

  prepare(): Promise<string | undefined> {
    const found = this._interpreter();
    if (typeof found !== 'string') {
      return Promise.resolve(found.why);
    }
    this._found = found;
    return Promise.resolve(undefined);
  }

  async play(request: IPlayRequest): Promise<IPlay> {
    const folder = join(this._root, `play-${++this._plays}`);
    mkdirSync(folder);
    const { environment, signal } = this._options;
    try {
      return await play({
        ...request,
        interpreter: this._found,
        folder,
        fresh: this._options.fresh ? join(this._root, 'environments') : undefined,
        environment: presentVariables(environment),
        signal
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  points(runs: ReadonlyArray<string>): Promise<ReadonlyArray<string>> {
    return Promise.resolve(textsOf(this._options.notebook.place.folder, runs));
  }

  sha256(text: string): Promise<string> {
    return Promise.resolve(sha256Of(text));
  }

  /** Takes away what is left of it. */
  remove(): void {
    rmSync(this._root, { recursive: true, force: true });
  }

  private _interpreter(): string | { why: string } {
    const { run, interpreter, fresh } = this._options;
    const isPython = (run.kernel?.language ?? 'python') === 'python';
    const recorded = interpreter ?? run.environment?.executable ?? undefined;
    if (recorded !== undefined && existsSync(recorded)) {
      return recorded;
    }
    if (fresh && interpreter === undefined) {
      const python = process.platform === 'win32' ? 'python' : 'python3';
      // Builds one of the version of the run; of Node there is this one, and that it is another is said.
      return isPython ? python : process.execPath;
    }
    if (!isPython) {
      const which = recorded === undefined ? 'no Node' : `the Node ${recorded}, which is gone`;
      return { why: `The record names ${which}: --node names one.` };
    }
    return recorded === undefined
      ? { why: 'The record names no interpreter: --python gives one.' }
      : {
          why: `The interpreter ${recorded} is gone: --python names another, and --environment fresh builds one.`
        };
  }

  private _plays = 0;
  private _found = '';
  private readonly _root: string;
}

/** The SHA-256 of a text, in hex. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The variables of this process without those that say how it is itself recorded or shown. */
function presentVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^(?:BACKTRAIL(?!_REPLAY_PATH)|MPLBACKEND$|JPY_|PYTHONSTARTUP$)/.test(name)
    )
  );
}
