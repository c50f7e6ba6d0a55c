import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import { splitKey } from '../../runlog/filter.js';
import { formatNumber, formatValue } from '../format.js';
import type { IRunSummary } from '../store/protocol.js';
import type { IRunStore } from '../tokens.js';
import { chosenToFit, fitting } from './fit.js';
import type { IRowLayout } from './rowlayout.js';
import { changedParams, mainMetrics, type IParamChange } from './rows.js';
import { Sparkline, SPARKLINE_WIDTH } from './sparkline.js';
import type { TextWidth } from './textwidth.js';

/** Between two params or metrics, in pixels; the style sheet has the same. */
const GAP = 8;

/** Of more changes than these none would have room; their number is said. */
const MEASURED = 40;

/** Up to how many letters a value is never cut: most numbers have no more. */
const SHORT = 8;

/** What is measured to find out what has room in a row. */
interface IPartProps {
  readonly run: IRunSummary;
  readonly layout: IRowLayout;
  readonly widths: TextWidth | null;
  /** The key by which the runs are sorted: what it names comes first. */
  readonly first: string;
  readonly trans: TranslationBundle;
}

/** What the metrics of a row take: the widths of those that are shown, and all together. */
function metricsOf({ run, layout, widths, first }: Omit<IPartProps, 'trans'>): {
  keys: readonly string[];
  width: number;
} {
  const keys = mainMetrics(run, layout.isWide ? 3 : 1, first);
  const line = layout.hasSparkline ? SPARKLINE_WIDTH + GAP : 0;
  const each = keys.map(key => widths?.pair(key, formatNumber(run.metrics[key].last)) ?? 0);
  const count = Math.min(keys.length, Math.max(1, fitting(each, layout.metrics - line, GAP)));
  const text = each.slice(0, count).reduce((sum, width) => sum + width + GAP, -GAP);
  return {
    keys: keys.slice(0, count),
    width: count === 0 ? 0 : Math.min(layout.metrics, line + text)
  };
}

/** The last values of the metrics that have room, and a small line of the first. */
export function RowMetrics(
  props: IPartProps & {
    readonly store: IRunStore;
    /** Whether there are no params beside them. */
    readonly isAlone: boolean;
  }
): JSX.Element {
  const { run, layout, trans, isAlone } = props;
  const { keys } = metricsOf(props);
  return (
    <span
      className="bt-Run-metrics"
      role="gridcell"
      style={{ maxWidth: layout.isWide || isAlone ? undefined : layout.metrics }}
    >
      {layout.hasSparkline && keys[0] !== undefined && (
        <Sparkline
          store={props.store}
          run={run.id}
          metric={keys[0]}
          count={run.metrics[keys[0]].count}
        />
      )}
      {keys.map(key => (
        <span className="bt-Run-metric" key={key} title={metricTitle(run, key, trans)}>
          <small>{key}</small>
          <span className="bt-Run-value">{formatNumber(run.metrics[key].last)}</span>
        </span>
      ))}
    </span>
  );
}

/** The params that differ from the run before, as many as have room, and how many more there are. */
export function RowParams(
  props: IPartProps & { readonly before: IRunSummary | undefined }
): JSX.Element {
  const { run, layout, widths } = props;
  const changes = sortedFirst(changedParams(run, props.before), run, props.first);
  const room = layout.isWide ? layout.params : layout.params - metricsOf(props).width;
  const each = changes
    .slice(0, MEASURED)
    .map(({ key, value }) => widths?.pair(key, formatValue(value)) ?? 0);
  const beyond = changes.length - each.length;
  const more = (hidden: number): number => widths?.small(`+${hidden + beyond}`) ?? 0;
  // The first one is always there: where it has no room, its name gives way to its value.
  const shown = chosenToFit(each, room, GAP, more).map(at => changes[at]);
  const title = changes
    .slice(0, MEASURED)
    .map(change => `${change.key} = ${formatValue(change.value)}`)
    .join('\n');
  return (
    <span className="bt-Run-params" role="gridcell" title={title}>
      {shown.map(change => (
        <span
          className="bt-Param"
          key={change.key}
          data-gone={change.value === undefined || undefined}
        >
          <small>{change.key}</small>
          <ParamValue text={formatValue(change.value)} />
        </span>
      ))}
      {changes.length > shown.length && (
        <small className="bt-More">+{changes.length - shown.length}</small>
      )}
    </span>
  );
}

/** A value: a short one is shown whole, whatever room that takes from the names beside it. */
function ParamValue({ text }: { text: string }): JSX.Element {
  return (
    <span className="bt-Run-value" data-short={text.length <= SHORT || undefined}>
      {text}
    </span>
  );
}

/** The changes, with the param before them by which the runs are sorted, changed or not. */
function sortedFirst(
  changes: readonly IParamChange[],
  run: IRunSummary,
  sortedBy: string
): readonly IParamChange[] {
  const key = sortedBy.startsWith('params.') ? splitKey(sortedBy).slice(1).join('.') : '';
  const value = key ? run.params[key] : undefined;
  return value === undefined
    ? changes
    : [{ key, value, before: value }, ...changes.filter(change => change.key !== key)];
}

function metricTitle(run: IRunSummary, key: string, trans: TranslationBundle): string {
  const metric = run.metrics[key];
  return trans.__(
    '%1: last %2, least %3, greatest %4, %5 points',
    key,
    formatNumber(metric.last, 6),
    formatNumber(metric.min, 6),
    formatNumber(metric.max, 6),
    metric.count
  );
}
