/**
 * What browser tests share: one JupyterLab for all, a folder and a page for each.
 *
 *     import { expect, test } from './lab.js';
 *     test('…', async ({ lab }) => { await lab.open(lab.write('a.ipynb', ['1 + 1'])); await lab.runAll(); });
 */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { test as base, type Page } from '@playwright/test';
import { join } from 'node:path';
import { readEvents, type Line } from './log.js';
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
  ) {}

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
  write(name: string, sources: string[]): string {
    writeNotebook(join(this.directory, name), sources);
    return `${this.folder}/${name}`;
  }

  /** Copies one of `examples/` into the test's folder and tells its path on the server. */
  example(name: string): string {
    return this.server.copyExample(name, this.folder);
  }

  /** Runs a command of JupyterLab and waits until it is done. */
  async command(id: string, args: Record<string, string | number | boolean> = {}): Promise<void> {
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
}

export const test = base.extend<{ lab: LabPage }, { server: LabServer }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- playwright reads what a fixture needs from the pattern
    async ({}, use) => {
      const server = await LabServer.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 180_000 }
  ],
  lab: async ({ page, server }, use, { testId }) => {
    const lab = new LabPage(page, server, `test-${testId}`);
    await lab.goto();
    await use(lab);
    await page.close();
    await server.endKernels();
  }
});
