/**
 * What browser tests share: one JupyterLab for all, a folder and a page for each.
 *
 *     import { expect, test } from './lab.js';
 *     test('…', async ({ lab }) => { await lab.open(lab.write('a.ipynb', ['1 + 1'])); await lab.runAll(); });
 */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { join } from 'node:path';
import { readEvents, readPoints, type Line } from './log.js';
import { Complaints } from './complaints.js';
import { writeNotebook } from './notebook.js';
import { LabServer } from './server.js';

export { expect } from '@playwright/test';

declare global {
  // The page's own name for the running JupyterLab, there with --LabApp.expose_app_in_browser.
  var jupyterapp: JupyterFrontEnd;
}

/** JupyterLab in a browser, with a folder of its own. */
export class LabPage {
  constructor(
    /** The page. */
    readonly page: Page,
    /** The server that the page is from. */
    readonly server: LabServer,
    /** The test's folder, below the server's root. */
    readonly folder: string
  ) {
    this.complaints = new Complaints(page);
  }

  /** What went wrong in the page by the extension's doing. */
  readonly complaints: Complaints;

  /** The test's folder, absolute. */
  get directory(): string {
    return join(this.server.root, this.folder);
  }

  /**
   * Opens JupyterLab with an empty workspace.
   *
   * @param query - more parameters of the address; `reset` empties the workspace
   */
  async goto(query: Record<string, string> = { reset: '' }): Promise<void> {
    await this.page.goto(
      this.server.address(`lab/workspaces/${this.folder}`, { token: this.server.token, ...query })
    );
    await this.page.waitForSelector('.jp-LabShell', { state: 'attached' });
    await this.page.evaluate(async () => {
      await globalThis.jupyterapp.restored;
    });
  }

  /** Writes a notebook of code cells into the test's folder and tells its path on the server. */
  write(name: string, sources: string[], metadata: Record<string, unknown> = {}): string {
    writeNotebook(join(this.directory, name), sources, metadata);
    return `${this.folder}/${name}`;
  }

  /** Copies one of `examples/` into the test's folder and tells its path on the server. */
  example(name: string): string {
    return this.server.copyExample(name, this.folder);
  }

  /** Runs a command of JupyterLab and waits until it is done. */
  async command(
    id: string,
    args: Record<string, string | number | boolean | string[]> = {}
  ): Promise<void> {
    await this.page.evaluate(
      async ([command, options]) => {
        await globalThis.jupyterapp.commands.execute(command, options);
      },
      [id, args] as const
    );
  }

  /** Opens a notebook and waits until its kernel is idle. */
  async open(path: string): Promise<void> {
    await this.command('docmanager:open', { path, factory: 'Notebook' });
    await this.page.waitForFunction(async wanted => {
      const panel = globalThis.jupyterapp.shell.currentWidget as NotebookPanel | null;
      if (panel?.context.path !== wanted) {
        return false;
      }
      await panel.context.ready;
      await panel.sessionContext.ready;
      return panel.sessionContext.session?.kernel?.status === 'idle';
    }, path);
  }

  /** Runs all cells of the current notebook and waits until the last one is done. */
  async runAll(): Promise<void> {
    await this.command('notebook:run-all-cells');
  }

  /** Runs all cells of the current notebook and does not wait. */
  async startRunAll(): Promise<void> {
    await this.page.evaluate(() => {
      void globalThis.jupyterapp.commands.execute('notebook:run-all-cells');
    });
  }

  /**
   * Runs one cell of the current notebook and waits until it is done.
   *
   * @param index - from 0
   */
  async runCell(index: number): Promise<void> {
    await this.page.evaluate(cell => {
      const panel = globalThis.jupyterapp.shell.currentWidget as NotebookPanel;
      panel.content.activeCellIndex = cell;
      panel.content.deselectAll();
    }, index);
    await this.command('notebook:run-cell');
  }

  /** Restarts the kernel of the current notebook and runs all cells, as its button does. */
  async restartAndRunAll(): Promise<void> {
    const done = this.command('notebook:restart-run-all');
    await this.page.locator('.jp-Dialog .jp-mod-accept').click();
    await done;
  }

  /** The item of the extension in the status bar. */
  get status(): Locator {
    return this.page.locator('.bt-StatusItem');
  }

  /** The panel in the right sidebar. */
  get panel(): Locator {
    return this.page.locator('#backtrail-runs');
  }

  /** The rows of the panel, newest run first. */
  get rows(): Locator {
    return this.panel.locator('.bt-Run');
  }

  /** Shows the panel and waits until it is made. */
  async showPanel(): Promise<void> {
    await this.command('backtrail:show-panel');
    await this.panel.locator('.bt-Runs').waitFor();
  }

  /**
   * The line that is drawn for a metric, as [x, y] pairs; empty when there is none.
   *
   * @param metric - its name
   * @param within - the panel, or what else holds charts
   */
  async line(metric: string, within: Locator = this.panel): Promise<[number, number | null][]> {
    const plot = within.locator(`.bt-Chart[data-metric="${metric}"] .js-plotly-plot`);
    const lines = await plot.evaluateAll(found =>
      found.map(host => {
        const [line] =
          (host as Element & { data?: { x: number[]; y: (number | null)[] }[] }).data ?? [];
        return Array.from(line?.x ?? [], (x, at): [number, number | null] => [
          x,
          line?.y[at] ?? null
        ]);
      })
    );
    return lines[0] ?? [];
  }

  /** The execution counts that the current notebook's code cells show. */
  async counts(): Promise<(number | null)[]> {
    return this.page.evaluate(() => {
      const panel = globalThis.jupyterapp.shell.currentWidget as NotebookPanel;
      const cells = [...(panel.content.model?.cells ?? [])];
      return cells.flatMap(cell => {
        const { cell_type, execution_count } = cell.toJSON();
        return cell_type === 'code' ? [execution_count as number | null] : [];
      });
    });
  }

  /** What the code cells of the current notebook print and answer, as text. */
  async outputs(): Promise<string[]> {
    return this.page.evaluate(() => {
      const panel = globalThis.jupyterapp.shell.currentWidget as NotebookPanel;
      return [...(panel.content.model?.cells ?? [])].map(cell =>
        ((cell.toJSON()['outputs'] ?? []) as unknown[]).map(output => JSON.stringify(output)).join()
      );
    });
  }

  /** Saves the current notebook. */
  async save(): Promise<void> {
    await this.command('docmanager:save');
  }

  /**
   * The folder that a notebook's runs are in.
   *
   * @param name - the notebook's file name
   */
  runs(name: string): string {
    return join(this.directory, 'runs', name.replace(/\.ipynb$/, ''));
  }

  /**
   * What the logs of a notebook say so far.
   *
   * @param name - the notebook's file name
   * @param event - only events of this kind
   */
  events(name: string, event?: string): Line[] {
    const events = readEvents(this.runs(name));
    return event === undefined ? events : events.filter(line => line['event'] === event);
  }

  /**
   * The points of the runs of a notebook, run by run.
   *
   * @param name - the notebook's file name
   */
  points(name: string): Line[] {
    const runs = this.events(name, 'run_start').map(line => String(line['run']));
    return runs.flatMap(run => readPoints(this.runs(name), run));
  }
}

/** What a test's pages are made by. */
export interface ILabs {
  /** JupyterLab in a browser of its own, on the folder of the test. */
  lab: LabPage;
  /** Opens one more, as another browser of the same user, on the server that is named. */
  another: (query?: Record<string, string>, on?: LabServer) => Promise<LabPage>;
}

export const test = base.extend<ILabs, { server: LabServer }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- playwright reads what a fixture needs from the pattern
    async ({}, use) => {
      const server = await LabServer.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 180_000 }
  ],
  another: async ({ browser, server }, use, { testId }) => {
    const opened: LabPage[] = [];
    await use(async (query, on = server) => {
      const context = await browser.newContext();
      const lab = new LabPage(await context.newPage(), on, `test-${testId}`);
      opened.push(lab);
      await lab.goto(query);
      return lab;
    });
    for (const lab of opened) {
      await lab.page.context().close();
      await lab.server.endKernels();
      lab.server.forgetSettings();
    }
    expect(opened.flatMap(lab => lab.complaints.all)).toEqual([]);
  },
  lab: async ({ another }, use) => {
    await use(await another());
  }
});
