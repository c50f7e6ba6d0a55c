import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { backtrailIcon } from '../icon.js';
import type { IFileUses } from '../store/protocol.js';
import { CommandIDs, type IRunStore } from '../tokens.js';

/** Adds the command *Which run made this?* for files and folders in the file browser, and for files in the run view. */
export function addWhichCommand(
  app: JupyterFrontEnd,
  store: IRunStore,
  trans: TranslationBundle
): void {
  const { commands, serviceManager } = app;
  let browsers: IFileBrowserFactory | null = null;
  void app.resolveOptionalService(IFileBrowserFactory).then(found => {
    browsers = found;
  });

  /** What alone is selected in the file browser, as a contents path. */
  const selected = (): { path: string; isFolder: boolean } | undefined => {
    const [item, ...others] = browsers?.tracker.currentWidget?.selectedItems() ?? [];
    return item && others.length === 0
      ? {
          path: serviceManager.contents.localPath(item.path),
          isFolder: item.type === 'directory'
        }
      : undefined;
  };

  const askFolder = async (path: string): Promise<void> => {
    const { FolderUses } = await import('./folderuses.js');
    const dialog: Dialog<unknown> = new Dialog({
      title: trans.__('Which runs made the files in %1?', PathExt.basename(path)),
      body: new FolderUses({
        uses: await store.client.whichFolder(path),
        trans,
        open: run => {
          dialog.dispose();
          void commands.execute(CommandIDs.openRun, { run });
        }
      }),
      buttons: [Dialog.okButton({ label: trans.__('Close') })],
      hasClose: true
    });
    await dialog.launch();
  };

  const ask = async ({ path, sha256 }: ReadonlyPartialJSONObject): Promise<void> => {
    const chosen = selected();
    if (path === undefined && sha256 === undefined && chosen?.isFolder) {
      await askFolder(chosen.path);
      return;
    }
    const file = typeof path === 'string' ? path : chosen?.path;
    let uses: IFileUses;
    if (typeof sha256 === 'string') {
      uses = await store.client.which({ sha256 });
    } else if (file !== undefined) {
      uses = await store.client.which({ path: file });
    } else {
      return;
    }
    const { FileUses } = await import('./uses.js');
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
    label: args =>
      args['sha256'] === undefined && selected()?.isFolder
        ? trans.__('Which Runs Made These Files?')
        : trans.__('Which Run Made This?'),
    caption: trans.__('Find the runs that wrote exactly these bytes, and those that read them'),
    icon: backtrailIcon,
    isVisible: args => typeof args['sha256'] === 'string' || selected() !== undefined,
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
