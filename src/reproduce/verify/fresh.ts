/**
 * Values that are new each time: durations that a function keeps, ids that the system makes up, and
 * names and texts that are made with them.
 *
 * #### Notes
 * Told from two replays that disagree about them, in cells that look at a clock, ask the system, or use
 * what such a cell defined. Arrays and objects of libraries are never counted as such: they are results.
 */

import type { IPlayed, IPlayedCell } from './played.js';
import { asksSystem, readsClock } from './traits.js';

/** See above: which variables and texts, by {@link freshKey}. */
export type Fresh = ReadonlySet<string>;

/** What stands in a {@link Fresh} for a variable, a stream or a display of the cell at a place. */
export function freshKey(at: number, kind: 'variable' | 'output', name: string): string {
  return `${at} ${kind} ${name}`;
}

/** Whether a value, as it is shown, may be a moment, a duration or something computed from one. */
export function mayBeTime(text: string): boolean {
  return /^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(text) || /\d+:\d\d|\d{4}-\d\d|date|time/i.test(text);
}

/** Finds them in replays under the same conditions; none where there is one replay only. Pure. */
export function freshIn(replays: ReadonlyArray<IPlayed>): Fresh {
  const found = new Set<string>();
  const [first, ...others] = replays;
  /** Names whose use makes a cell one that may come to something new each time. */
  const restless = new Set<string>();
  /** Files whose names are new each time. */
  const renewed = new Set<string>();
  first.cells.forEach((cell, at) => {
    const { source, reads, values } = cell;
    const asks = readsClock(source) || asksSystem(source);
    const twins = others.map(({ cells }) => cells[at]).filter(twin => twin !== undefined);
    const near = asks || [...reads].some(name => restless.has(name));
    for (const path of near ? cell.files.keys() : []) {
      if (twins.some(({ files }) => !files.has(path))) {
        renewed.add(path.replace(/^.*[\\/]/, ''));
      }
    }
    for (const [name, { fingerprint, text }] of values) {
      const other = twins.some(twin => twin.values.get(name)?.fingerprint !== fingerprint);
      const named = [...renewed].some(file => text.includes(file));
      if (other && (named || (near && mayBeFresh(text)))) {
        found.add(freshKey(at, 'variable', name));
        restless.add(name);
      } else if (near && /^(?:function|class|partial|method|\w*_wrapper)\b/.test(text)) {
        restless.add(name);
      }
    }
    (near ? twins : []).forEach(twin =>
      shownIn(cell, twin).forEach(name => found.add(freshKey(at, 'output', name)))
    );
  });
  return found;
}

/** The texts that two replays of a cell show, and that are not the same. */
function shownIn(one: IPlayedCell, other: IPlayedCell): string[] {
  const streams = [...one.outputs].filter(([name, text]) => other.outputs.get(name) !== text);
  const displays = one.displays.map(({ text }, index) =>
    text === other.displays[index]?.text ? '' : `display ${index + 1}`
  );
  return [...streams.map(([name]) => name), ...displays.filter(Boolean)];
}

/** Numbers, texts, and what holds them. */
function mayBeFresh(text: string): boolean {
  const holders =
    /^(?:b?['"[({]|(?:dict|list|tuple|set|frozenset|deque|defaultdict|OrderedDict|Counter|(?:Simple)?Namespace|\w*Path|UUID|DataFrame|Series)\b)/;
  return holders.test(text) || mayBeTime(text);
}
