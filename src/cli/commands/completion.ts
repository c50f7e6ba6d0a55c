import { commonOptions, exit, type ICommand, usageError } from '../command.js';
import { completionFor, shells } from '../completion.js';

/** `backtrail completion`, which completes all other commands. */
export function completionOf(others: readonly ICommand[]): ICommand {
  const completion: ICommand = {
    name: 'completion',
    usage: shells.join('|'),
    does: 'Prints what a shell needs to complete commands and options.',
    options: [],
    run: call => {
      const shell = shells.find(name => name === call.words[0]);
      if (!shell || call.words.length > 1) {
        throw usageError(`For which shell? It is one of ${shells.join(', ')}.`);
      }
      call.print(completionFor(shell, [...others, completion], commonOptions));
      return exit.ok;
    }
  };
  return completion;
}
