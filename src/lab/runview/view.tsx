import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { Time } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { useEffect, type JSX } from 'react';
import { formatDuration } from '../format.js';
import { runSeconds } from '../history/rows.js';
import { useChanges, useNow } from '../react.js';
import { shownStatus, statusSentence, statusWord } from '../status.js';
import type { IRun } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import { Tabs } from '../tabs.js';
import { CommandIDs } from '../tokens.js';
import { Badge } from './badge.js';
import { Cells } from './cells.js';
import { Code } from './code.js';
import { Environment } from './environment.js';
import { Files } from './files.js';
import type { RunModel, Tab } from './model.js';
import type { INewest } from './newest.js';
import { Overview } from './overview.js';
import { Plots } from './plots.js';
import type { Present } from './present.js';
import { Repeat } from './repeat/view.js';

/** What a run view is made with. */
export interface IRunViewOptions {
  readonly model: RunModel;
  readonly commands: CommandRegistry;
  /** Colours sources; without it they are plain. */
  readonly languages: IEditorLanguageRegistry | null;
  /** The cells of a run's notebook as they read now; null where it is not open. */
  readonly present: (run: IRun) => Present | null;
  /** The run that tells what a run's notebook runs in now; null where nothing is known of it. */
  readonly newest: (run: IRun) => Promise<INewest | null>;
  readonly trans: TranslationBundle;
}

/** A run: its name and state on top, its parts as tabs below. */
export function RunView({
  model,
  commands,
  languages,
  present,
  newest,
  trans
}: IRunViewOptions): JSX.Element {
  useChanges(model.changed);
  const { run, error } = model;
  if (!run) {
    return (
      <div className="bt-Empty" role={error ? 'alert' : 'status'}>
        <h3>{error ? trans.__('The run cannot be shown') : trans.__('Loading…')}</h3>
        {error && <p>{error}</p>}
      </div>
    );
  }
  const tabs: readonly { id: Tab; label: string }[] = [
    { id: 'plots', label: trans.__('Plots') },
    { id: 'overview', label: trans.__('Overview') },
    { id: 'cells', label: trans.__('Cells (%1)', run.cells.length) },
    { id: 'files', label: trans.__('Data and files') },
    { id: 'code', label: trans.__('Code') },
    { id: 'environment', label: trans.__('Environment') },
    { id: 'repeat', label: trans.__('Repeat') }
  ];
  const prefix = `bt-tab-${model.id}`;
  return (
    <>
      <Header run={run} model={model} commands={commands} trans={trans} />
      {error && (
        <p className="bt-Notice" role="alert">
          {error}
        </p>
      )}
      {run.warnings.map(warning => (
        <p className="bt-Notice" key={warning}>
          {warning}
        </p>
      ))}
      <Tabs
        prefix={prefix}
        label={trans.__('Parts of the run')}
        tabs={tabs}
        current={model.tab}
        onChange={tab => {
          model.tab = tab;
        }}
      />
      <div
        className="bt-RunView-body"
        role="tabpanel"
        id={`${prefix}-panel`}
        aria-labelledby={`${prefix}-${model.tab}`}
        tabIndex={0}
      >
        {model.tab === 'plots' && <Plots model={model} run={run} trans={trans} />}
        {model.tab === 'overview' && (
          <Overview model={model} run={run} commands={commands} trans={trans} />
        )}
        {model.tab === 'cells' && (
          <Cells model={model} run={run} languages={languages} present={present} trans={trans} />
        )}
        {model.tab === 'files' && (
          <Files
            model={model}
            run={run}
            which={sha256 => void commands.execute(CommandIDs.whichRun, { sha256 })}
            lineage={() => void commands.execute(CommandIDs.lineage, { run: run.id })}
            trans={trans}
          />
        )}
        {model.tab === 'code' && <Code model={model} run={run} trans={trans} />}
        {model.tab === 'environment' && (
          <Environment model={model} run={run} newest={newest} trans={trans} />
        )}
        {model.tab === 'repeat' && (
          <Repeat model={model} run={run} commands={commands} languages={languages} trans={trans} />
        )}
      </div>
    </>
  );
}

function Header(props: {
  run: IRun;
  model: RunModel;
  commands: CommandRegistry;
  trans: TranslationBundle;
}): JSX.Element {
  const { run, model, commands, trans } = props;
  const { activity } = model;
  const status = shownStatus(run.status, activity);
  const now = useNow(model.visible && status === 'running');
  const seconds = runSeconds(run, now, activity);
  const facts = [
    statusWord(status, trans),
    seconds === null ? '' : formatDuration(seconds),
    run.started ? Time.formatHuman(new Date(run.started)) : '',
    run.notebook.name ?? ''
  ].filter(Boolean);
  const action = (command: string, label: string): JSX.Element => (
    <button
      type="button"
      className="bt-Button"
      onClick={() => void commands.execute(command, { run: run.id })}
    >
      {label}
    </button>
  );
  return (
    <div className="bt-RunView-head">
      <div className="bt-RunView-title" title={statusSentence(status, trans)}>
        <div className="bt-RunView-name">
          <span
            className="bt-Mark"
            data-mark={run.status}
            data-busy={activity?.isBusy || undefined}
            aria-hidden="true"
          />
          <h2>{runTitle(run)}</h2>
          <HeadBadge model={model} run={run} trans={trans} />
        </div>
        <span className="bt-RunView-facts">{facts.join(' · ')}</span>
      </div>
      <div className="bt-RunView-actions">
        {action(CommandIDs.exportScript, trans.__('Export script'))}
        {action(CommandIDs.renameRun, trans.__('Rename'))}
        {action(CommandIDs.tagRun, trans.__('Tag'))}
        {action(CommandIDs.noteRun, trans.__('Note'))}
      </div>
    </div>
  );
}

/** The verdict of the last replay, which a click shows in full. */
function HeadBadge(props: {
  model: RunModel;
  run: IRun;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { model, run, trans } = props;
  const { repeat } = model;
  useChanges(repeat.changed);
  const isVerified = run.verified !== null;
  useEffect(() => {
    // Whether the run went on since it was compared stands in its log.
    if (isVerified) {
      void repeat.load();
    }
  }, [repeat, isVerified, run.cells.length]);
  return isVerified ? (
    <button
      type="button"
      className="bt-HeadBadge"
      onClick={() => {
        model.tab = 'repeat';
      }}
    >
      <Badge verified={run.verified} isOutdated={repeat.isOutdated} trans={trans} />
    </button>
  ) : null;
}
