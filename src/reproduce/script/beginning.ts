/**
 * How a script begins: what makes the process that runs it what the kernel was to its cells.
 */

import { sourcesOf } from '../execution.js';
import type { IHistory } from '../history.js';
import { inputsOf } from '../inputs.js';
import { quoted } from './quote.js';
import type { ISession } from './session.js';

/** Gives the script the environment variables of the kernel that results depend on; empty without any. */
export function kernelVariables({ variables }: IHistory, { nb }: ISession): string {
  const lines = Object.entries(variables).map(
    ([name, value]) => `    ${quoted(name)}: ${quoted(value)},`
  );
  return lines.length
    ? [
        '# What libraries compute with, as in the notebook.',
        `${nb}.variables({`,
        ...lines,
        '})'
      ].join('\n')
    : '';
}

/** Has the script recorded where Backtrail is installed. */
export function recorded({ opening, session }: IHistory, { nb }: ISession): string {
  const name = session.notebook.path.split(/[\\/]/).at(-1) ?? '';
  return `${nb}.record(${quoted(opening.run)}, ${quoted(name)})`;
}

/** Has the script look at the files that it reads before it begins. */
export function checkedInputs(history: IHistory, { nb }: ISession): string {
  const lines = inputsOf(history).map(
    ({ path, sha256 }) => `    ${quoted(path)}: ${quoted(sha256)},`
  );
  return lines.length
    ? [
        '# The files that the notebook read, as they were then.',
        `${nb}.inputs({`,
        ...lines,
        '})'
      ].join('\n')
    : '';
}

/** Makes the process what a kernel is to its cells. */
export function surroundings(history: IHistory, { figuresFrom }: ISession): string {
  const lines = [
    '# As in a notebook: modules beside it can be imported, and there is no __file__, so that worker',
    '# processes do not run this script again.',
    '__import__("sys").path.insert(0, "")',
    'del __file__'
  ];
  if (changesModules(history)) {
    lines.push(
      '# Python goes by the second in which a module was written: one that cells change is not kept compiled.',
      '__import__("sys").dont_write_bytecode = True'
    );
  }
  if (Number.isFinite(figuresFrom)) {
    lines.push(
      '# Figures are drawn without a display.',
      '__import__("os").environ.setdefault("MPLBACKEND", "agg")',
      '__import__("warnings").filterwarnings("ignore", ".*non-interactive, and thus cannot be shown")'
    );
  }
  return lines.join('\n');
}

/** Whether cells write modules, or load them anew. */
function changesModules({ executions, effects, reloads }: IHistory): boolean {
  const writes = executions.some(({ n }) =>
    effects.get(n)?.filesWritten.some(({ path }) => path.endsWith('.py'))
  );
  return (
    writes ||
    reloads.length > 0 ||
    executions.some(one => sourcesOf(one).some(source => /\breload\s*\(/.test(source)))
  );
}

/** Names that IPython gives to every cell. */
export function provided({ displays, names, modules, numbered, problems }: ISession): string {
  const lines: string[] = [];
  if (displays && !modules.has('IPython')) {
    lines.push(
      'def display(*objects, **_):',
      '    for value in objects:',
      '        print(repr(value))'
    );
  }
  if (names.has('get_ipython')) {
    problems.push('Cells call get_ipython(), which gives None in a script.');
    if (!modules.has('IPython')) {
      lines.push('def get_ipython():', '    return None');
    }
  }
  if (numbered) {
    lines.push('_ = __ = ___ = ""', 'Out = _oh = {}');
  }
  return lines.join('\n');
}
