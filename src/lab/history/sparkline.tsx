import { memo, useEffect, useRef, useState, type JSX } from 'react';
import { pointsOf } from '../store/series.js';
import type { IRunStore } from '../tokens.js';
import { sparklinePath } from './sparkpath.js';

/** How wide the line is, in pixels. */
export const SPARKLINE_WIDTH = 48;
const HEIGHT = 16;

/** Rows that are only scrolled past need no line: for so long the table has to stand still; milliseconds. */
const FIRST = 120;

/** When something around small lines was scrolled last, in milliseconds of the page. */
let scrolled = -Infinity;

/** Says that rows move: no line is asked for meanwhile. */
export function onScrolled(): void {
  scrolled = performance.now();
}

/** How long a line of a run that goes on may be behind; milliseconds. */
const AGAIN = 1000;

/** A small line that shows how a metric went. Decoration: the value stands beside it. */
export const Sparkline = memo(function Sparkline(props: {
  store: IRunStore;
  run: string;
  metric: string;
  /** How many points the metric has; when that changes, the line is renewed. */
  count: number;
}): JSX.Element {
  const { store, run, metric, count } = props;
  const [path, setPath] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      setPath('');
    },
    [store, run, metric]
  );
  useEffect(() => {
    const ask = (): void => {
      const still = performance.now() - scrolled;
      if (still < FIRST) {
        timer.current = setTimeout(ask, FIRST - still);
        return;
      }
      timer.current = undefined;
      store.client.series(run, SPARKLINE_WIDTH / 2, [metric]).then(
        series => {
          if (metric in series) {
            setPath(sparklinePath(pointsOf(series[metric]), SPARKLINE_WIDTH, HEIGHT));
          }
        },
        () => undefined
      );
    };
    // What is under way will see the points that came meanwhile.
    timer.current ??= setTimeout(ask, path ? AGAIN : FIRST);
  }, [store, run, metric, count]);
  return (
    <svg className="bt-Sparkline" width={SPARKLINE_WIDTH} height={HEIGHT} aria-hidden="true">
      <path d={path} />
    </svg>
  );
});
