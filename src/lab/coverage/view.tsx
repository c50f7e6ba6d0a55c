import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import { formatValue } from '../format.js';
import { useChanges } from '../react.js';
import { Grid } from './grid.js';
import { cellFilter, isGreaterBetter, MOST_VALUES, type IHeatMap } from './heatmap.js';
import type { CoverageModel } from './model.js';

/** What the view is made with. */
export interface ICoverageViewOptions {
  readonly model: CoverageModel;
  /** Shows the runs that a filter lets through. */
  readonly show: (filter: string) => void;
  readonly trans: TranslationBundle;
}

/** Which combinations of params were tried, and which never. */
export function CoverageView({ model, show, trans }: ICoverageViewOptions): JSX.Element {
  useChanges(model.changed);
  const { map, list, scope } = model;
  if (list.state === 'loading' && map.runs === 0) {
    return <p className="bt-Wait">{trans.__('Reading the runs…')}</p>;
  }
  return (
    <>
      <div className="bt-Coverage-head">
        <h2>{headline(map, trans)}</h2>
        {scope.filter !== '' && (
          <p>
            {trans.__('Of the runs that this filter lets through:')} <code>{scope.filter}</code>
          </p>
        )}
        {list.state === 'failed' && (
          <p className="bt-Notice" role="alert">
            {list.error}
          </p>
        )}
        {map.right && <Choices model={model} map={map} trans={trans} />}
      </div>
      <div className="bt-Coverage-body">
        {map.rows.length > 0 && map.right ? (
          <>
            <Grid
              map={map}
              trans={trans}
              onOpen={cell => show(cellFilter(scope.filter, map, cell))}
            />
            <Legend map={map} trans={trans} />
          </>
        ) : (
          <Nothing map={map} trans={trans} />
        )}
        {map.constant.length > 0 && (
          <section className="bt-Group">
            <h3>{trans.__('Never varied')}</h3>
            <dl className="bt-Coverage-constant">
              {map.constant.map(({ key, value }) => (
                <div key={key}>
                  <dt>{key}</dt>
                  <dd title={formatValue(value)}>{formatValue(value)}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
    </>
  );
}

function headline(map: IHeatMap, trans: TranslationBundle): string {
  const names = [map.down, map.right].flatMap(key => key?.key ?? []).join(' × ');
  if (!map.right) {
    return trans.__('What was tried');
  }
  const others = map.runs - map.placed;
  const tried = trans._n(
    '%1 run tried %2 of %3 combinations of %4',
    '%1 runs tried %2 of %3 combinations of %4',
    map.placed,
    map.tried,
    map.possible,
    names
  );
  return others > 0
    ? `${tried} ${trans._n('(%1 without all of these left out)', '(%1 without all of these left out)', others)}`
    : tried;
}

function Nothing({ map, trans }: { map: IHeatMap; trans: TranslationBundle }): JSX.Element {
  return (
    <div className="bt-Empty" role="status">
      <h3>{map.right ? trans.__('Too many values') : trans.__('No param varies')}</h3>
      <p>
        {map.right
          ? trans.__(
              'A param here has more than %1 values: choose another, or filter the runs.',
              MOST_VALUES
            )
          : map.runs === 0
            ? trans.__('There are no runs to look at: run a cell, or change the filter.')
            : trans.__('All of these runs have the same params: there is no grid of them.')}
      </p>
    </div>
  );
}

/** Which params make the grid, and what its cells show. */
function Choices(props: {
  model: CoverageModel;
  map: IHeatMap;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, map, trans } = props;
  const { measure, down, right } = map;
  return (
    <p className="bt-Coverage-choices">
      {down && right && (
        <Choice
          label={trans.__('Down')}
          value={down.key}
          of={map.params}
          onChange={name =>
            (model.choice = {
              ...model.choice,
              down: name,
              right: other(name, right.key, down.key)
            })
          }
        />
      )}
      {right && (
        <Choice
          label={trans.__('Across')}
          value={right.key}
          of={map.params}
          onChange={name =>
            (model.choice = {
              ...model.choice,
              right: name,
              down: down ? other(name, down.key, right.key) : undefined
            })
          }
        />
      )}
      <Choice
        label={trans.__('Show')}
        value={measure?.metric ?? ''}
        of={['', ...map.metrics]}
        name={metric => metric || trans.__('number of runs')}
        onChange={metric =>
          (model.choice = {
            ...model.choice,
            measure: metric ? { metric, greatest: isGreaterBetter(metric) } : null
          })
        }
      />
      {measure && (
        <Choice
          label={trans.__('Best is the')}
          value={measure.greatest ? 'greatest' : 'least'}
          of={['greatest', 'least']}
          name={word => (word === 'least' ? trans.__('least') : trans.__('greatest'))}
          onChange={word =>
            (model.choice = {
              ...model.choice,
              measure: { ...measure, greatest: word === 'greatest' }
            })
          }
        />
      )}
    </p>
  );
}

/** The param of the other axis: the two change places when one takes what the other had. */
function other(chosen: string, present: string, left: string): string {
  return chosen === present ? left : present;
}

function Choice(props: {
  label: string;
  value: string;
  of: readonly string[];
  name?: (value: string) => string;
  onChange: (value: string) => void;
}): JSX.Element {
  return (
    <label>
      {props.label}
      <select
        className="bt-Select"
        value={props.value}
        onChange={event => props.onChange(event.currentTarget.value)}
      >
        {props.of.map(value => (
          <option key={value} value={value}>
            {props.name?.(value) ?? value}
          </option>
        ))}
      </select>
    </label>
  );
}

function Legend({ map, trans }: { map: IHeatMap; trans: TranslationBundle }): JSX.Element {
  return (
    <p className="bt-Coverage-legend">
      <span className="bt-Coverage-swatch bt-mod-never" />
      {trans.__('never tried')}
      <span className="bt-Coverage-scale" />
      {map.measure
        ? trans.__(
            'the deeper the colour, the better; of several runs the %1 %2 is shown',
            map.measure.greatest ? trans.__('greatest') : trans.__('least'),
            map.measure.metric
          )
        : trans.__('the deeper the colour, the more runs')}
    </p>
  );
}
