import { ReactWidget } from '@jupyterlab/apputils';
import { caretDownEmptyIcon, HTMLSelect } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { JSX } from 'react';
import { coverageIcon } from '../icon.js';
import { useChanges } from '../react.js';
import type { Scope } from '../store/protocol.js';
import { CommandIDs } from '../tokens.js';
import { Empty } from './empty.js';
import { FilterBox } from './filterbox.js';
import { RunGrid } from './grid.js';
import { Latest } from './latest.js';
import type { HistoryModel } from './model.js';
import { RunFilter } from './runfilter.js';
import { RunOrder } from './runorder.js';
import { SelectionBar } from './selectionbar.js';
import { openViewMenu } from './viewmenu.js';
import '../../../style/views.css';

/** What the view of the runs panel is made with. */
export interface IRunsOptions {
  readonly model: HistoryModel;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
}

/** What the runs panel is made of once it is shown. */
export class RunsView extends ReactWidget {
  constructor(options: IRunsOptions) {
    super();
    this.addClass('bt-Runs');
    this._options = options;
    options.model.tools = {
      filter: text => new RunFilter(text, options.model.store.ancestry),
      order: sort => new RunOrder(sort)
    };
  }

  protected override render(): JSX.Element {
    return <Runs {...this._options} />;
  }

  private _options: IRunsOptions;
}

function Runs(options: IRunsOptions): JSX.Element {
  const { model, trans, commands } = options;
  useChanges(model.changed);
  const { list } = model;
  const isEmpty = model.unfiltered === 0;
  return (
    <>
      <ScopeBar model={model} trans={trans} commands={commands} />
      {model.unfiltered > 0 && <FilterBox key={model.shownViews} model={model} trans={trans} />}
      {list?.state === 'disconnected' && (
        <p className="bt-Notice" role="status">
          {trans.__('The connection to the server is lost. Trying again…')}
        </p>
      )}
      {!isEmpty && list?.state === 'failed' && (
        <p className="bt-Notice" role="alert">
          {list.error}
        </p>
      )}
      {(model.filter?.undecided ?? 0) > 0 && (
        <p className="bt-Notice" role="status">
          {model.store.ancestry.isAsking
            ? trans.__('Asking git about the commits of the runs…')
            : trans._n(
                'Left out, because git cannot tell (no git, or a commit that is not in this clone): %1 run.',
                'Left out, because git cannot tell (no git, or a commit that is not in this clone): %1 runs.',
                model.filter?.undecided ?? 0
              )}
        </p>
      )}
      {(list?.problems ?? []).map(problem => (
        <p className="bt-Notice" role="status" key={problem}>
          {problem}
        </p>
      ))}
      {isEmpty ? (
        <Empty model={model} trans={trans} />
      ) : (
        <>
          <Latest model={model} trans={trans} commands={commands} />
          {model.runs.length > 0 ? (
            <RunGrid model={model} trans={trans} commands={commands} />
          ) : (
            <div className="bt-Runs-none" role="status">
              <p>{trans.__('No run is let through by this filter.')}</p>
              <button
                type="button"
                className="bt-Button"
                onClick={() => model.show({ ...model.preferences.table, name: '', filter: '' })}
              >
                {trans.__('Show all runs')}
              </button>
            </div>
          )}
          <SelectionBar model={model} trans={trans} commands={commands} />
        </>
      )}
    </>
  );
}

function ScopeBar({ model, trans, commands }: IRunsOptions): JSX.Element {
  const count = model.runs.length;
  const counted =
    count === model.unfiltered
      ? count > 0
        ? trans._n('%1 run', '%1 runs', count)
        : ''
      : trans.__('%1 of %2 runs', count, model.unfiltered);
  return (
    <div className="bt-Runs-bar">
      <HTMLSelect
        aria-label={trans.__('Which runs are listed')}
        value={model.scope}
        onChange={event => {
          model.scope = event.currentTarget.value as Scope;
        }}
        options={[
          { value: 'notebook', label: trans.__('This notebook') },
          { value: 'folder', label: trans.__('This folder') },
          { value: 'all', label: trans.__('Everything') }
        ]}
      />
      <span className="bt-Runs-count" role="status" title={counted || undefined}>
        {counted}
        {model.list?.isComplete === false && trans.__(' · reading older ones…')}
      </span>
      {model.unfiltered > 0 && (
        <button
          type="button"
          className="bt-Runs-tried"
          title={trans.__('What was tried: combinations of the params of these runs')}
          aria-label={trans.__('What was tried')}
          onClick={() =>
            void commands.execute(CommandIDs.coverage, {
              scope: model.scope,
              path: model.list?.path ?? '',
              filter: model.filter?.text ?? ''
            })
          }
        >
          <coverageIcon.react tag="span" width="16px" height="16px" />
        </button>
      )}
      {model.unfiltered > 0 && (
        <button
          type="button"
          className="bt-Runs-view"
          aria-haspopup="menu"
          title={trans.__('Order, columns and saved views')}
          onClick={event => openViewMenu(event.currentTarget, model, trans)}
        >
          {trans.__('View')}
          <caretDownEmptyIcon.react tag="span" width="16px" height="16px" />
        </button>
      )}
      {(model.archived > 0 || model.withArchived) && (
        <label className="bt-Runs-archived">
          <input
            type="checkbox"
            checked={model.withArchived}
            onChange={event => {
              model.withArchived = event.currentTarget.checked;
            }}
          />
          {trans.__('Archived (%1)', model.archived)}
        </label>
      )}
    </div>
  );
}
