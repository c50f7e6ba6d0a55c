import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import { formatNumber, formatTime, formatValue } from '../format.js';
import { mainMetrics } from '../history/rows.js';
import { useChanges } from '../react.js';
import { statusWord } from '../status.js';
import type { IRunSummary } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import type { LineageModel } from './model.js';
import { Tree, type ITreeActions } from './treeview.js';

/** How many params and metrics of the run are told. */
const FACTS = 4;

/** What the view is made with. */
export interface ILineageViewOptions extends ITreeActions {
  readonly model: LineageModel;
}

/** What a run was made of on one side, what was made of it on the other. */
export function LineageView(options: ILineageViewOptions): JSX.Element {
  const { model, openRun, trans } = options;
  useChanges(model.changed);
  const { lineage, error, more } = model;
  if (!lineage) {
    return error ? (
      <p className="bt-Notice" role="alert">
        {error}
      </p>
    ) : (
      <p className="bt-Wait">{trans.__('Looking for the files and their runs…')}</p>
    );
  }
  const { run, origins, uses } = lineage;
  return (
    <>
      <div className="bt-Lineage-head">
        <h2>
          {trans.__('Lineage of')}{' '}
          <button type="button" className="bt-Link" onClick={() => openRun(run.id)}>
            {runTitle(run)}
          </button>
        </h2>
        <p>{facts(run, trans)}</p>
        {error && (
          <p className="bt-Notice" role="alert">
            {error}
          </p>
        )}
        {more && (
          <p className="bt-Notice" role="status">
            {trans.__('Over a thousand runs are related: only some of them are shown.')}
          </p>
        )}
      </div>
      <div className="bt-Lineage-body">
        <section>
          <h3>{trans.__('Made of')}</h3>
          {origins.length > 0 ? (
            <Tree {...options} nodes={origins} label={trans.__('What the run was made of')} />
          ) : (
            <p className="bt-Lineage-none">
              {trans.__('The run read no file, as far as was seen.')}
            </p>
          )}
        </section>
        <section>
          <h3>{trans.__('Went into')}</h3>
          {uses.length > 0 ? (
            <Tree {...options} nodes={uses} label={trans.__('What was made of the run')} />
          ) : (
            <p className="bt-Lineage-none">
              {trans.__('The run wrote no file, as far as was seen.')}
            </p>
          )}
        </section>
      </div>
    </>
  );
}

function facts(run: IRunSummary, trans: TranslationBundle): string {
  const metrics = mainMetrics(run, FACTS).map(
    key => `${key} ${formatNumber(run.metrics[key]?.last ?? null)}`
  );
  const params = Object.entries(run.params)
    .slice(0, FACTS)
    .map(([key, value]) => `${key} ${formatValue(value)}`);
  return [
    // Whether its kernel is at work or waits is not known here.
    run.status === 'running' ? '' : statusWord(run.status, trans),
    run.started ? formatTime(run.started) : '',
    run.stage ? trans.__('in %1', run.stage) : '',
    params.join(', '),
    metrics.join(', ')
  ]
    .filter(Boolean)
    .join(' · ');
}
