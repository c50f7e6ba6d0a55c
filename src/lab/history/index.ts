import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { afterStart, startedSoon } from '../afterstart.js';
import { backtrailIcon } from '../icon.js';
import { CommandIDs, ICapture, IRunStore } from '../tokens.js';
import { RunsPanel } from './panel.js';

/** The runs panel in the right sidebar. */
export const historyPlugin: JupyterFrontEndPlugin<void> = {
  id: 'backtrail:history',
  description: 'Lists the runs of the active notebook in the right sidebar.',
  autoStart: true,
  requires: [IRunStore, ICapture, INotebookTracker],
  optional: [ILayoutRestorer, ISettingRegistry, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    store: IRunStore,
    capture: ICapture,
    notebooks: INotebookTracker,
    restorer: ILayoutRestorer | null,
    settings: ISettingRegistry | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    const { commands, shell } = app;
    let loaded: Promise<ISettingRegistry.ISettings> | null = null;
    const kept = (): Promise<ISettingRegistry.ISettings> | null =>
      (loaded ??= settings?.load(historyPlugin.id) ?? null);
    const panel = new RunsPanel({
      make: async () => {
        // A run that is shown can be renamed, tagged and compared: its menu is whole from the first row on.
        const [{ createContent }] = await Promise.all([
          import('./content.js'),
          startedSoon(app, trans)
        ]);
        return createContent({ app, store, capture, notebooks, settings: kept(), trans });
      },
      trans
    });
    panel.id = 'backtrail-runs';
    panel.title.icon = backtrailIcon;
    panel.title.caption = trans.__('Runs');

    shell.add(panel, 'right', { rank: 850, type: 'Backtrail' });
    restorer?.add(panel, panel.id);

    commands.addCommand(CommandIDs.showPanel, {
      label: trans.__('Show Runs'),
      caption: trans.__('Show the runs of the active notebook'),
      icon: backtrailIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => shell.activateById(panel.id)
    });

    // All that needs no run to be named; comparing and what was tried are added where they are made.
    for (const command of [
      CommandIDs.showPanel,
      CommandIDs.newRun,
      CommandIDs.openRun,
      CommandIDs.toggleCaptureNotebook,
      CommandIDs.toggleCapture
    ]) {
      palette?.addItem({ command, category: trans.__('Backtrail') });
    }

    commands.addCommand(CommandIDs.filterRuns, {
      label: trans.__('Filter Runs'),
      caption: trans.__('List in the panel the runs that a filter lets through'),
      icon: backtrailIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            filter: { type: 'string', description: trans.__('The text of the filter') },
            scope: { type: 'string', enum: ['notebook', 'folder', 'all'] },
            path: { type: 'string', description: trans.__('Of the notebook or folder') }
          }
        }
      },
      execute: async ({ filter, scope, path }) => {
        shell.activateById(panel.id);
        const model = await panel.load();
        if (!model) {
          return;
        }
        if (scope === 'notebook' && typeof path === 'string') {
          model.notebook = path;
        }
        if (scope === 'notebook' || scope === 'folder' || scope === 'all') {
          model.scope = scope;
        }
        model.show({
          ...model.preferences.table,
          name: '',
          filter: typeof filter === 'string' ? filter : ''
        });
      }
    });

    afterStart(app, trans, ({ keepChoice }) => {
      const settingsOfCharts = kept();
      if (settingsOfCharts) {
        void keepChoice(settingsOfCharts);
      }
    });
  }
};
