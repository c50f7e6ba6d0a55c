/**
 * Modules of the user's own that IPython loaded anew by itself, because they had been edited (`%autoreload`).
 *
 * #### Notes
 * It happens before a cell, and leaves nothing in that cell's source. A record has that a cell wrote the
 * file, so that the next one got it, or, where somebody edited it elsewhere, another content of the module
 * after the execution that got it.
 */

import { isEvent, type JsonObject } from '../runlog/index.js';

/** See above. */
export interface IReload {
  /** The module's full name, and its file. */
  readonly module: string;
  readonly path: string;
  /** The execution before which it was loaded anew. */
  readonly before: number;
  /** The execution that wrote the file; undefined: none did. */
  readonly writer: number | undefined;
  /** What it was from there on; undefined where the record lacks it. */
  readonly source: string | undefined;
}

/**
 * Finds the reloads of a session, in their order.
 *
 * @param blob - the text of a blob by its hash, or undefined where it is missing
 */
export async function readReloads(
  events: ReadonlyArray<JsonObject>,
  blob: (sha256: string) => Promise<string | undefined>
): Promise<IReload[]> {
  const imported = importsOf(events);
  const known = new Map<string, string>();
  const reloads: IReload[] = [];
  let on = false;
  let loads = '';
  for (const event of events) {
    if (isEvent(event, 'cell_start')) {
      loads = event.source ?? '';
      on = modeOf(loads) ?? on;
    } else if (isEvent(event, 'output') && event.cell && event.sha256) {
      const { cell, path, sha256 } = event;
      for (const [module, at] of imported) {
        if (at.path === path && at.n <= cell && known.get(module) !== sha256) {
          if (on && at.n < cell) {
            reloads.push({ module, path, before: cell + 1, writer: cell, source: undefined });
          }
          known.set(module, sha256);
        }
      }
    } else if (isEvent(event, 'modules')) {
      for (const [module, { path, sha256, kept }] of Object.entries(event.modules ?? {})) {
        const first = imported.get(module)?.n === event.n;
        if (
          on &&
          !first &&
          path &&
          sha256 &&
          known.get(module) !== sha256 &&
          !RELOADS.test(loads)
        ) {
          const source = kept ? await blob(sha256) : undefined;
          reloads.push({ module, path, before: event.n, writer: undefined, source });
        }
        if (sha256) {
          known.set(module, sha256);
        }
      }
    }
  }
  return reloads;
}

/** The execution that imported each of the modules first. */
function importsOf(
  events: ReadonlyArray<JsonObject>
): ReadonlyMap<string, { readonly n: number; readonly path: string }> {
  const imported = new Map<string, { n: number; path: string }>();
  for (const event of events.filter(one => isEvent(one, 'modules'))) {
    for (const [module, { path }] of Object.entries(event.modules ?? {})) {
      if (path && !imported.has(module)) {
        imported.set(module, { n: event.n, path });
      }
    }
  }
  return imported;
}

/** A cell that loads modules anew itself does so in the script too. */
const RELOADS = /\breload\s*\(/;

/** Whether a cell has modules loaded anew from now on; undefined: it says nothing of it. */
function modeOf(source: string): boolean | undefined {
  const mode = [...source.matchAll(/^[ \t]*%autoreload\b[ \t]*(\w*)/gm)].at(-1)?.[1];
  return mode === undefined ? undefined : !/^(?:0|off)$/.test(mode);
}

/**
 * The reloads that belong before each of some executions: those since the one before it, of each module
 * the last.
 *
 * @param executions - their numbers, in order
 */
export function reloadsBefore(
  executions: ReadonlyArray<number>,
  reloads: ReadonlyArray<IReload>
): ReadonlyMap<number, ReadonlyArray<IReload>> {
  const found = new Map<number, Map<string, IReload>>();
  for (const reload of reloads) {
    const n = executions.find(one => one >= reload.before);
    if (n !== undefined && n > (executions[0] ?? n)) {
      found.set(n, (found.get(n) ?? new Map<string, IReload>()).set(reload.module, reload));
    }
  }
  return new Map([...found].map(([n, modules]) => [n, [...modules.values()]]));
}
