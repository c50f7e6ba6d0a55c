import { closeIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { JSX } from 'react';
import { CommandIDs } from '../tokens.js';
import type { HistoryModel } from './model.js';

/** What can be done with several runs at once; there while several are selected. */
export function SelectionBar({
  model,
  trans,
  commands
}: {
  model: HistoryModel;
  trans: TranslationBundle;
  commands: CommandRegistry;
}): JSX.Element | null {
  const { selection } = model;
  if (selection.size < 2) {
    return null;
  }
  const action = (command: string, label: string, title: string): JSX.Element => (
    <button
      type="button"
      className="bt-Button"
      title={title}
      // Ids sort by time: of runs that are compared the oldest is the base.
      onClick={() => void commands.execute(command, { runs: [...selection.ids].sort() })}
    >
      {label}
    </button>
  );
  return (
    <div className="bt-Selection" role="toolbar" aria-label={trans.__('Selected runs')}>
      <span role="status">{trans._n('%1 selected', '%1 selected', selection.size)}</span>
      {commands.hasCommand(CommandIDs.compareRuns) &&
        action(CommandIDs.compareRuns, trans.__('Compare'), trans.__('Compare (c)'))}
      {action(CommandIDs.tagRun, trans.__('Tag…'), trans.__('Tag (t)'))}
      {action(CommandIDs.archiveRun, trans.__('Archive'), trans.__('Archive or restore (Delete)'))}
      <button
        type="button"
        className="bt-IconButton bt-mod-shown"
        title={trans.__('Select none (Escape)')}
        aria-label={trans.__('Select none')}
        onClick={() => model.select(selected => selected.collapse())}
      >
        <closeIcon.react tag="span" width="16px" height="16px" />
      </button>
    </div>
  );
}
