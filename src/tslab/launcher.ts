/**
 * Starts a kernel of tslab that is recorded from its beginning, wherever it is started from: the program of
 * the kernels that `backtrail kernelspec install` makes known to Jupyter.
 *
 * #### Notes
 * Not by NODE_OPTIONS, which every child process of a notebook would inherit. Whatever goes wrong with the
 * tracker, the kernel starts.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { install, recording } from './register.js';
import { findTslab } from './replay/find.js';

/** What tslab's `main.js` gives; its author keeps it as it is. */
interface IMain {
  startKernel: (options: {
    configPath: string;
    enableFindLocal: boolean;
    jsKernel: boolean;
    globalVersion: string;
  }) => void;
}

function main(): void {
  const words = process.argv;
  const option = (name: string): string | undefined => {
    const at = words.indexOf(name);
    return at < 0 ? undefined : words[at + 1];
  };
  const folder = findTslab(option('--tslab'), process.cwd(), __filename);
  if (folder === undefined) {
    process.stderr.write(
      'tslab was not found where it was, in the folder of the notebook or on the path: install it there.\n'
    );
    process.exit(1);
  }
  guarded(() => install());
  const load = createRequire(join(folder, 'package.json'));
  const { startKernel } = load('./dist/main.js') as IMain;
  startKernel({
    configPath: option('--config-path') ?? '',
    enableFindLocal: true,
    jsKernel: words.includes('--js'),
    globalVersion: ''
  });
  // The copy that is at work may be another one, beside the notebook. No message was read yet.
  guarded(() => {
    const { state, message } = recording().attach('{}');
    if (state === 'failed') {
      process.stderr.write(`${message ?? ''}\n`);
    }
  });
}

function guarded(run: () => unknown): void {
  try {
    run();
  } catch {
    // A kernel that cannot be recorded is left alone.
  }
}

main();
