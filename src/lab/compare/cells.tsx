import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useState, type JSX } from 'react';
import type { ICellPair, IExecuted, IMaterial } from '../../runlog/compare.js';
import { Diff } from '../diff/diff.js';
import { Source } from '../runview/source.js';
import { runTitle } from '../store/title.js';
import type { CompareModel } from './model.js';

/** How many cells that differ are shown before one asks for more. */
const SHOWN = 40;

/** The cells of the base beside those of another run, with the sources as they were executed. */
export function CompareCells(props: {
  model: CompareModel;
  materials: readonly IMaterial[];
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, materials, languages, trans } = props;
  const [shown, setShown] = useState(SHOWN);
  const pairs = model.differenceOf(model.other)?.cells ?? [];
  const changed = pairs.filter(pair => pair.agreement !== 'same' && !pair.isAgain);
  const same = pairs.filter(pair => pair.agreement === 'same').length;
  const [base, other] = [model.base, model.other].map(id =>
    materials.find(({ run }) => run.id === id)
  );
  const others = materials.filter(({ run }) => run.id !== model.base);
  return (
    <>
      <p className="bt-Compare-cells">
        {others.length > 1 && (
          <label>
            {trans.__('Compared with')}{' '}
            <select
              className="bt-Select"
              value={model.other}
              onChange={event => {
                model.other = event.currentTarget.value;
              }}
            >
              {others.map(({ run }) => (
                <option key={run.id} value={run.id}>
                  {runTitle(run)}
                </option>
              ))}
            </select>
          </label>
        )}
        <span role="status">{summaryOf(changed.length, same, trans)}</span>
      </p>
      {base && other && (
        <ol className="bt-Cells">
          {changed.slice(0, shown).map((pair, at) => (
            <Pair
              key={`${model.base} ${model.other} ${at}`}
              pair={pair}
              model={model}
              base={base}
              other={other}
              languages={languages}
              trans={trans}
            />
          ))}
          {changed.length > shown && (
            <li>
              <button type="button" className="bt-Link" onClick={() => setShown(shown + SHOWN)}>
                {trans.__('Show more of the %1 cells', changed.length)}
              </button>
            </li>
          )}
        </ol>
      )}
    </>
  );
}

function summaryOf(changed: number, same: number, trans: TranslationBundle): string {
  if (changed === 0) {
    return same === 0
      ? trans.__('No cells were recorded.')
      : trans.__('All cells ran with the same source (%1).', same);
  }
  return same === 0
    ? trans.__('Cells that differ: %1.', changed)
    : trans.__('Cells that differ: %1. Cells with the same source: %2.', changed, same);
}

function Pair(props: {
  pair: ICellPair;
  model: CompareModel;
  base: IMaterial;
  other: IMaterial;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { pair, model, base, other, languages, trans } = props;
  const before = useSource(model, base.run.id, pair.before);
  const after = useSource(model, other.run.id, pair.after);
  const { run } = pair.after ? other : base;
  const language = run.kernel?.language ?? 'python';
  const state =
    pair.agreement === 'unknown'
      ? trans.__('not known whether the same')
      : pair.before && pair.after
        ? trans.__('edited')
        : pair.after
          ? trans.__('only in %1', runTitle(other.run))
          : trans.__('only in %1', runTitle(base.run));
  const label = ({ run }: IMaterial, cell: IExecuted | null): string =>
    `${runTitle(run)} [${cell?.count ?? ' '}]`;
  return (
    <li className="bt-Cell">
      <div className="bt-Cell-head">
        <span className="bt-Cell-count">[{pair.after?.count ?? pair.before?.count ?? ' '}]</span>
        <span>{state}</span>
      </div>
      {pair.before && pair.after && before !== undefined && after !== undefined ? (
        <Diff
          before={before}
          after={after}
          labels={[label(base, pair.before), label(other, pair.after)]}
          language={language}
          languages={languages}
          trans={trans}
        />
      ) : (pair.after ? after : before) === undefined ? (
        <p className="bt-Wait">{trans.__('The source is not in the log.')}</p>
      ) : (
        <Source
          code={(pair.after ? after : before) ?? ''}
          language={language}
          languages={languages}
        />
      )}
    </li>
  );
}

/** The source of an execution; undefined while it is not here, or where the log lacks it. */
function useSource(model: CompareModel, run: string, cell: IExecuted | null): string | undefined {
  const [text, setText] = useState(cell?.source);
  const blob = cell?.source === undefined ? cell?.blob : undefined;
  useEffect(() => {
    setText(cell?.source);
    let isCurrent = true;
    if (blob) {
      model.blob(blob, run).then(
        found => isCurrent && setText(found),
        () => undefined
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [model, run, cell?.source, blob]);
  return text;
}
