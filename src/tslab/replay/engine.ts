/** tslab without its sockets: its own handler, converter and executor, as its kernel puts them together. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IRequest, WriteStream } from '../internals.js';

interface IExecutor {
  interrupt: () => void;
  close: () => void;
}

interface IHandler {
  handleExecuteImpl: (
    request: IRequest,
    write: WriteStream,
    display: (data: unknown, update: boolean) => void
  ) => Promise<unknown>;
}

/** What of tslab's modules is used. */
interface ITslab {
  createConverter: (options: { isJS: boolean; isBrowser: boolean }) => { close: () => void };
  createExecutor: (folder: string, converters: object, out: object) => IExecutor;
  JupyterHandlerImpl: new (executor: IExecutor, isJavascript: boolean) => IHandler;
}

/** A kernel that is driven by calls. */
export class Engine {
  /**
   * @param folder - that of the package of tslab.
   * @param isJavascript - whether it is jslab.
   * @throws when its inside is not as expected.
   */
  constructor(folder: string, isJavascript: boolean) {
    const load = createRequire(join(folder, 'package.json'));
    const parts = ['converter', 'executor', 'jupyter'].map(
      part => load(`./dist/${part}.js`) as Partial<ITslab>
    );
    const { createConverter, createExecutor, JupyterHandlerImpl } = Object.assign(
      {},
      ...parts
    ) as ITslab;
    const converters = new Map<boolean, { close: () => void }>();
    const converter = (isBrowser: boolean): { close: () => void } => {
      const one = converters.get(isBrowser) ?? createConverter({ isJS: isJavascript, isBrowser });
      converters.set(isBrowser, one);
      return one;
    };
    const both = {
      get node() {
        return converter(false);
      },
      get browser() {
        return converter(true);
      },
      close: () => converters.forEach(one => one.close())
    };
    this._executor = createExecutor(process.cwd(), both, {
      log: console.log,
      error: console.error
    });
    this._handler = new JupyterHandlerImpl(this._executor, isJavascript);
  }

  /**
   * Executes a cell; whether it came to its end.
   *
   * @param before - is called with the request, and nothing else runs between that and the cell.
   */
  async execute(
    code: string,
    write: WriteStream,
    before: (request: IRequest) => void
  ): Promise<boolean> {
    const request = { code, silent: false, store_history: true, user_expressions: {} };
    before(request);
    try {
      await this._handler.handleExecuteImpl(request, write, () => undefined);
      return true;
    } catch {
      // The kernel says by throwing that the cell failed, and has shown why.
      return false;
    }
  }

  /** Interrupts a cell that awaits. */
  interrupt(): void {
    this._executor.interrupt();
  }

  private readonly _executor: IExecutor;
  private readonly _handler: IHandler;
}
