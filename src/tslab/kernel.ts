/**
 * The places where the tracker listens to tslab: it takes over methods of its prototypes, and passes
 * every call on.
 */
import vm from 'node:vm';
import { CELL, hear, onAnswer, printingRequest, scriptOfCell } from './adoption.js';
import { behind } from './behind.js';
import { evaluated } from './evaluations.js';
import {
  type ICopy,
  type IHandler,
  type IMessage,
  type IRequest,
  type ISinks,
  loadedCopies,
  take,
  type WriteStream
} from './internals.js';

/** One execution of a cell, as the kernel does it. */
export interface IExecuting {
  readonly request: IRequest;
  /** The cell's id in the notebook, or null. */
  readonly cell: string | null;
  /** The `[n]` that the notebook shows, before it begins the last one; null where it is not known. */
  count(): number | null;
  /** The object that the names of the notebook are properties of. */
  names(): object;
}

/** Who hears of a cell that was adopted. */
export interface IAdopted {
  readonly sinks: ISinks;
  readonly end: (isFailed: boolean) => void;
  /** It had ended already. */
  readonly giveUp: () => void;
}

/** Who listens. Nothing in it may throw. */
export interface IListener {
  /** A cell is executed by calling `run`; the sinks send what it shows to the notebook. */
  execute(
    executing: IExecuting,
    run: (sinks: ISinks) => Promise<unknown>,
    sinks: ISinks
  ): Promise<unknown>;
  /**
   * A cell is going on whose beginning nobody heard. It had not begun to do anything of its own.
   *
   * @param code - the JavaScript that was made of it, where that is known.
   * @returns who hears what it shows, and how it ended.
   */
  adopt(executing: IExecuting, code: string | undefined): IAdopted | undefined;
  /** JavaScript that was made of a cell is evaluated by calling `run`. */
  evaluate(code: string, run: () => unknown): unknown;
  /** The kernel was told to end. */
  shutdown(): void;
}

/** Answers a request that is meant for the tracker, in JSON. */
export type Answer = (expression: string, handler: IHandler) => string;

/** The takeover of the kernel of this process. */
export class Kernel {
  /** @param _answer - answers requests that are meant for the tracker. */
  constructor(private readonly _answer: Answer) {}

  /** Who listens now; nobody while it is undefined. */
  listener: IListener | undefined;

  /** Takes over all copies of tslab that are loaded. Returns how many are taken over in all. */
  takeOver(): number {
    for (const copy of loadedCopies()) {
      if (!this._taken.has(copy.server)) {
        this._taken.add(copy.server);
        take(copy);
        Kernel._server(this, copy);
        Kernel._handler(this, copy);
      }
    }
    if (this._taken.size > 0 && !this._evaluates) {
      this._evaluates = true;
      this._evaluation();
    }
    return this._taken.size;
  }

  /**
   * The request in which the tracker was loaded was executed as a cell: it is not to count, nor what
   * came with it to be looked for.
   */
  uncount(): void {
    this._uncounted += 1;
  }

  /**
   * The cell that is going on imported the tracker: tells the listener of it, as far as it can be known.
   *
   * @param name - how a cell names the tracker that imports it.
   */
  adopt(name: string): void {
    const message = this._taken.size > 0 ? printingRequest() : undefined;
    const { listener } = this;
    if (message === undefined || listener === undefined || this._messages.has(message.content)) {
      return;
    }
    this._message ??= Object.getPrototypeOf(message) as IMessage;
    const { content } = message;
    if (content.silent || !content.code.includes(name)) {
      return;
    }
    let count: number | null = null;
    const executing = {
      request: content,
      cell: cellOf(message),
      count: () => count,
      names: () =>
        behind((globalThis as { __tslab__?: { exports?: object } }).__tslab__?.exports ?? {})
    };
    const adopted = listener.adopt(executing, scriptOfCell());
    if (adopted !== undefined) {
      this._adopted = adopted;
      const deaf = hear(adopted.sinks);
      onAnswer(message, (isFailed, shown) => {
        deaf();
        count = shown;
        if (this._adopted === adopted) {
          this._adopted = undefined;
          adopted.end(isFailed);
        }
      });
    }
  }

  /**
   * A request that came by no socket is to be executed. Of others it is waited a moment for what came with
   * them, in which timers may run.
   */
  receive(request: IRequest): void {
    this._messages.set(request, { content: request } as IMessage);
  }

  private static _server(kernel: Kernel, { server }: ICopy): void {
    const { handleExecute, handleShutdown, publishStatus } = server;
    server.handleExecute = function (socket, message) {
      kernel._messages.set(message.content, message);
      return handleExecute.call(this, socket, message);
    };
    server.publishStatus = function (status, message) {
      kernel._message ??= Object.getPrototypeOf(message) as IMessage;
      kernel._correct(this.handler);
      publishStatus.call(this, status, message);
    };
    server.handleShutdown = function (...rest) {
      kernel.listener?.shutdown();
      handleShutdown.apply(this, rest);
    };
  }

  private static _handler(kernel: Kernel, { handler }: ICopy): void {
    const { handleExecute, handleExecuteImpl } = handler;
    handler.handleExecute = async function (request, ...rest) {
      const content = await handleExecute.call(this, request, ...rest);
      const asked = expressionOf(request);
      if (asked === undefined) {
        return content;
      }
      // Behind a failing cell the kernel drops what is queued, but this is no cell.
      const text = kernel._answers.get(request) ?? kernel._answer(asked, this);
      const data = { 'text/plain': text };
      return {
        ...content,
        status: 'ok',
        execution_count: this.execCount,
        user_expressions: { backtrail: { status: 'ok', data, metadata: {} } }
      };
    };
    handler.handleExecuteImpl = function (request, write, display, ...rest) {
      kernel._correct(this);
      const asked = expressionOf(request);
      if (asked !== undefined) {
        kernel._answers.set(request, kernel._answer(asked, this));
        return Promise.resolve({ count: this.execCount });
      }
      const { listener } = kernel;
      const pass = (sinks: ISinks): Promise<unknown> =>
        handleExecuteImpl.call(this, request, sinks.write, sinks.display, ...rest);
      if (listener === undefined || request.silent || !request.code.trim()) {
        return pass({ write, display });
      }
      const execute = (): Promise<unknown> => {
        const message = kernel._messageOf(request, write);
        const executing: IExecuting = {
          request,
          cell: cellOf(message),
          count: () => this.execCount,
          names: () => behind(this.executor.locals)
        };
        kernel._adopted?.giveUp();
        kernel._adopted = undefined;
        return listener.execute(executing, pass, { write, display });
      };
      if (
        (kernel._message === undefined && !kernel._messages.has(request)) ||
        kernel._adopted !== undefined
      ) {
        // It was received before the tracker was loaded, or the cell that loaded it has not been answered yet:
        // its metadata, or that other's end, is known as soon as the kernel has answered the request before.
        return new Promise(resolve => setImmediate(resolve)).then(execute);
      }
      return execute();
    };
  }

  private _evaluation(): void {
    const listening = (): IListener | undefined => this.listener;
    // A proxy keeps name, length and text as they are.
    vm.runInThisContext = new Proxy(vm.runInThisContext, {
      apply(evaluate, self, parameters) {
        const listener = listening();
        const code: unknown = parameters[0];
        const run = (): unknown => Reflect.apply(evaluate, self, parameters) as unknown;
        return listener !== undefined && typeof code === 'string' && CELL.test(code)
          ? listener.evaluate(code, () => evaluated(run))
          : run();
      }
    });
  }

  /** Takes back the counts of requests that were none of the notebook's. */
  private _correct(handler: IHandler): void {
    handler.execCount -= this._uncounted;
    this._uncounted = 0;
  }

  /**
   * The message of a request. Of one that was received before the tracker was loaded it is found by
   * having its own function begin to write, while nothing can be sent.
   */
  private _messageOf(request: IRequest, write: WriteStream): IMessage | undefined {
    const known = this._messages.get(request);
    const prototype = this._message;
    if (known !== undefined || prototype === undefined) {
      return known;
    }
    const { createReply, signAndSend } = prototype;
    const found: IMessage[] = [];
    try {
      prototype.createReply = function () {
        found.push(this);
        return createReply.call(this);
      };
      prototype.signAndSend = () => undefined;
      write('stdout', '');
    } catch {
      // It stays unknown.
    } finally {
      prototype.createReply = createReply;
      prototype.signAndSend = signAndSend;
    }
    return found.find(({ content }) => content === request);
  }

  private _adopted: IAdopted | undefined;
  private readonly _answers = new WeakMap<IRequest, string>();
  private _evaluates = false;
  private _message: IMessage | undefined;
  private readonly _messages = new WeakMap<IRequest, IMessage>();
  private readonly _taken = new Set<unknown>();
  private _uncounted = 0;
}

/** The cell's id in the notebook, or null. */
function cellOf(message: IMessage | undefined): string | null {
  const id = message?.metadata?.['cellId'];
  return typeof id === 'string' ? id : null;
}

/** What a request asks the tracker, if it is meant for it. */
function expressionOf(request: IRequest): string | undefined {
  const expression = request.silent ? request.user_expressions?.['backtrail'] : undefined;
  return typeof expression === 'string' ? expression : undefined;
}
