import { memo, useEffect, useState, type JSX } from 'react';
import { pointsOf } from '../store/series.js';
import type { IRunStore } from '../tokens.js';
import { sparklinePath } from './sparkpath.js';

const WIDTH = 48;
const HEIGHT = 16;

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
  useEffect(() => {
    let isCurrent = true;
    // A moment's wait: rows that are only scrolled past need no line.
    const timer = setTimeout(
      () => {
        store.client.series(run, WIDTH / 2, [metric]).then(
          series => {
            const wire = series[metric];
            if (isCurrent && wire) {
              setPath(sparklinePath(pointsOf(wire), WIDTH, HEIGHT));
            }
          },
          () => undefined
        );
      },
      path ? 1000 : 120
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [store, run, metric, count]);
  return (
    <svg className="bt-Sparkline" width={WIDTH} height={HEIGHT} aria-hidden="true">
      <path d={path} />
    </svg>
  );
});
