import type { CommandRegistry } from '@lumino/commands';
import type { KeyboardEvent } from 'react';
import { CommandIDs } from '../tokens.js';
import { openContextMenu } from './contextmenu.js';
import type { HistoryModel } from './model.js';
import type { Selection } from './selection.js';

/**
 * Does what a key means in the table of runs.
 *
 * @param height - pixels of the table that can be seen
 * @param rowHeight - pixels of a row
 */
export function gridKeys(
  event: KeyboardEvent<HTMLElement>,
  model: HistoryModel,
  commands: CommandRegistry,
  height: number,
  rowHeight: number
): void {
  const page = Math.max(1, Math.floor(height / rowHeight) - 1);
  const by: { readonly [key: string]: number } = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -Infinity,
    End: Infinity
  };
  const step = by[event.key];
  const { selected: run, selection } = model;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const execute = (command: string, args: Record<string, string | string[]>): void => {
    if (commands.hasCommand(command)) {
      void commands.execute(command, args);
    }
  };
  if (step !== undefined) {
    model.move(step, event.shiftKey);
  } else if (event.key === '/' && isPlain) {
    const panel = event.currentTarget.closest('.bt-Runs');
    panel?.querySelector<HTMLInputElement>('.bt-Filter-input')?.focus();
  } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
    model.select(selected => selected.all());
  } else if (event.key === 'Escape' && selection.size > 1) {
    model.select(selected => selected.collapse());
  } else if (run === null) {
    return;
  } else if (event.key === ' ') {
    model.select(selected => selected.toggle(run));
  } else if (event.key === 'Enter') {
    execute(CommandIDs.openRun, { run });
  } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    openMenuOf(run);
  } else if (event.key === 'F2') {
    execute(CommandIDs.renameRun, { run });
  } else if (event.key === 'Delete' && selection.size > 0) {
    execute(CommandIDs.archiveRun, { runs: [...selection.ids] });
  } else if (event.key === 't' && isPlain && selection.size > 0) {
    execute(CommandIDs.tagRun, { runs: [...selection.ids] });
  } else if (event.key === 'c' && isPlain && selection.size > 1) {
    // Ids sort by time, and what is older is the base.
    execute(CommandIDs.compareRuns, { runs: [...selection.ids].sort() });
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Writes to the row whose menu opens that it is that of all selected runs, if it is one of several. */
export function nameSelection(target: EventTarget, selection: Selection): void {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-bt-run]') : null;
  const id = row?.dataset.btRun;
  if (row && id && selection.has(id) && selection.size > 1) {
    row.dataset.btRuns = selection.ids.join(' ');
  } else {
    delete row?.dataset.btRuns;
  }
}

/** Opens the menu of a run at its row, as a right click there does. */
function openMenuOf(run: string): void {
  const row = document.getElementById(`bt-run-${run}`);
  if (row) {
    const { left, bottom } = row.getBoundingClientRect();
    openContextMenu(row, left + 24, bottom - 8);
  }
}
