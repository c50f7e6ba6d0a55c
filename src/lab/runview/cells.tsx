import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useState, type JSX } from 'react';
import { Diff } from '../diff/diff.js';
import { formatDuration } from '../format.js';
import { statusWord } from '../status.js';
import type { IRun } from '../store/protocol.js';
import { CellUses } from './celluses.js';
import type { IExecution } from './executions.js';
import type { RunModel } from './model.js';
import type { Present } from './present.js';
import { Source } from './source.js';

/** How many executions are shown before one asks for more. */
const SHOWN = 100;

/** The executions of the run in order, with the sources as they were executed. */
export function Cells(props: {
  model: RunModel;
  run: IRun;
  languages: IEditorLanguageRegistry | null;
  /** The cells of the run's notebook as they read now. */
  present: (run: IRun) => Present | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, run, languages, present, trans } = props;
  const [executions, setExecutions] = useState<readonly IExecution[] | null>(null);
  const [error, setError] = useState('');
  const [shown, setShown] = useState(SHOWN);
  const [now, setNow] = useState<Present | null>(null);
  const last = run.cells[run.cells.length - 1];
  useEffect(() => {
    let isCurrent = true;
    model.executions().then(
      found => isCurrent && setExecutions(found),
      (reason: unknown) =>
        isCurrent && setError(reason instanceof Error ? reason.message : String(reason))
    );
    return () => {
      isCurrent = false;
    };
  }, [model, run.cells.length, last?.status]);
  if (error) {
    return (
      <p className="bt-Notice" role="alert">
        {error}
      </p>
    );
  }
  if (!executions) {
    return <p className="bt-Wait">{trans.__('Loading…')}</p>;
  }
  const language = run.kernel?.language ?? 'python';
  const hasNow = present(run) !== null;
  return (
    <>
      {hasNow && (
        <label className="bt-Switch">
          <input
            type="checkbox"
            checked={now !== null}
            onChange={event => setNow(event.currentTarget.checked ? present(run) : null)}
          />
          {trans.__('Compare with the notebook as it is now')}
        </label>
      )}
      <ol className="bt-Cells">
        {executions.slice(0, shown).map(execution => (
          <Cell
            key={execution.n}
            execution={execution}
            language={language}
            languages={languages}
            model={model}
            now={now}
            trans={trans}
          />
        ))}
        {executions.length > shown && (
          <li>
            <button type="button" className="bt-Link" onClick={() => setShown(shown + SHOWN)}>
              {trans.__('Show more of the %1 executions', executions.length)}
            </button>
          </li>
        )}
      </ol>
    </>
  );
}

function Cell(props: {
  execution: IExecution;
  language: string;
  languages: IEditorLanguageRegistry | null;
  model: RunModel;
  /** What it is compared with; null where it is not. */
  now: Present | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { execution, language, languages, model, now, trans } = props;
  const present = execution.cell === null ? undefined : now?.get(execution.cell);
  const [source, setSource] = useState(execution.source);
  useEffect(() => {
    setSource(execution.source);
    if (execution.source === undefined && execution.blob) {
      model.blob(execution.blob).then(setSource, () => undefined);
    }
  }, [execution, model]);
  return (
    <li className="bt-Cell">
      <div className="bt-Cell-head">
        <span className="bt-Cell-count">[{execution.count ?? ' '}]</span>
        <span className="bt-Mark" data-mark={execution.status} aria-hidden="true" />
        <span>{statusWord(execution.status, trans)}</span>
        {execution.duration !== null && <span>{formatDuration(execution.duration)}</span>}
        {execution.started && (
          <time dateTime={execution.started}>
            {new Date(execution.started).toLocaleTimeString()}
          </time>
        )}
        {now && source !== undefined && <span>{presentWord(source, present, trans)}</span>}
      </div>
      {source === undefined ? (
        <p className="bt-Wait">{trans.__('The source is not in the log.')}</p>
      ) : present !== undefined && present !== source ? (
        <Diff
          before={source}
          after={present}
          labels={[trans.__('As executed'), trans.__('As it is now')]}
          language={language}
          languages={languages}
          trans={trans}
        />
      ) : (
        <Source code={source} language={language} languages={languages} />
      )}
      {execution.error && (
        <p className="bt-Cell-error">
          {execution.error}
          {execution.errorLine !== null && (
            <small> {trans.__('line %1', execution.errorLine)}</small>
          )}
        </p>
      )}
      <CellUses uses={execution.uses} trans={trans} />
    </li>
  );
}

/** How a cell reads now, beside what was executed. */
function presentWord(
  source: string,
  present: string | undefined,
  trans: TranslationBundle
): string {
  return present === undefined
    ? trans.__('no longer in the notebook')
    : present === source
      ? trans.__('unchanged since')
      : trans.__('edited since');
}
