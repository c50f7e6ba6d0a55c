import { isEmptyRun } from '../../runlog/index.js';
import { vocabularyOf } from '../../runlog/filter.js';
import { openCatalog } from '../catalog/catalog.js';
import { commonOptions, exit, type ICall, type ICommand, usageError } from '../command.js';
import { completionFor, shells } from '../completion.js';

/** So many runs are offered, the newest: more are no help. */
const OFFERED = 100;

/** `backtrail completion`, which completes all other commands. */
export function completionOf(others: readonly ICommand[]): ICommand {
  const completion: ICommand = {
    name: 'completion',
    usage: shells.join('|'),
    does: 'Prints what a shell needs to complete commands and options.',
    options: [],
    completes: shells,
    run: call => {
      const [word, more] = call.words;
      // What the scripts ask for while somebody types.
      if ((word === 'runs' || word === 'keys') && more === undefined) {
        const words = word === 'runs' ? runsOf(call) : keysOf(call);
        call.print(words.map(one => `${one}\n`).join(''));
        return exit.ok;
      }
      const shell = shells.find(name => name === word);
      if (!shell || more !== undefined) {
        throw usageError(`For which shell? It is one of ${shells.join(', ')}.`);
      }
      call.print(completionFor(shell, [...others, completion], commonOptions));
      return exit.ok;
    }
  };
  return completion;
}

function runsOf(call: ICall): string[] {
  const runs = openCatalog(call)
    .runs()
    .filter(run => !isEmptyRun(run));
  return runs.length ? ['latest', ...runs.slice(0, OFFERED).map(({ id }) => id)] : [];
}

/** Keys that need no quotation marks: those would have to be quoted once more for the shell. */
function keysOf(call: ICall): string[] {
  return vocabularyOf(openCatalog(call).runs()).keys.filter(key => /^[\w./-]+$/.test(key));
}
