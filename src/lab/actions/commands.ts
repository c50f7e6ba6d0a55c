import type { JupyterFrontEnd } from '@jupyterlab/application';
import { InputDialog, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { downloadIcon, editIcon, type LabIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { IRunSummary, RunEdit } from '../store/protocol.js';
import { runTitle } from '../store/title.js';
import { CommandIDs, type IRunStore } from '../tokens.js';
import type { IExportChoice } from './export.js';
import { addBulkCommands } from './bulk.js';
import { describeRun, runOf } from './target.js';

/** Adds the commands that do something with a run: rename, tag, note, archive, export. */
export function addRunCommands(
  app: JupyterFrontEnd,
  store: IRunStore,
  trans: TranslationBundle
): void {
  const { commands } = app;
  const { client } = store;

  const tell = (reason: unknown): void => {
    const why = reason instanceof Error ? reason.message : String(reason);
    Notification.error(why, { autoClose: 8000 });
  };

  /** Adds a command that is about one run: that of its arguments, else that under the pointer. */
  const addRunCommand = (
    id: string,
    options: {
      label: string | ((args: ReadonlyPartialJSONObject) => string);
      caption: string;
      icon?: LabIcon;
    },
    act: (run: IRunSummary, args: ReadonlyPartialJSONObject) => Promise<void>
  ): void => {
    commands.addCommand(id, {
      ...options,
      describedBy: describeRun(trans),
      execute: async (args: ReadonlyPartialJSONObject) => {
        const run = runOf(app, args);
        if (run) {
          try {
            await act(await client.run(run), args);
          } catch (reason) {
            tell(reason);
          }
        }
      }
    });
  };

  const edit = async (run: IRunSummary, change: RunEdit): Promise<void> => {
    store.put(await client.edit(run.id, change));
  };

  addRunCommand(
    CommandIDs.renameRun,
    {
      label: trans.__('Rename Run…'),
      caption: trans.__('Give the run another name'),
      icon: editIcon
    },
    async run => {
      const { value } = await InputDialog.getText({
        title: trans.__('Rename run %1', runTitle(run)),
        label: trans.__('Name'),
        text: run.name ?? '',
        okLabel: trans.__('Rename')
      });
      if (value?.trim() && value.trim() !== run.name) {
        await edit(run, { event: 'rename', name: value.trim() });
      }
    }
  );

  addRunCommand(
    CommandIDs.noteRun,
    {
      label: trans.__('Note…'),
      caption: trans.__('Write a note about the run')
    },
    async run => {
      const { askNote } = await import('./note.js');
      const text = await askNote(run, trans);
      if (text !== null && text !== (run.note ?? '')) {
        await edit(run, { event: 'note', text });
      }
    }
  );

  addBulkCommands(app, store, trans, tell);

  /** Says where something was written; what is amiss with it stays until it was read. */
  const announce = (says: string, problems: readonly string[]): void => {
    Notification.success([says, ...problems].join('\n'), {
      autoClose: problems.length > 0 ? false : 5000
    });
  };

  const write = async (run: IRunSummary, choice: IExportChoice): Promise<void> => {
    const { exportRun } = await import('./export.js');
    const { contents } = app.serviceManager;
    const { path, problems } = await exportRun(run.id, client, contents, choice);
    await commands.execute('docmanager:open', { path });
    const says =
      choice.format === 'script'
        ? trans.__('The script is %1.', path)
        : trans.__('The notebook is %1.', path);
    announce(says, problems);
  };

  addRunCommand(
    CommandIDs.exportScript,
    {
      label: trans.__('Export Script'),
      caption: trans.__(
        'Write the cells that the run’s results depend on as a script beside its notebook, and open it'
      ),
      icon: downloadIcon
    },
    run => write(run, { format: 'script', whole: false })
  );

  addRunCommand(
    CommandIDs.exportWhole,
    {
      label: trans.__('Export Whole History as Script'),
      caption: trans.__(
        'Write every cell that ran up to the end of the run as a script beside its notebook'
      )
    },
    run => write(run, { format: 'script', whole: true })
  );

  addRunCommand(
    CommandIDs.exportNotebook,
    {
      label: trans.__('Export Notebook'),
      caption: trans.__(
        'Write the cells that the run’s results depend on as a notebook beside its own, and open it'
      )
    },
    (run, { whole }) => write(run, { format: 'notebook', whole: whole === true })
  );

  addRunCommand(
    CommandIDs.exportCrate,
    {
      label: trans.__('Export RO-Crate'),
      caption: trans.__(
        'Write a folder beside the notebook with the script, the record, inputs and outputs, described for archives'
      )
    },
    async (run, { whole }) => {
      const { exportCrate } = await import('./export.js');
      const { path, problems } = await exportCrate(
        run.id,
        client,
        app.serviceManager.contents,
        whole === true
      );
      const says = trans.__('The RO-Crate is %1.', PathExt.dirname(path));
      announce(says, problems);
    }
  );

  addRunCommand(
    CommandIDs.openNotebook,
    {
      label: trans.__('Open as Notebook'),
      caption: trans.__(
        'Write every cell as it was executed, up to the end of the run, as a new notebook, and open it'
      )
    },
    async run => {
      const { writeExecuted } = await import('./export.js');
      const path = await writeExecuted(run.id, client, app.serviceManager.contents);
      await commands.execute('docmanager:open', { path });
    }
  );

  addRunCommand(
    CommandIDs.promoteRun,
    {
      label: trans.__('Promote…'),
      caption: trans.__('Say which stage the run is in, such as production, and why')
    },
    async run => {
      const { askStage } = await import('./stage.js');
      const change = await askStage(run, trans);
      if (change) {
        await edit(run, change);
      }
    }
  );
}
