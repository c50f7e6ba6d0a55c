/**
 * The functions a script brings along for what IPython did around the cells.
 *
 * They are Python, in one class of the script, so that a script takes one name of the user's and needs
 * no package. A script gets those that it uses, with what these need.
 */

import { beginning } from './parts/beginning.js';
import { cells } from './parts/cells.js';
import type { Parts } from './parts/part.js';
import { running } from './parts/running.js';
import { shell } from './parts/shell.js';
import { tasks } from './parts/tasks.js';
import { timing } from './parts/timing.js';
import { standIn } from './standin.js';
import { entropy, hashSeed, recorded, restore, variables } from './streams.js';

const parts: Parts = {
  keep: { python: standIn },
  restore: { imports: ['base64', 'json', 'random', 'struct'], python: restore },
  entropy: { python: entropy },
  recorded: { imports: ['os', 'sys'], python: recorded },
  variables: { imports: ['os', 'time'], python: variables },
  hash_seed: { imports: ['os', 'subprocess', 'sys'], python: hashSeed },
  ...beginning,
  ...cells,
  ...tasks,
  ...shell,
  ...running,
  ...timing
};

/** The functions that there are, by their names. */
export const partNames: ReadonlyArray<string> = Object.keys(parts);

/** The class with every function that a script names; empty when it names none. */
export function preamble(script: string, nb: string): string {
  const used = new Set<string>();
  for (const [, name] of script.matchAll(new RegExp(`(?<![\\w.])${nb}\\.(\\w+)`, 'g'))) {
    add(name, used);
  }
  if (used.size === 0) {
    return '';
  }
  const chosen = [...used].sort().map(name => parts[name]);
  const imports = [...new Set(chosen.flatMap(part => part.imports ?? []))].sort();
  const members = chosen.map(part => part.python).filter(python => python !== '');
  const body = [
    '"""What the notebook did around the cells."""\n',
    ...imports.map(name => `import ${name}\n`),
    ...members
  ];
  const type = `class _nb:\n${body.join('').replace(/^(?=[^\n])/gm, '    ')}`;
  const after = used.has('keep') ? '\n\n_nb.keep = _nb.stand_in()' : '';
  return `${type.trimEnd()}${after}`.replace(/\b_nb\b/g, nb);
}

function add(name: string, used: Set<string>): void {
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (part && !used.has(name)) {
    used.add(name);
    part.needs?.forEach(need => add(need, used));
  }
}
