/**
 * Where a replay takes place: the files that must stand there, the variables, what it must not change.
 *
 * #### Notes
 * `backtrail/replay/scene.py` sets it, whoever starts the replay.
 */

import { isObject, type Needs, type Places, type RunSummary } from '../../runlog/index.js';
import type { ISelection } from '../export.js';
import { zoneVariables } from '../zone.js';

/** A file that executions read before they wrote it. */
export interface ISceneFile {
  /** Relative to the notebook's folder, or absolute. */
  readonly path: string;
  /** What it was; null where that is not known. */
  readonly sha256: string | null;
  /** The first execution that read it. */
  readonly n: number;
  /** Whether it is a module that was imported. */
  readonly module: boolean;
  /** Whether it is a folder that was listed; its hash is that of the list of its files. */
  readonly folder: boolean;
}

/**
 * An environment to be built: `backtrail/replay/environment.py` does it, of notebooks of tslab
 * `src/tslab/replay/environment.ts`.
 */
export interface IEnvironmentWanted {
  /** The version of Python, where it is known; of others null. */
  readonly python: string | null;
  /** What the cells import. */
  readonly packages: ReadonlyArray<readonly [name: string, version: string]>;
  /** Of notebooks of tslab all packages that the record lists, by which what others need has its version. */
  readonly installed?: Places;
  /** And which packages those need that cells loaded, where the record tells it. */
  readonly needs?: Needs;
}

/** See above. Plain data, for a file. */
export interface IScene {
  /** That of the kernel, which says who plays it: `python`, `typescript` or `javascript`. */
  readonly language: string;
  /** The copy of tslab that ran the cells, where the record names it; of Python notebooks undefined. */
  readonly tslab?: string;
  /** The notebook's file name, by which the replay is recorded. */
  readonly notebook: string;
  /** The notebook's folder, and the one that the kernel began in: absolute. */
  readonly folder: string;
  readonly cwd: string;
  /** The folder of runs that holds the run; files that are gone are taken from its blobs. */
  readonly runs: string;
  readonly files: ReadonlyArray<ISceneFile>;
  /** What the executions wrote, whose folders must be there. */
  readonly written: ReadonlyArray<string>;
  /** What the whole session wrote: in a folder that was listed, it is none of what was there before. */
  readonly made: ReadonlyArray<string>;
  /** The state of the code when the run began, by which modules that changed since are had again. */
  readonly code: RunSummary['code'];
  /** Folders of the user's that the replay must not change; relative ones to the notebook's folder. */
  readonly protect: ReadonlyArray<string>;
  /** In which formats the notebook draws figures, as the inline backend of matplotlib names them. */
  readonly figures: ReadonlyArray<string>;
  /** What a fresh environment is to have, where the replay takes place in one. */
  readonly environment?: IEnvironmentWanted;
  /** The recorded variables, over those of whoever starts it. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Where a run is kept. */
export interface IPlaceOfRun {
  /** The folder of runs, absolute. */
  readonly runs: string;
  /** The folder's name under it. */
  readonly name: string;
}

/** The scene of a replay. Pure. */
export function sceneOf(
  { whole, history }: ISelection,
  run: RunSummary,
  { runs, name }: IPlaceOfRun
): IScene {
  const { notebook, code, environment, kernel } = run;
  const folder = notebook.path === null ? above(runs) : above(notebook.path);
  const language = kernel?.language ?? 'python';
  const tslab: unknown = environment?.tslab;
  const seed = { PYTHONHASHSEED: history.hashSeed ?? '0' };
  return {
    language,
    ...(isObject(tslab) && typeof tslab.path === 'string' ? { tslab: tslab.path } : {}),
    notebook: `${name}.ipynb`,
    folder,
    cwd: history.session.cwd ?? folder,
    runs,
    ...filesOf(history),
    made: madeIn(whole),
    code,
    protect: [code?.root ?? folder, runs],
    figures: figureFormats(whole),
    variables: {
      ...zoneVariables(run),
      ...recorded(environment?.variables),
      ...(language === 'python' ? seed : {})
    }
  };
}

function filesOf({ executions, effects }: ISelection['history']): {
  files: ISceneFile[];
  written: string[];
} {
  const files = new Map<string, ISceneFile>();
  const written = new Set<string>();
  for (const { n } of executions) {
    const { filesRead = [], filesWritten = [], modulesRead } = effects.get(n) ?? {};
    for (const { path, sha256, kind } of filesRead) {
      const local = path && kind !== 'content' && kind !== 'network';
      if (local && !written.has(path) && !files.has(path)) {
        files.set(path, {
          path,
          sha256,
          n,
          module: modulesRead?.has(path) ?? false,
          folder: kind === 'directory'
        });
      }
    }
    filesWritten.forEach(({ path }) => written.add(path));
  }
  return { files: [...files.values()], written: [...written] };
}

function madeIn({ effects }: ISelection['history']): string[] {
  const paths = [...effects.values()].flatMap(({ filesWritten }) => filesWritten);
  return [...new Set(paths.map(({ path }) => path))];
}

/** What the session last set by `%config InlineBackend.figure_format` or `set_matplotlib_formats`. */
function figureFormats({ executions }: ISelection['whole']): string[] {
  const set = /InlineBackend\.figure_formats?\s*=(.*)|set_matplotlib_formats\(([^)]*)\)/g;
  const [last] = executions.flatMap(({ source }) => [...(source ?? '').matchAll(set)]).slice(-1);
  const named = (last?.[1] ?? last?.[2] ?? '').match(/\b(?:png2x|png|retina|svg|jpe?g)\b/g);
  return named ?? ['png'];
}

/** Those that the record has; what is withheld from it is not known. */
function recorded(variables: Readonly<Record<string, string | null>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter(
      (entry): entry is [string, string] => entry[1] !== null && !/withheld/i.test(entry[1])
    )
  );
}

/** The folder that holds a path. */
function above(path: string): string {
  const folder = path.replace(/[\\/][^\\/]*$/, '');
  return folder === '' || /^[A-Za-z]:$/.test(folder) ? path.slice(0, folder.length + 1) : folder;
}
