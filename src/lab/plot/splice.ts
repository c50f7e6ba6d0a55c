import type { IPoints } from '../store/series.js';

/**
 * Points of which a part was asked for in more detail: the others stay around it.
 *
 * #### Notes
 * Where steps go back it is not known which points the part stands for, and all stay as they are.
 */
export function spliced(points: IPoints, part: IPoints): IPoints {
  const { step } = part;
  const isRising = (steps: readonly number[]): boolean =>
    steps.every((one, at) => at === 0 || one >= steps[at - 1]);
  if (step.length === 0 || !isRising(step) || !isRising(points.step)) {
    return points;
  }
  const from = points.step.findIndex(one => one >= step[0]);
  const head = from < 0 ? points.step.length : from;
  const behind = points.step.findIndex(one => one > step[step.length - 1]);
  const tail = behind < 0 ? points.step.length : behind;
  const join = (all: readonly number[], own: readonly number[]): number[] => [
    ...all.slice(0, head),
    ...own,
    ...all.slice(tail)
  ];
  return {
    step: join(points.step, step),
    time: join(points.time, part.time),
    value: join(points.value, part.value),
    count: points.count
  };
}
