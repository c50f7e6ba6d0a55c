import type { TranslationBundle } from '@jupyterlab/translation';
import { useId, type JSX } from 'react';
import { SMOOTHEST, type IPlotChoice, type PlotChoice } from './choice.js';
import type { XAxis } from './axis.js';

/** How the charts are drawn: the horizontal axis, logarithms, smoothing, marks, how many in a row. */
export function PlotToolbar({
  choice,
  trans
}: {
  choice: PlotChoice;
  trans: TranslationBundle;
}): JSX.Element {
  const id = useId();
  const { value } = choice;
  const axes: readonly (readonly [XAxis, string, string])[] = [
    ['step', trans.__('Step'), trans.__('Over the steps that were logged')],
    ['time', trans.__('Time'), trans.__('Over the time since the run began')],
    ['clock', trans.__('Clock'), trans.__('Over date and time of day, in UTC')]
  ];
  const check = (
    key: keyof IPlotChoice,
    label: string,
    { title, isDisabled = false }: { title?: string; isDisabled?: boolean } = {}
  ): JSX.Element => (
    <label className="bt-PlotBar-check" title={title} data-disabled={isDisabled || undefined}>
      <input
        type="checkbox"
        checked={value[key] === true}
        disabled={isDisabled}
        onChange={event => choice.set({ [key]: event.currentTarget.checked })}
      />
      {label}
    </label>
  );
  return (
    <div className="bt-PlotBar" role="group" aria-label={trans.__('How charts are drawn')}>
      <fieldset className="bt-Axis">
        <legend>{trans.__('Horizontal axis')}</legend>
        {axes.map(([axis, label, title]) => (
          <label key={axis} title={title}>
            <input
              type="radio"
              name={`bt-axis-${id}`}
              checked={value.axis === axis}
              onChange={() => choice.set({ axis })}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {check('isLogX', trans.__('log x'), { isDisabled: value.axis === 'clock' })}
      {check('isLogY', trans.__('log y'))}
      <label
        className="bt-PlotBar-check"
        title={trans.__('The line as it was logged stays behind the smoothed one')}
      >
        {trans.__('Smoothing')}
        <input
          type="range"
          min={0}
          max={SMOOTHEST}
          step={0.02}
          value={value.smoothing}
          aria-valuetext={value.smoothing === 0 ? trans.__('off') : String(value.smoothing)}
          onChange={event => choice.set({ smoothing: event.currentTarget.valueAsNumber })}
        />
      </label>
      {check('hasMarks', trans.__('Marks'), {
        title: trans.__('Dotted lines where cells began, dashed ones where a param changed')
      })}
      <label className="bt-PlotBar-check">
        {trans.__('Columns')}
        <select
          className="bt-PlotBar-columns"
          value={value.columns}
          onChange={event => choice.set({ columns: Number(event.currentTarget.value) })}
        >
          <option value={0}>{trans.__('auto')}</option>
          {[1, 2, 3].map(count => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
