import type { TranslationBundle } from '@jupyterlab/translation';
import { useMemo, useState, type JSX } from 'react';
import { sectionsOf, type IMaterial } from '../../runlog/compare.js';
import { runTitle } from '../store/title.js';
import { contourFigure, scatterFigure, type IFigureRun } from './figures.js';
import { parallelFigure } from './parallel.js';
import { Plot } from './plot.js';
import { usualOf, variablesOf, type IVariable } from './variables.js';

/** How many params and how many metrics have an axis of their own, unless others are chosen. */
const AXES = { param: 6, metric: 3 };

/** How much room an axis has at least, in pixels. */
const AXIS_WIDTH = 92;

/** How many params and metrics can be chosen from. */
const CHOICE = 500;

/** The runs over their params and metrics: parallel axes, points, and a metric over two params. */
export default function Explore(props: {
  materials: readonly IMaterial[];
  trans: TranslationBundle;
}): JSX.Element {
  const { materials, trans } = props;
  const variables = useMemo(() => variablesOf(sectionsOf(materials)), [materials]);
  const runs = useMemo(
    () => materials.map(({ run }, at): IFigureRun => ({ title: runTitle(run), at })),
    [materials]
  );
  if (variables.length < 2) {
    return (
      <div className="bt-Empty" role="status">
        <h3>{trans.__('Nothing to explore')}</h3>
        <p>
          {trans.__(
            'Two params or metrics are needed of which several of the runs have different values.'
          )}
        </p>
      </div>
    );
  }
  return (
    <div className="bt-Explore">
      <Parallel variables={variables} runs={runs} trans={trans} />
      <Points variables={variables} runs={runs} trans={trans} />
      <Contour variables={variables} runs={runs} trans={trans} />
    </div>
  );
}

interface IPartProps {
  readonly variables: readonly IVariable[];
  readonly runs: readonly IFigureRun[];
  readonly trans: TranslationBundle;
}

function Parallel({ variables, runs, trans }: IPartProps): JSX.Element {
  const shown = useMemo(() => {
    const of = (kind: IVariable['kind']): readonly IVariable[] =>
      variables.filter(variable => variable.kind === kind).slice(0, AXES[kind]);
    return [...of('param'), ...of('metric')];
  }, [variables]);
  const figure = useMemo(() => parallelFigure(shown, runs), [shown, runs]);
  return (
    <section className="bt-Group bt-mod-wide">
      <h3>{trans.__('Params and metrics of each run')}</h3>
      <div style={{ minWidth: shown.length * AXIS_WIDTH }}>
        <Plot figure={figure} label={trans.__('Parallel coordinates of the runs')} trans={trans} />
      </div>
      {shown.length < variables.length && (
        <small className="bt-Explore-note">
          {trans.__(
            '%1 of the %2 params and metrics that differ have an axis; the others can be chosen below.',
            shown.length,
            variables.length
          )}
        </small>
      )}
    </section>
  );
}

function Points({ variables, runs, trans }: IPartProps): JSX.Element {
  const [y, setY] = useChoice(variables, 'metric', 0);
  const [x, setX] = useChoice(variables, 'param', 0, y);
  const figure = useMemo(() => scatterFigure(x, y, runs), [x, y, runs]);
  return (
    <section className="bt-Group">
      <h3>{trans.__('One over another')}</h3>
      <p className="bt-Explore-axes">
        <Choice label={trans.__('Vertical')} value={y} of={variables} onChange={setY} />
        <Choice label={trans.__('Horizontal')} value={x} of={variables} onChange={setX} />
      </p>
      <Plot
        figure={figure}
        label={trans.__('%1 over %2, a point for each run', y.name, x.name)}
        trans={trans}
      />
    </section>
  );
}

function Contour({ variables, runs, trans }: IPartProps): JSX.Element {
  const numbers = variables.filter(({ isNumeric }) => isNumeric);
  const params = numbers.filter(({ kind }) => kind === 'param');
  const metrics = numbers.filter(({ kind }) => kind === 'metric');
  return (
    <section className="bt-Group">
      <h3>{trans.__('A metric over two params')}</h3>
      {params.length < 2 || metrics.length === 0 ? (
        <p className="bt-Wait">
          {trans.__('This needs a metric and two params that are numbers and differ.')}
        </p>
      ) : (
        <Surface params={params} metrics={metrics} runs={runs} trans={trans} />
      )}
    </section>
  );
}

function Surface(props: {
  readonly params: readonly IVariable[];
  readonly metrics: readonly IVariable[];
  readonly runs: readonly IFigureRun[];
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { params, metrics, runs, trans } = props;
  const [x, setX] = useChoice(params, 'param', 0);
  const [y, setY] = useChoice(params, 'param', 1);
  const [z, setZ] = useChoice(metrics, 'metric', 0);
  const figure = useMemo(() => contourFigure(x, y, z, runs), [x, y, z, runs]);
  return (
    <>
      <p className="bt-Explore-axes">
        <Choice label={trans.__('Metric')} value={z} of={metrics} onChange={setZ} />
        <Choice label={trans.__('Vertical')} value={y} of={params} onChange={setY} />
        <Choice label={trans.__('Horizontal')} value={x} of={params} onChange={setX} />
      </p>
      {figure ? (
        <>
          <Plot
            figure={figure}
            label={trans.__('%1 over %2 and %3', z.name, x.name, y.name)}
            trans={trans}
          />
          <small className="bt-Explore-note">
            {trans.__('Interpolated between the runs; only the points were measured.')}
          </small>
        </>
      ) : (
        <p className="bt-Wait">
          {trans.__('This needs four runs or more whose params do not all lie on one line.')}
        </p>
      )}
    </>
  );
}

/** A variable that is chosen: one of a kind at first, as long as there is one. */
function useChoice(
  variables: readonly IVariable[],
  kind: IVariable['kind'],
  at: number,
  taken?: IVariable
): [IVariable, (id: string) => void] {
  const [id, setId] = useState('');
  const usual = usualOf(variables, kind, at, taken);
  return [variables.find(variable => variable.id === id) ?? usual, setId];
}

function Choice(props: {
  label: string;
  value: IVariable;
  of: readonly IVariable[];
  onChange: (id: string) => void;
}): JSX.Element {
  return (
    <label>
      {props.label}
      <select
        className="bt-Select"
        value={props.value.id}
        onChange={event => props.onChange(event.currentTarget.value)}
      >
        {props.of.slice(0, CHOICE).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
