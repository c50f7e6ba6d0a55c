import type { JupyterFrontEnd } from '@jupyterlab/application';
import { InputDialog, Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { IRunSummary, RunEdit } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import { CommandIDs, type IRunStore } from '../tokens.js';
import { editAll } from './editall.js';
import { parseTag } from './tag.js';
import { describeRun, isArchived, runsOf } from './target.js';

/** From this many runs on it is said that something is being done. */
const MANY = 30;

/** How long a message stays from which something can be undone, in milliseconds. */
const UNDO = 30_000;

/** Adds the commands that are about one run or several: tag, archive. */
export function addBulkCommands(
  app: JupyterFrontEnd,
  store: IRunStore,
  trans: TranslationBundle,
  tell: (reason: unknown) => void
): void {
  const { commands } = app;

  const edit = async (runs: readonly string[], change: RunEdit): Promise<void> => {
    const said =
      runs.length >= MANY
        ? Notification.emit(trans.__('Changing %1 runs…', runs.length), 'in-progress', {
            autoClose: false
          })
        : null;
    try {
      await editAll(store, runs, change);
    } catch (reason) {
      tell(reason);
    } finally {
      if (said !== null) {
        Notification.dismiss(said);
      }
    }
  };

  const known = async (run: string): Promise<IRunSummary> =>
    store.known(run) ?? (await store.client.run(run));

  /** How one run or several are called. */
  const nameOf = async (runs: readonly string[]): Promise<string> =>
    runs.length === 1
      ? trans.__('run “%1”', runTitle(await known(runs[0])))
      : trans.__('%1 runs', runs.length);

  const addCommand = (
    id: string,
    label: string | ((args: ReadonlyPartialJSONObject) => string),
    caption: string,
    act: (runs: readonly string[]) => Promise<void>
  ): void => {
    commands.addCommand(id, {
      label,
      caption,
      describedBy: describeRun(trans),
      execute: async (args: ReadonlyPartialJSONObject) => {
        const runs = runsOf(app, args);
        if (runs.length > 0) {
          await act(runs).catch(tell);
        }
      }
    });
  };

  addCommand(
    CommandIDs.tagRun,
    trans.__('Tag Run…'),
    trans.__('Add, change or remove a tag of the run'),
    async runs => {
      const { value } = await InputDialog.getText({
        title: trans.__('Tag %1', await nameOf(runs)),
        label: trans.__('key or key = value; “-key” removes a tag'),
        placeholder: trans.__('baseline'),
        okLabel: trans.__('Tag')
      });
      const tag = parseTag(value ?? '');
      if (tag) {
        await edit(runs, { event: 'tag', ...tag });
      }
    }
  );

  addCommand(
    CommandIDs.archiveRun,
    args => (isArchived(app, args) ? trans.__('Restore Run') : trans.__('Archive Run')),
    trans.__('Hide the run from the list, or show it again; nothing is deleted'),
    async runs => {
      const all = await Promise.all(runs.map(known));
      // Several are restored only when all of them are archived; undone is what was done here.
      const archived = all.some(run => !run.archived);
      const changed = all.filter(run => run.archived !== archived).map(({ id }) => id);
      const name = await nameOf(changed);
      await edit(changed, { event: 'archive', archived });
      Notification.info(
        archived ? trans.__('Archived: %1.', name) : trans.__('Back in the list: %1.', name),
        {
          autoClose: UNDO,
          actions: [
            {
              label: trans.__('Undo'),
              callback: () => void edit(changed, { event: 'archive', archived: !archived })
            }
          ]
        }
      );
    }
  );
}
