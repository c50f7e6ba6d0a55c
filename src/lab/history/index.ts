import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { backtrailIcon } from '../icon.js';
import { plotChoice } from '../plot/choice.js';
import { CommandIDs, ICapture, IRunStore } from '../tokens.js';
import { HistoryModel } from './model.js';
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
    const { commands, serviceManager, shell } = app;
    const model = new HistoryModel(store, capture);
    const panel = new RunsPanel({ model, commands, trans });
    settings?.load(historyPlugin.id).then(
      loaded => {
        model.preferences.connect(loaded);
        plotChoice.connect(loaded.get('plots').composite, value => {
          void loaded.set('plots', { ...value }).catch(() => undefined);
        });
      },
      // Without settings the choice of a user holds for this page.
      () => undefined
    );
    panel.id = 'backtrail-runs';
    panel.title.icon = backtrailIcon;
    panel.title.caption = trans.__('Runs');

    let current: NotebookPanel | null = null;
    const follow = (): void => {
      current?.context.pathChanged.disconnect(follow);
      current = notebooks.currentWidget;
      current?.context.pathChanged.connect(follow);
      model.notebook = current ? serviceManager.contents.localPath(current.context.path) : '';
      model.capture = capture.of(current)?.state ?? null;
    };
    notebooks.currentChanged.connect(follow);
    capture.changed.connect((_, changed) => {
      if (changed.panel === current) {
        model.capture = changed.state;
      }
    });
    follow();

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
        await panel.load();
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
  }
};
