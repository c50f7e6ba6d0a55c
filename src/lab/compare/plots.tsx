import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useMemo, useState, type JSX } from 'react';
import type { IMaterial } from '../../runlog/compare.js';
import type { XAxis } from '../plot/axis.js';
import { groupMetrics } from '../plot/groups.js';
import { runStyle } from '../plot/palette.js';
import { Shortened } from '../shortened.js';
import type { IPoints } from '../store/series.js';
import { runTitle } from '../store/title.js';
import { RunMark } from './mark.js';
import type { CompareModel } from './model.js';
import { overlayOf, type IOverlaid } from './overlay.js';
import { Plot } from './plot.js';

/** How many charts are shown before one asks for more. */
const SHOWN = 12;

/** The metrics of the runs, the lines of one metric in one chart. */
export default function ComparePlots(props: {
  model: CompareModel;
  materials: readonly IMaterial[];
  trans: TranslationBundle;
}): JSX.Element {
  const { model, materials, trans } = props;
  const [axis, setAxis] = useState<XAxis>('step');
  const [shown, setShown] = useState(SHOWN);
  const [filter, setFilter] = useState('');
  const all = useMemo(
    () => [...new Set(materials.flatMap(({ run }) => Object.keys(run.metrics)))],
    [materials]
  );
  const found = all.filter(metric => metric.toLowerCase().includes(filter.toLowerCase()));
  const metrics = found.slice(0, shown);
  const { series, error } = useSeries(model, materials, metrics);
  if (all.length === 0) {
    return (
      <div className="bt-Empty" role="status">
        <h3>{trans.__('No metrics')}</h3>
        <p>{trans.__('None of these runs has a metric.')}</p>
      </div>
    );
  }
  return (
    <>
      <div className="bt-Compare-tools">
        <fieldset className="bt-Axis">
          <legend>{trans.__('Horizontal axis')}</legend>
          {(['step', 'time'] as const).map(one => (
            <label key={one}>
              <input
                type="radio"
                name={`bt-compare-axis-${model.ids.join()}`}
                checked={axis === one}
                onChange={() => setAxis(one)}
              />
              <span>{one === 'step' ? trans.__('Step') : trans.__('Time')}</span>
            </label>
          ))}
        </fieldset>
        {all.length > SHOWN && (
          <input
            type="search"
            className="jp-mod-styled bt-Filter"
            placeholder={trans.__('Filter metrics')}
            aria-label={trans.__('Filter metrics')}
            value={filter}
            onChange={event => setFilter(event.currentTarget.value)}
          />
        )}
        <ul className="bt-Legend" aria-label={trans.__('Runs')}>
          {materials.map(({ run }) => (
            <li key={run.id} title={runTitle(run)}>
              <RunMark at={model.ids.indexOf(run.id)} />
              <Shortened text={runTitle(run)} />
            </li>
          ))}
        </ul>
      </div>
      {error && (
        <p className="bt-Notice" role="alert">
          {error}
        </p>
      )}
      {groupMetrics(metrics).map(group => (
        <section key={group.prefix} className="bt-Group">
          {group.prefix && <h3>{group.prefix}</h3>}
          <div className="bt-Charts" data-size="large">
            {group.metrics.map(metric => (
              <Overlay
                key={metric}
                metric={metric}
                axis={axis}
                model={model}
                materials={materials}
                series={series}
                trans={trans}
              />
            ))}
          </div>
        </section>
      ))}
      {found.length > shown && (
        <button type="button" className="bt-Link" onClick={() => setShown(shown + SHOWN)}>
          {trans.__('Show more of the %1 metrics', found.length)}
        </button>
      )}
    </>
  );
}

/** The points of metrics by the id of the run. */
type SeriesByRun = ReadonlyMap<string, ReadonlyMap<string, IPoints>>;

/** The points of some metrics of the runs, asked for anew whenever the runs were. */
function useSeries(
  model: CompareModel,
  materials: readonly IMaterial[],
  metrics: readonly string[]
): { series: SeriesByRun; error: string } {
  const [series, setSeries] = useState<SeriesByRun>(new Map());
  const [error, setError] = useState('');
  const wanted = JSON.stringify(metrics);
  useEffect(() => {
    let isCurrent = true;
    const read = materials.map(async ({ run }) => {
      const own = metrics.filter(metric => Object.hasOwn(run.metrics, metric));
      const points = own.length > 0 ? await model.series(run.id, own) : new Map<string, IPoints>();
      return [run.id, points] as const;
    });
    Promise.all(read).then(
      all => {
        if (isCurrent) {
          setSeries(new Map(all));
          setError('');
        }
      },
      (reason: unknown) =>
        isCurrent && setError(reason instanceof Error ? reason.message : String(reason))
    );
    return () => {
      isCurrent = false;
    };
  }, [model, materials, wanted]);
  return { series, error };
}

function Overlay(props: {
  metric: string;
  axis: XAxis;
  model: CompareModel;
  materials: readonly IMaterial[];
  series: SeriesByRun;
  trans: TranslationBundle;
}): JSX.Element {
  const { metric, axis, model, materials, series, trans } = props;
  const figure = useMemo(() => {
    const lines = materials.flatMap(({ run }): IOverlaid[] => {
      const points = series.get(run.id)?.get(metric);
      return points && points.value.length > 0
        ? [
            {
              title: runTitle(run),
              style: runStyle(model.ids.indexOf(run.id)),
              points,
              start: run.started ? Date.parse(run.started) / 1000 : points.time[0]
            }
          ]
        : [];
    });
    return overlayOf(metric, lines, axis, axis === 'step' ? trans.__('step') : trans.__('time'));
  }, [metric, axis, model, materials, series, trans]);
  return (
    <figure className="bt-Chart" data-metric={metric}>
      <figcaption>
        <span className="bt-Chart-name" title={metric}>
          <Shortened text={metric} />
        </span>
      </figcaption>
      <Plot figure={figure} label={trans.__('Chart of %1', metric)} trans={trans} />
    </figure>
  );
}
