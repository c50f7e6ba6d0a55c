import { isEvent, readLines, type RunSummary } from '../../runlog/index.js';
import type { IRunLog } from '../store/protocol.js';
import type { IPoints } from '../store/series.js';
import type { XAxis } from './axis.js';

/** Something that happened during a run. */
export interface IMark {
  /** Seconds since 1970. */
  readonly time: number;
  readonly kind: 'cell' | 'param';
  readonly label: string;
}

/** From this many on, cells are not marked: the lines would hide the metric. */
const MOST = 40;

/** Where cells of a run began, and where params were changed that it had already. */
export function marksOf(
  run: Pick<RunSummary, 'id' | 'session' | 'cells'>,
  { logs }: Pick<IRunLog, 'logs'>
): readonly IMark[] {
  const text = logs.find(log => log.id === run.session)?.text ?? '';
  const own = new Set(run.cells.map(({ n }) => n));
  const cells: IMark[] = [];
  const params: IMark[] = [];
  const known = new Map<string, string>();
  for (const line of readLines(text).events) {
    if (isEvent(line, 'cell_start') && own.has(line.n)) {
      const count = run.cells.find(({ n }) => n === line.n)?.count ?? line.n;
      cells.push({ time: Date.parse(line.time) / 1000, kind: 'cell', label: `[${count}]` });
    } else if (isEvent(line, 'param') && line.run === run.id) {
      const value = JSON.stringify(line.value);
      const before = known.get(line.key);
      if (before !== undefined && before !== value) {
        const label = `${line.key} ${before} → ${value}`;
        params.push({ time: Date.parse(line.time) / 1000, kind: 'param', label });
      }
      known.set(line.key, value);
    }
  }
  return [...(cells.length > MOST ? [] : cells), ...params.slice(0, MOST)];
}

/**
 * Where a mark stands on the horizontal axis of a chart; undefined outside of its points.
 *
 * @param at - turns a time into a place on an axis that counts time
 */
export function placeOf(
  mark: IMark,
  points: IPoints,
  axis: XAxis,
  at: (time: number) => number
): number | undefined {
  const { time, step } = points;
  const next = time.findIndex(one => one >= mark.time);
  if (next <= 0) {
    // Before the first point nothing can be told apart; behind the last one nothing was logged.
    return undefined;
  }
  if (axis !== 'step') {
    return at(mark.time);
  }
  const [from, to] = [time[next - 1], time[next]];
  const share = to > from ? (mark.time - from) / (to - from) : 1;
  return step[next - 1] + share * (step[next] - step[next - 1]);
}
