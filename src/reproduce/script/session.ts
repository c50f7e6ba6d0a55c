/**
 * What the writer of a script must know of all of its cells before it writes the first.
 */

import { sourcesOf } from '../execution.js';
import type { IHistory } from '../history.js';
import { reloadsBefore, type IReload } from '../reloads.js';
import { namesOf } from './cell.js';
import { waits } from './waiting.js';

/** What every cell of a script shares. */
export interface ISession {
  readonly nb: string;
  readonly names: ReadonlySet<string>;
  readonly modules: ReadonlySet<string>;
  readonly numbered: boolean;
  /** Whether cells call `display`. */
  readonly displays: boolean;
  /** The execution from which on there may be figures. */
  readonly figuresFrom: number;
  /** The execution with which pandas is imported; undefined where it is not. */
  readonly framesFrom: number | undefined;
  /** See `waits`. */
  readonly waits: ReadonlyMap<number, string>;
  /** See `reloadsBefore`. */
  readonly reloads: ReadonlyMap<number, ReadonlyArray<IReload>>;
  readonly features: Set<string>;
  readonly untranslated: Map<string, string[]>;
  readonly problems: string[];
}

/** Looks over the cells of a script. */
export function survey(history: IHistory): ISession {
  const sources = history.executions.flatMap(sourcesOf);
  const text = sources.join('\n');
  let nb = '_nb';
  while (text.includes(nb)) {
    nb += '_';
  }
  const names = new Set<string>();
  const modules = new Set<string>();
  for (const source of sources) {
    const mentioned = namesOf(source, nb);
    mentioned.names.forEach(name => names.add(name));
    mentioned.modules.forEach(name => modules.add(name));
  }
  names.delete(nb);
  return {
    nb,
    names,
    modules,
    numbered: usesResults(names, text),
    displays: names.has('display') && /(?<![\w.])display\s*\(|display\s*[,)\]]/.test(text),
    figuresFrom: firstFigures(history),
    framesFrom: firstFrames(history),
    waits: waits(history.executions),
    reloads: reloadsBefore(
      history.executions.map(({ n }) => n),
      history.reloads
    ),
    features: new Set(),
    untranslated: new Map(),
    problems: []
  };
}

/** Whether cells use the results that IPython keeps. `_` is also a name for what nobody needs. */
function usesResults(names: ReadonlySet<string>, text: string): boolean {
  const thrownAway = /\b_\s*(?:,|=(?!=)|in\b)|,\s*_\b|\bas\s+_\b|\blambda[^:\n]*\b_\b/.test(text);
  return [...names].some(
    name => /^(?:Out|_oh|__|___|_\d+)$/.test(name) || (name === '_' && !thrownAway)
  );
}

function firstFigures({ imports, executions }: IHistory): number {
  const imported = imports.filter(
    ({ n, packages }) => n > 0 && Object.hasOwn(packages, 'matplotlib')
  );
  const drawing = executions.filter(execution =>
    sourcesOf(execution).some(source => /\b(?:matplotlib|pyplot|pylab|seaborn)\b/.test(source))
  );
  return Math.min(...[...imported, ...drawing].map(({ n }) => n));
}

function firstFrames({ imports, executions }: IHistory): number | undefined {
  const [first] = imports
    .filter(({ n, packages }) => n > 0 && Object.hasOwn(packages, 'pandas'))
    .map(({ n }) => n)
    .sort((a, b) => a - b);
  return first === undefined ? undefined : executions.find(({ n }) => n >= first)?.n;
}
