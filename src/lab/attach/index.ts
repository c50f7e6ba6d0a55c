import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { PageConfig, PathExt } from '@jupyterlab/coreutils';
import { INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { ICapture, SETTINGS, VERSION } from '../tokens.js';
import { Capture } from './capture.js';
import { addCaptureCommands } from './commands.js';
import { NotebookCapture } from './notebookcapture.js';
import { python } from './python.js';
import { tslab } from './tslab.js';

/** As the schema of the settings has it, for a page without them. */
const SYSTEM_METRICS_EVERY = 30;
const KEEP_FILES_UP_TO = 10;
const CAPTURE_VALUES = 'summaries';

/** Attaches the tracker to the kernels of notebooks, before their first cell. */
export const attachPlugin: JupyterFrontEndPlugin<ICapture> = {
  id: SETTINGS,
  description: 'Records the runs of every notebook by attaching a tracker to its kernel.',
  autoStart: true,
  provides: ICapture,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ITranslator],
  activate: async (
    app: JupyterFrontEnd,
    notebooks: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null
  ): Promise<ICapture> => {
    const trans = (translator ?? nullTranslator).load('backtrail');
    const { contents, kernelspecs } = app.serviceManager;
    const root = PageConfig.getOption('backtrailRoot');
    let directory = '';
    let redact: readonly string[] = [];
    let systemMetricsEvery = SYSTEM_METRICS_EVERY;
    let keepFilesUpTo = KEEP_FILES_UP_TO;
    let captureOff: readonly string[] = [];
    let captureValues = CAPTURE_VALUES;

    const capture: Capture = new Capture(
      panel =>
        new NotebookCapture({
          panel,
          languages: [python, tslab],
          specificationOf: kernel => kernelspecs.specs?.kernelspecs[kernel.name],
          everywhere: () => capture.everywhere,
          attachOptions: path => {
            const local = contents.localPath(path);
            return {
              notebook: root ? PathExt.join(root, local) : local,
              directory,
              redact,
              system_metrics_every: systemMetricsEvery,
              keep_files_up_to: keepFilesUpTo,
              capture_off: captureOff,
              capture_values: captureValues,
              version: PageConfig.getOption('backtrailVersion') || VERSION,
              location: PageConfig.getOption('backtrailLocation')
            };
          },
          sentences: {
            noServer: trans.__(
              'Backtrail’s server extension is not running: enable it with “jupyter server extension enable backtrail.server” and restart JupyterLab.'
            ),
            noKernel: trans.__('This notebook has no kernel: start one, then try again.'),
            unsupported: trans.__(
              'Backtrail does not record kernels of this language yet: use one of Python or of tslab.'
            ),
            waiting: trans.__('Waiting for the kernel.'),
            noAnswer: trans.__(
              'The kernel did not answer when the tracker was attached: run a cell to try again.'
            ),
            notRecording: trans.__('Nothing is being recorded in this notebook.'),
            notLoaded: trans.__(
              'Nothing is recorded, because the tracker could not be loaded into this kernel: use tslab 1.0, where JupyterLab runs.'
            )
          }
        })
    );

    if (settingRegistry) {
      const apply = (settings: ISettingRegistry.ISettings): void => {
        directory = (settings.get('directory').composite as string | undefined) ?? '';
        redact = (settings.get('redact').composite as string[] | undefined) ?? [];
        systemMetricsEvery =
          (settings.get('systemMetricsEvery').composite as number | undefined) ??
          SYSTEM_METRICS_EVERY;
        keepFilesUpTo =
          (settings.get('keepFilesUpTo').composite as number | undefined) ?? KEEP_FILES_UP_TO;
        captureOff = (settings.get('captureOff').composite as string[] | undefined) ?? [];
        captureValues =
          (settings.get('captureValues').composite as string | undefined) ?? CAPTURE_VALUES;
        capture.everywhere = settings.get('capture').composite !== false;
      };
      try {
        // Before the first notebook is looked at: where capture is off, no kernel may hear of it.
        const settings = await settingRegistry.load(SETTINGS);
        apply(settings);
        settings.changed.connect(apply);
      } catch (reason) {
        Notification.warning(
          trans.__(
            'Backtrail could not read its settings and uses the defaults: %1',
            String(reason)
          ),
          { autoClose: 8000 }
        );
      }
    }
    notebooks.forEach(panel => capture.add(panel));
    notebooks.widgetAdded.connect((_, panel) => capture.add(panel));
    NotebookActions.executionScheduled.connect((_, { notebook, cell }) => {
      const panel = notebooks.find(candidate => candidate.content === notebook) ?? null;
      capture.of(panel)?.beforeCell(cell.model.id);
    });

    NotebookActions.executed.connect((_, { notebook }) => {
      capture.of(notebooks.find(candidate => candidate.content === notebook) ?? null)?.afterCell();
    });

    addCaptureCommands({ app, capture, notebooks, settingRegistry, trans });
    return capture;
  }
};
