/**
 * What the tracker needs of tslab, a kernel for TypeScript and JavaScript: the shapes of its internals
 * (version 1.0), as far as they are used.
 */
import Module from 'node:module';
import { doesAsExpected, isOfTslab, OF_EXECUTOR, OF_HANDLER, OF_SERVER } from './expected.js';

/** Holds what speaks to the clients and what executes. */
const FILE = /([\\/]dist[\\/])jupyter\.js$/;

/** The content of an `execute_request`. */
export interface IRequest {
  readonly code: string;
  readonly silent?: boolean;
  readonly user_expressions?: Readonly<Record<string, unknown>>;
}

/** A message as the server of the kernel holds it. */
export interface IMessage {
  readonly header: { readonly msg_type: string; readonly msg_id: string };
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly content: IRequest;
  createReply: (this: IMessage) => unknown;
  signAndSend: (this: IMessage, ...rest: unknown[]) => void;
}

/** Writes a piece of text of a cell. */
export type WriteStream = (name: string, text: string) => void;

/** Sends a display of a cell, or what takes the place of one. */
export type WriteDisplay = (content: { data?: unknown }, update?: boolean) => void;

/** Where the texts and the displays of one cell go. */
export interface ISinks {
  readonly write: WriteStream;
  readonly display: WriteDisplay;
}

/** `JupyterHandlerImpl`, which executes. */
export interface IHandler {
  execCount: number;
  /** Holds what cells define. */
  readonly executor: { readonly locals: object };
  handleExecute: (
    this: IHandler,
    request: IRequest,
    ...rest: unknown[]
  ) => Promise<Record<string, unknown>>;
  handleExecuteImpl: (
    this: IHandler,
    request: IRequest,
    write: WriteStream,
    display: WriteDisplay,
    ...rest: unknown[]
  ) => Promise<unknown>;
}

/** `ZmqServer`, which speaks to the clients. */
export interface IServer {
  handler: IHandler;
  handleExecute: (this: IServer, socket: unknown, message: IMessage) => Promise<void>;
  handleShutdown: (this: IServer, ...rest: unknown[]) => void;
  publishStatus: (this: IServer, status: string, message: IMessage) => void;
}

/** One copy of tslab in this process: the prototypes whose methods are taken over. */
export interface ICopy {
  readonly server: IServer;
  readonly handler: IHandler;
}

/**
 * The copies of tslab that are loaded: a global one hands over to a local one, so there may be two. None where the
 * inside of one is not as expected: it may be the one that is at work.
 */
export function loadedCopies(): ICopy[] {
  const found = modules().map(([, copy]) => copy);
  return found.every(copy => copy !== undefined) ? found : [];
}

/** The files of those copies that are as expected, in the order in which they were loaded. */
export function loadedPaths(): string[] {
  return modules().flatMap(([path, copy]) => (copy === undefined ? [] : [path]));
}

/** What `display` of tslab sends through: it is bound anew for each cell. */
export interface IDisplaying {
  lastWriteDisplayData?: WriteDisplay | null;
}

/** Those of the copies that are as expected. */
export function displaying(): IDisplaying[] {
  return modules().flatMap(([, copy, exported]) =>
    copy === undefined ? [] : [exported as IDisplaying]
  );
}

/** The files of tslab that are loaded, with what is taken over of them where it is as expected. */
function modules(): Array<[path: string, copy: ICopy | undefined, exported: unknown]> {
  const cache = (Module as unknown as { _cache: Record<string, NodeJS.Module | undefined> })._cache;
  return Object.entries(cache)
    .filter(([path]) => FILE.test(path))
    .map(([path, module]): [string, ICopy | undefined, unknown] => {
      const evaluating = cache[path.replace(FILE, `$1executor.js`)]?.exports as unknown;
      return [path, copyOf(module?.exports, evaluating), module?.exports];
    })
    .filter(([path, copy]) => copy !== undefined || isOfTslab(path));
}

/**
 * The prototypes that a module exports, if it is the one of tslab that is looked for and all that is used of it is as
 * expected.
 *
 * @param evaluating - what the module beside it exports, which evaluates cells.
 */
export function copyOf(exported: unknown, evaluating: unknown): ICopy | undefined {
  try {
    const { ZmqServer, JupyterHandlerImpl } = (exported ?? {}) as Record<
      string,
      { prototype?: unknown } | undefined
    >;
    const server = ZmqServer?.prototype as IServer;
    const handler = JupyterHandlerImpl?.prototype as IHandler;
    const known = taken.get(server);
    if (known !== undefined) {
      return known;
    }
    const isAsExpected =
      doesAsExpected(server, OF_SERVER) &&
      doesAsExpected(handler, OF_HANDLER) &&
      doesAsExpected(evaluating, OF_EXECUTOR);
    return isAsExpected ? { server, handler } : undefined;
  } catch {
    // A getter of its own.
    return undefined;
  }
}

/** The copies whose methods were replaced, by what was replaced: they are not looked at again. */
const taken = new Map<unknown, ICopy>();

/** The methods of a copy are about to be replaced. */
export function take(copy: ICopy): void {
  taken.set(copy.server, copy);
}
