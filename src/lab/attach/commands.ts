import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { addIcon } from '@jupyterlab/ui-components';
import { CommandIDs, SETTINGS } from '../tokens.js';
import type { Capture } from './capture.js';
import { allow, isAllowed } from './permission.js';

const NO_ARGS = { args: { type: 'object', properties: {} } } as const;

/** Adds the commands that open runs and turn capture off and on. */
export function addCaptureCommands(options: {
  app: JupyterFrontEnd;
  capture: Capture;
  notebooks: INotebookTracker;
  settingRegistry: ISettingRegistry | null;
  trans: TranslationBundle;
}): void {
  const { app, capture, notebooks, settingRegistry, trans } = options;
  const { commands } = app;
  const current = (): NotebookPanel | null => notebooks.currentWidget;

  commands.addCommand(CommandIDs.newRun, {
    label: trans.__('New Run'),
    caption: trans.__('End the open run of this notebook and begin a new one'),
    icon: addIcon,
    describedBy: NO_ARGS,
    isEnabled: () => capture.of(current())?.state.kind === 'recording',
    execute: async () => {
      const target = capture.of(current());
      try {
        await target?.newRun();
        const run = target?.state.reply?.run;
        if (run) {
          Notification.success(trans.__('Run “%1” has begun.', run.name), { autoClose: 3000 });
        }
      } catch (reason) {
        const why = reason instanceof Error ? reason.message : String(reason);
        Notification.error(trans.__('No new run was opened: %1', why), { autoClose: 8000 });
      }
    }
  });

  commands.addCommand(CommandIDs.toggleCaptureNotebook, {
    label: trans.__('Record This Notebook'),
    caption: trans.__('Whether the runs of this notebook are recorded; kept in its metadata'),
    describedBy: NO_ARGS,
    isToggleable: true,
    isEnabled: () => current() !== null && capture.everywhere,
    isToggled: () => current() !== null && isAllowed(current()!),
    execute: () => {
      const panel = current();
      if (panel) {
        allow(panel, !isAllowed(panel));
      }
    }
  });

  commands.addCommand(CommandIDs.toggleCapture, {
    label: trans.__('Record All Notebooks'),
    caption: trans.__('Whether runs are recorded at all'),
    describedBy: NO_ARGS,
    isToggleable: true,
    isToggled: () => capture.everywhere,
    execute: async () => {
      const wanted = !capture.everywhere;
      if (settingRegistry) {
        await settingRegistry.set(SETTINGS, 'capture', wanted);
      } else {
        capture.everywhere = wanted;
      }
    }
  });

  capture.changed.connect(() => {
    commands.notifyCommandChanged(CommandIDs.newRun);
    commands.notifyCommandChanged(CommandIDs.toggleCapture);
    commands.notifyCommandChanged(CommandIDs.toggleCaptureNotebook);
  });
  notebooks.currentChanged.connect(() => commands.notifyCommandChanged(CommandIDs.newRun));
}
