/**
 * Every run that a call looks at, as lists and filters need them.
 */

import type { ICall } from '../command.js';
import { notebookPlaces, type INotebookFolder } from '../folders.js';
import { partOf, progressOn } from '../progress.js';
import { reason } from '../reason.js';
import { cachePath } from './cachefile.js';
import { NotebookCatalog } from './notebookcatalog.js';
import type { ListedRun } from './packing.js';

/** The runs of some notebooks. */
export class Catalog {
  constructor(notebooks: Iterable<NotebookCatalog>) {
    for (const notebook of notebooks) {
      for (const run of notebook.runs()) {
        this._runs.push(run);
        this._homes.set(run, notebook);
      }
    }
    this._runs.sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** Every run, newest first. */
  runs(): ListedRun[] {
    return this._runs;
  }

  /** The folder of a run's notebook. */
  placeOf(run: ListedRun): INotebookFolder {
    return this._home(run).place;
  }

  /** The logs that say something of a run. */
  logsOf(run: ListedRun): Set<string> {
    return this._home(run).logsOf(run);
  }

  private _home(run: ListedRun): NotebookCatalog {
    const home = this._homes.get(run);
    if (home === undefined) {
      throw new Error(`The run ${run.id} is of another catalog.`);
    }
    return home;
  }

  private readonly _runs: ListedRun[] = [];
  private readonly _homes = new Map<ListedRun, NotebookCatalog>();
}

/** Reads what a call looks at. What cannot be read is said, and the rest is read. */
export function openCatalog(call: ICall): Catalog {
  const progress = progressOn(process.stderr, 'Reading runs');
  const notebooks = notebookPlaces(call).flatMap((place, index, { length }) => {
    try {
      const cache = cachePath(place.folder, call.environment);
      return [new NotebookCatalog(place, cache, partOf(progress.tell, index, length))];
    } catch (error) {
      progress.end();
      call.say(`${place.folder} cannot be read: ${reason(error)}.`);
      return [];
    }
  });
  progress.end();
  const catalog = new Catalog(notebooks);
  const damaged = catalog.runs().filter(({ damage }) => damage.lines > 0).length;
  if (damaged) {
    call.say(
      `Lines that are damaged were left out of what is known of ${damaged} ${damaged === 1 ? 'run' : 'runs'}: \`backtrail check\` names them.`
    );
  }
  return catalog;
}
