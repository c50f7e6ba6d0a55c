import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { lazy, useMemo, type JSX } from 'react';
import { Boundary } from '../boundary.js';
import { plotChoice } from '../plot/choice.js';
import { split, Values } from '../plot/values.js';
import { useChanges, useMedia } from '../react.js';
import { Shortened } from '../shortened.js';
import { shownStatus, statusWord } from '../status.js';
import { SERIES_WIDTH } from '../store/series.js';
import { runTitle } from '../store/title.js';
import { CommandIDs } from '../tokens.js';
import { mainMetrics } from './rows.js';
import type { HistoryModel } from './model.js';

const LiveCharts = lazy(() => import('../plot/charts.js'));

/** How many charts stand in the panel, and how many on a low screen, whose rows need the room; the run view has them all. */
const CHARTS = 3;
const CHARTS_LOW = 2;

/** A screen on which three charts would leave room for few rows. */
const LOW = '(max-height: 800px)';

/** The metrics of the run that goes on, above the table. */
export function Latest({
  model,
  trans,
  commands
}: {
  model: HistoryModel;
  trans: TranslationBundle;
  commands: CommandRegistry;
}): JSX.Element | null {
  useChanges(plotChoice.changed);
  const isOpen = !plotChoice.value.isFolded;
  const charts = useMedia(LOW) ? CHARTS_LOW : CHARTS;
  const run = model.latest;
  const id = run?.id;
  const series = useMemo(
    () => (id ? model.store.series(id, SERIES_WIDTH) : null),
    [id, model.store]
  );
  if (!run || !series) {
    return null;
  }
  const activity = model.activity(run);
  const metrics = mainMetrics(run, charts);
  const { lines, values } = split(metrics, run.metrics);
  const more = Object.keys(run.metrics).length - metrics.length;
  return (
    <details
      className="bt-Latest"
      open={isOpen}
      onToggle={event => {
        // Also told where the choice itself opened or closed it.
        if (event.currentTarget.open !== isOpen) {
          plotChoice.set({ isFolded: isOpen });
        }
      }}
    >
      <summary>
        <span
          className="bt-Mark"
          data-mark={run.status}
          data-busy={activity?.isBusy || undefined}
          aria-hidden="true"
        />
        <span className="bt-Latest-name" title={runTitle(run)}>
          <Shortened text={runTitle(run)} />
        </span>
        <span className="bt-Latest-status">
          {statusWord(shownStatus(run.status, activity), trans)}
        </span>
      </summary>
      {isOpen && (
        <Boundary
          loading={trans.__('Loading the charts…')}
          failed={trans.__('The charts could not be loaded: reload the page.')}
        >
          <Values metrics={values} of={run.metrics} trans={trans} />
          <LiveCharts
            series={series}
            metrics={lines}
            size="small"
            live={model.visible}
            trans={trans}
          />
        </Boundary>
      )}
      {isOpen && (
        <button
          type="button"
          className="bt-Link"
          onClick={() => void commands.execute(CommandIDs.openRun, { run: run.id })}
        >
          {more > 0
            ? trans._n('Open the run: %1 more metric', 'Open the run: %1 more metrics', more)
            : trans.__('Open the run')}
        </button>
      )}
    </details>
  );
}
