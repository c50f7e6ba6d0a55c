/**
 * Plays a script in a process of its own, and reads what it recorded.
 */

import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  readPlayed,
  type IChangedFile,
  type IPlay,
  type IPlayed,
  type IPlayRequest
} from '../../reproduce/index.js';
import { isEvent, readLines } from '../../runlog/index.js';
import { names } from '../folders.js';
import { tslabProgram } from '../tslabprogram.js';

/** What a play needs beside what is asked for. */
export interface IPlayOptions extends IPlayRequest {
  /** The interpreter: Python, or Node for notebooks of tslab. */
  readonly interpreter: string;
  /** An empty folder that all of it goes into. */
  readonly folder: string;
  /** A folder for environments, where one is to be built. */
  readonly fresh: string | undefined;
  /** The variables over which those of the scene are put. */
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Python that starts the player from where the package is; nothing of it stays on `sys.path`. */
const START = `
import os, sys
place = os.environ.get("BACKTRAIL_REPLAY_PATH")
if place:
    sys.path.insert(0, place)
from backtrail.replay.__main__ import main
sys.exit(main())
`;

/** The folder that holds the Python package which this program came with, if there is one. */
export function packageFolder(): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 5; up++) {
    if (existsSync(join(folder, 'backtrail', 'replay', 'player.py'))) {
      return folder;
    }
    folder = dirname(folder);
  }
  return undefined;
}

/** Plays a script. Rejects when the interpreter cannot be started, or when it is told to stop. */
export async function play(options: IPlayOptions): Promise<IPlay> {
  const { interpreter, script, scene, folder, fresh, timeout } = options;
  const { notebook } = scene;
  const into = join(folder, 'runs');
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const isPython = scene.language === 'python';
  const path = file(isPython ? 'script.py' : 'program.json', script);
  const told = file('scene.json', JSON.stringify(scene));
  const player = isPython ? ['-c', START] : [tslabProgram('play.cjs')];
  const args = [...player, path, '--into', into, '--notebook', notebook, '--scene', told];
  args.push(...(fresh === undefined ? [] : ['--fresh', fresh]));
  const out = openSync(`${into}.out`, 'w');
  const err = openSync(`${into}.err`, 'w');
  const place = options.environment.BACKTRAIL_REPLAY_PATH ?? packageFolder();
  let timedOut = false;
  const watch = setInterval(
    () => options.progress(begun(into, notebook), existsSync(join(folder, 'building'))),
    500
  );
  try {
    const code = await new Promise<number | null>((done, failed) => {
      const child = spawn(interpreter, args, {
        cwd: folder,
        env: {
          ...options.environment,
          ...scene.variables,
          ...(place && isPython ? { BACKTRAIL_REPLAY_PATH: place } : {})
        },
        stdio: ['ignore', out, err],
        // A group of its own, so that its children end with it.
        detached: process.platform !== 'win32'
      });
      const kill = (): void => end(child.pid);
      const timer = setTimeout(() => {
        timedOut = true;
        kill();
      }, timeout * 1000);
      options.signal.addEventListener('abort', kill, { once: true });
      child.on('error', failed);
      child.on('close', status => {
        clearTimeout(timer);
        kill();
        done(status);
      });
    });
    options.signal.throwIfAborted();
    return {
      code,
      timedOut,
      err: tail(`${into}.err`),
      changed: changedFiles(join(folder, 'changed.json')),
      played: readPlay(into, notebook)
    };
  } finally {
    clearInterval(watch);
    closeSync(out);
    closeSync(err);
  }
}

function changedFiles(path: string): IChangedFile[] {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as IChangedFile[]) : [];
}

/** Ends a process and its children, or what is left of them. */
function end(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nothing is left.
  }
}

function folderOf(into: string, notebook: string): string {
  return join(into, notebook.replace(/\.ipynb$/i, ''));
}

function logOf(into: string, notebook: string): string | undefined {
  const sessions = join(folderOf(into, notebook), 'sessions');
  const name = names(sessions)
    .filter(file => file.endsWith('.jsonl'))
    .sort()
    .at(-1);
  return name === undefined ? undefined : join(sessions, name);
}

function begun(into: string, notebook: string): number {
  const log = logOf(into, notebook);
  return log === undefined
    ? 0
    : (readFileSync(log, 'latin1').match(/"event":"cell_start"/g) ?? []).length;
}

function readPlay(into: string, notebook: string): IPlayed | undefined {
  const log = logOf(into, notebook);
  if (log === undefined) {
    return undefined;
  }
  const { events } = readLines(readFileSync(log));
  return readPlayed(events, pointsOf(folderOf(into, notebook), events));
}

function pointsOf(folder: string, events: ReturnType<typeof readLines>['events']): string[] {
  return textsOf(
    folder,
    events.filter(event => isEvent(event, 'run_start')).map(event => event.run)
  );
}

/** The texts of the metrics of some runs, in their order. */
export function textsOf(folder: string, runs: ReadonlyArray<string>): string[] {
  return [...new Set(runs)].flatMap(run => {
    const path = join(folder, run, 'metrics.jsonl');
    return existsSync(path) ? [readFileSync(path, 'utf8')] : [];
  });
}

/** The end of a file. */
function tail(path: string): string {
  const most = 4000;
  const size = statSync(path).size;
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(size, most));
    readSync(file, buffer, 0, buffer.length, Math.max(0, size - most));
    return buffer.toString('utf8');
  } finally {
    closeSync(file);
  }
}
