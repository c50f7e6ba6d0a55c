import { exit, usageError, type ICommand } from '../command.js';
import { type INotebookFolder, notebookPlaces } from '../folders.js';
import { checkNotebook, type IFindings } from '../integrity.js';
import { partOf, progressOn, type Tell } from '../progress.js';
import { reason } from '../reason.js';
import { printable } from '../table.js';

/** `backtrail check` */
export const check: ICommand = {
  name: 'check',
  usage: '',
  does: 'Reads every log and every file kept with runs, and says what is damaged.',
  options: [],
  run: call => {
    if (call.words.length) {
      throw usageError('`check` takes no words: --root says where.');
    }
    const progress = progressOn(process.stderr, 'Checking');
    const found = notebookPlaces(call).map((place, index, { length }) =>
      checked(place, partOf(progress.tell, index, length))
    );
    progress.end();
    const damage = found.flatMap(one => one.damage);
    const notes = found.flatMap(one => one.notes);
    const files = found.reduce((sum, one) => sum + one.files, 0);
    if (call.flag('json')) {
      call.print(`${JSON.stringify({ files, damage, notes }, null, 1)}\n`);
    } else {
      for (const { file, what } of [...damage, ...notes]) {
        call.print(`${printable(file)}: ${what}\n`);
      }
      const places = damage.length === 1 ? 'place' : 'places';
      call.print(
        `${files} ${files === 1 ? 'file' : 'files'} read, ${damage.length ? `damage in ${damage.length} ${places}` : 'no damage'}.\n`
      );
    }
    return damage.length ? exit.damage : exit.ok;
  }
};

/** What was found in a notebook's folder; one that cannot be read is damage, and the others are read. */
function checked(place: INotebookFolder, tell: Tell): IFindings {
  try {
    return checkNotebook(place, tell);
  } catch (error) {
    const what = `cannot be read: ${reason(error)}`;
    return { files: 0, damage: [{ file: place.folder, what }], notes: [] };
  }
}
