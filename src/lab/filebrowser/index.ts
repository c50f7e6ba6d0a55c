import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { backtrailIcon } from '../icon.js';
import type { IFileUses } from '../store/protocol.js';
import { CommandIDs, IRunStore } from '../tokens.js';
import { FileUses } from './uses.js';

/** Answers *Which run made this?* for files in the file browser and in the run view. */
export const fileBrowserPlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:filebrowser',
  description: 'Finds the runs that made a file, and those that read it, by its bytes.',
  autoStart: true,
  requires: [IRunStore],
  optional: [IFileBrowserFactory, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    store: IRunStore,
    browsers: IFileBrowserFactory | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    const { commands, serviceManager } = app;

    /** The files that are selected in the file browser, as contents paths. */
    const selected = (): readonly string[] =>
      Array.from(browsers?.tracker.currentWidget?.selectedItems() ?? [])
        .filter(({ type }) => type !== 'directory')
        .map(({ path }) => serviceManager.contents.localPath(path));

    const ask = async ({ path, sha256 }: ReadonlyPartialJSONObject): Promise<void> => {
      const file = typeof path === 'string' ? path : selected()[0];
      let uses: IFileUses;
      if (typeof sha256 === 'string') {
        uses = await store.client.which({ sha256 });
      } else if (file !== undefined) {
        uses = await store.client.which({ path: file });
      } else {
        return;
      }
      const dialog: Dialog<unknown> = new Dialog({
        title: trans.__('Which run made %1?', PathExt.basename(file ?? trans.__('this file'))),
        body: new FileUses({
          uses,
          trans,
          open: run => {
            dialog.dispose();
            void commands.execute(CommandIDs.openRun, { run });
          },
          lineage: run => {
            dialog.dispose();
            void commands.execute(CommandIDs.lineage, { run });
          }
        }),
        buttons: [Dialog.okButton({ label: trans.__('Close') })],
        hasClose: true
      });
      await dialog.launch();
    };

    commands.addCommand(CommandIDs.whichRun, {
      label: trans.__('Which Run Made This?'),
      caption: trans.__('Find the runs that wrote exactly these bytes, and those that read them'),
      icon: backtrailIcon,
      isVisible: args => typeof args['sha256'] === 'string' || selected().length === 1,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            path: { type: 'string', description: trans.__('The path of a file on the server') },
            sha256: { type: 'string', description: trans.__('The hash of its bytes') }
          }
        }
      },
      execute: async args => {
        try {
          await ask(args);
        } catch (reason) {
          const why = reason instanceof Error ? reason.message : String(reason);
          Notification.error(why, { autoClose: 8000 });
        }
      }
    });
  }
};
