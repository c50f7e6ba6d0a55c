import type { TranslationBundle } from '@jupyterlab/translation';
import { lazy, type JSX } from 'react';
import { Boundary } from '../boundary.js';
import type { XAxis } from '../plot/axis.js';
import { groupMetrics } from '../plot/groups.js';
import { useChanges } from '../react.js';
import type { IRun } from '../store/protocol.js';
import type { RunModel } from './model.js';
import { System } from './system.js';

const Charts = lazy(() => import('../plot/charts.js'));

/** One chart for each metric, grouped by what the metrics' names begin with. */
export function Plots(props: {
  model: RunModel;
  run: IRun;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, run, trans } = props;
  useChanges(model.series.metricsChanged);
  const metrics = new Set([...Object.keys(run.metrics), ...model.series.points.keys()]);
  const start = run.started ? Date.parse(run.started) / 1000 : undefined;
  const system = (
    <Boundary loading="" failed={trans.__('The charts could not be loaded: reload the page.')}>
      <System model={model} start={start} trans={trans} />
    </Boundary>
  );
  if (metrics.size === 0) {
    return (
      <>
        <div className="bt-Empty" role="status">
          <h3>{trans.__('No metrics')}</h3>
          <p>
            {trans.__(
              'Log one in a cell, for instance by backtrail.log(loss=0.3): it is drawn here.'
            )}
          </p>
        </div>
        {system}
      </>
    );
  }
  return (
    <>
      <fieldset className="bt-Axis">
        <legend>{trans.__('Horizontal axis')}</legend>
        {(['step', 'time'] as const).map((axis: XAxis) => (
          <label key={axis}>
            <input
              type="radio"
              name={`bt-axis-${model.id}`}
              checked={model.axis === axis}
              onChange={() => {
                model.axis = axis;
              }}
            />
            <span>{axis === 'step' ? trans.__('Step') : trans.__('Time')}</span>
          </label>
        ))}
      </fieldset>
      {model.series.error && (
        <p className="bt-Notice" role="alert">
          {model.series.error}
        </p>
      )}
      <Boundary
        loading={trans.__('Loading the charts…')}
        failed={trans.__('The charts could not be loaded: reload the page.')}
      >
        {groupMetrics(metrics).map(group => (
          <section key={group.prefix} className="bt-Group">
            {group.prefix && <h3>{group.prefix}</h3>}
            <Charts
              series={model.series}
              metrics={group.metrics}
              size="large"
              axis={model.axis}
              start={start}
              live={model.visible}
              trans={trans}
            />
          </section>
        ))}
      </Boundary>
      {system}
    </>
  );
}
