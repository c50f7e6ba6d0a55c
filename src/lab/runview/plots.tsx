import type { TranslationBundle } from '@jupyterlab/translation';
import { lazy, useEffect, useMemo, useState, type JSX } from 'react';
import { Boundary } from '../boundary.js';
import { plotChoice } from '../plot/choice.js';
import { groupMetrics } from '../plot/groups.js';
import { HoverGroup } from '../plot/hover.js';
import { marksOf, type IMark } from '../plot/marks.js';
import { PlotToolbar } from '../plot/toolbar.js';
import { split, Values } from '../plot/values.js';
import { useChanges } from '../react.js';
import type { IRun } from '../store/protocol.js';
import type { RunModel } from './model.js';
import { System } from './system.js';

const Charts = lazy(() => import('../plot/charts.js'));

/** How many charts are shown before one asks for more, and how many more are not worth the asking. */
const SHOWN = 24;
const FEW = 12;

/** One chart for each metric, grouped by what the metrics' names begin with. */
export function Plots(props: {
  model: RunModel;
  run: IRun;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, run, trans } = props;
  useChanges(model.series.metricsChanged);
  useChanges(plotChoice.changed);
  const marks = useMarks(model, run);
  const hover = useMemo(() => new HoverGroup(), []);
  const [shown, setShown] = useState(SHOWN);
  const [text, setText] = useState('');
  const all = [...new Set([...Object.keys(run.metrics), ...model.series.points.keys()])];
  const found = all.filter(metric => metric.toLowerCase().includes(text.toLowerCase()));
  const count = found.length <= shown + FEW ? found.length : shown;
  const start = run.started ? Date.parse(run.started) / 1000 : undefined;
  const system = (
    <Boundary loading="" failed={trans.__('The charts could not be loaded: reload the page.')}>
      <System model={model} start={start} trans={trans} />
    </Boundary>
  );
  if (all.length === 0) {
    return (
      <>
        <div className="bt-Empty" role="status">
          <h3>{trans.__('No metrics')}</h3>
          <p>
            {trans.__(
              'What a cell prints or logs is drawn here, for instance %1.',
              run.kernel?.language === 'python'
                ? 'backtrail.log(loss=0.3)'
                : 'backtrail.log({ loss: 0.3 })'
            )}
          </p>
        </div>
        {system}
      </>
    );
  }
  return (
    <>
      <PlotToolbar choice={plotChoice} trans={trans} />
      {all.length > SHOWN && (
        <input
          type="search"
          className="jp-mod-styled bt-Filter"
          placeholder={trans.__('Filter %1 metrics', all.length)}
          aria-label={trans.__('Filter the metrics')}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
      )}
      {model.series.error && (
        <p className="bt-Notice" role="alert">
          {model.series.error}
        </p>
      )}
      <Boundary
        loading={trans.__('Loading the charts…')}
        failed={trans.__('The charts could not be loaded: reload the page.')}
      >
        {groupMetrics(found.slice(0, count)).map(group => {
          const { lines, values } = split(group.metrics, run.metrics);
          return (
            <section key={group.prefix} className="bt-Group">
              {group.prefix && <h3>{group.prefix}</h3>}
              <Values metrics={values} of={run.metrics} trans={trans} />
              <Charts
                series={model.series}
                metrics={lines}
                size="large"
                choice={plotChoice.value}
                start={start}
                live={model.visible}
                marks={marks}
                hover={hover}
                trans={trans}
              />
            </section>
          );
        })}
      </Boundary>
      {found.length === 0 && (
        <p className="bt-Wait" role="status">
          {trans.__('No metric has “%1” in its name.', text)}
        </p>
      )}
      {found.length > count && (
        <button type="button" className="bt-Link" onClick={() => setShown(shown + 2 * SHOWN)}>
          {trans.__('Show more: %1 of %2 metrics are shown', count, found.length)}
        </button>
      )}
      {system}
    </>
  );
}

/** What is marked in the charts of a run; asked for again when it has more cells. */
function useMarks(model: RunModel, run: IRun): readonly IMark[] {
  const [marks, setMarks] = useState<readonly IMark[]>([]);
  const { hasMarks } = plotChoice.value;
  const params = JSON.stringify(run.params);
  useEffect(() => {
    let isCurrent = true;
    if (hasMarks) {
      model.store.client.log(run.id).then(
        log => isCurrent && setMarks(marksOf(run, log)),
        // Without marks the charts are still what they are.
        () => undefined
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [model, run.id, run.cells.length, params, hasMarks]);
  return marks;
}
