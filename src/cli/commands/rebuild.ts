import { join } from 'node:path';
import { isEmptyRun } from '../../runlog/index.js';
import { cachePath, dropCache } from '../catalog/cachefile.js';
import { exit, Stop, usageError, type ICommand } from '../command.js';
import { replaceFile } from '../files.js';
import { notebookPlaces } from '../folders.js';
import { reason } from '../reason.js';
import { allRuns, openNotebooks } from '../store.js';

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
    for (const { folder } of notebookPlaces(call)) {
      dropCache(cachePath(folder, call.environment));
    }
    for (const { id, notebook } of allRuns(openNotebooks(call))) {
      const summary = notebook.summary(id);
      // A run that recorded nothing has no folder, and gets none.
      if (isEmptyRun(summary)) {
        continue;
      }
      const path = join(notebook.place.folder, id, 'run.json');
      try {
        replaceFile(path, `${JSON.stringify(summary, null, 1)}\n`);
      } catch (error) {
        throw new Stop(`${path} cannot be written: ${reason(error)}.`, exit.inputOutput);
      }
      written.push(path);
    }
    const summaries = written.length === 1 ? 'summary' : 'summaries';
    call.print(
      call.flag('json')
        ? `${JSON.stringify({ written }, null, 1)}\n`
        : `${written.length} ${summaries} written.\n`
    );
    return exit.ok;
  }
};
