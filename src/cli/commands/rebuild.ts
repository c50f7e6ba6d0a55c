import { join } from 'node:path';
import { isEmptyRun } from '../../runlog/index.js';
import { cachePath, dropCache } from '../catalog/cachefile.js';
import { exit, usageError, type ICommand } from '../command.js';
import { replaceFile } from '../files.js';
import { notebookPlaces } from '../folders.js';
import { progressOn } from '../progress.js';
import { reason } from '../reason.js';
import { allRuns, type Notebook, openNotebooks } from '../store.js';

/** `backtrail rebuild` */
export const rebuild: ICommand = {
  name: 'rebuild',
  usage: '',
  does: 'Writes run.json of every run anew, from the logs.',
  options: [],
  run: call => {
    if (call.words.length) {
      throw usageError('`rebuild` takes no words: --root says where.');
    }
    const written: string[] = [];
    const failed = new Set<Notebook>();
    for (const { folder } of notebookPlaces(call)) {
      dropCache(cachePath(folder, call.environment));
    }
    const progress = progressOn(process.stderr, 'Writing summaries');
    const runs = allRuns(openNotebooks(call));
    for (const [index, { id, notebook }] of runs.entries()) {
      progress.tell(index, runs.length);
      const summary = notebook.summary(id);
      // A run that recorded nothing has no folder, and gets none.
      if (isEmptyRun(summary)) {
        continue;
      }
      const path = join(notebook.place.folder, id, 'run.json');
      try {
        replaceFile(path, `${JSON.stringify(summary, null, 1)}\n`);
      } catch (error) {
        progress.end();
        // Once for each notebook: where one cannot be written, the others of a read-only folder cannot either.
        if (!failed.has(notebook)) {
          failed.add(notebook);
          call.say(`${path} cannot be written: ${reason(error)}.`);
        }
        continue;
      }
      written.push(path);
    }
    progress.end();
    const summaries = written.length === 1 ? 'summary' : 'summaries';
    call.print(
      call.flag('json')
        ? `${JSON.stringify({ written }, null, 1)}\n`
        : `${written.length} ${summaries} written.\n`
    );
    return failed.size ? exit.inputOutput : exit.ok;
  }
};
