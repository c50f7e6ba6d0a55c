import type { TranslationBundle } from '@jupyterlab/translation';
import { lazy, useEffect, type JSX } from 'react';
import { PLAIN_CHOICE } from '../plot/choice.js';
import { useChanges } from '../react.js';
import type { RunModel } from './model.js';

const OVER_TIME = { ...PLAIN_CHOICE, axis: 'time' } as const;

const Charts = lazy(() => import('../plot/charts.js'));

/** What the machine did during the run, over time; nothing for a run without such a record. */
export function System(props: {
  model: RunModel;
  start: number | undefined;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { model, start, trans } = props;
  const { system, visible } = model;
  useChanges(system.metricsChanged);
  useEffect(() => {
    // Which metrics there are is not known before the first answer.
    const watch = visible ? system.watch() : null;
    return () => watch?.dispose();
  }, [system, visible]);
  if (system.points.size === 0) {
    return null;
  }
  return (
    <section className="bt-Group">
      <h3>{trans.__('System')}</h3>
      <Charts
        series={system}
        metrics={[...system.points.keys()]}
        size="large"
        choice={OVER_TIME}
        start={start}
        live={visible}
        unitOf={metric => (/(^|\/)memory$/.test(metric) ? 'bytes' : '')}
        trans={trans}
      />
    </section>
  );
}
