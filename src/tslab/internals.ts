/**
 * What the tracker needs of tslab, a kernel for TypeScript and JavaScript: the shapes of its internals
 * (version 1.0), as far as they are used.
 */
import Module from 'node:module';

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
 * The copies of tslab that are loaded: a global one hands over to a local one, so there may be two.
 * Those whose internals are not as expected are left out.
 */
export function loadedCopies(): ICopy[] {
  return loaded().flatMap(([, copy]) => copy);
}

/** The files of {@link loadedCopies} that hold them, in the order in which they were loaded. */
export function loadedPaths(): string[] {
  return loaded().map(([path]) => path);
}

/** What `display` of tslab sends through: it is bound anew for each cell. */
export interface IDisplaying {
  lastWriteDisplayData?: WriteDisplay | null;
}

/** Those of {@link loadedCopies}. */
export function displaying(): IDisplaying[] {
  return modules().flatMap(([, exported]) =>
    copyOf(exported) === undefined ? [] : [exported as IDisplaying]
  );
}

function loaded(): Array<[path: string, copy: ICopy]> {
  return modules().flatMap(([path, exported]) => {
    const copy = copyOf(exported);
    return copy === undefined ? [] : [[path, copy] as [string, ICopy]];
  });
}

function modules(): Array<[path: string, exported: unknown]> {
  const cache = (Module as unknown as { _cache: Record<string, NodeJS.Module | undefined> })._cache;
  return Object.entries(cache)
    .filter(([path]) => /[\\/]dist[\\/]jupyter\.js$/.test(path))
    .map(([path, module]) => [path, module?.exports]);
}

/** The prototypes that a module exports, if it is the one of tslab that is looked for. */
export function copyOf(exported: unknown): ICopy | undefined {
  const { ZmqServer, JupyterHandlerImpl } = (exported ?? {}) as Record<
    string,
    { prototype?: unknown } | undefined
  >;
  const server = ZmqServer?.prototype as IServer | undefined;
  const handler = JupyterHandlerImpl?.prototype as IHandler | undefined;
  const isAsExpected =
    has(server, 'handleExecute', 'handleShutdown', 'publishStatus') &&
    has(handler, 'handleExecute', 'handleExecuteImpl');
  return isAsExpected ? { server: server!, handler: handler! } : undefined;
}

function has(object: unknown, ...methods: string[]): boolean {
  return (
    typeof object === 'object' &&
    object !== null &&
    methods.every(method => typeof (object as Record<string, unknown>)[method] === 'function')
  );
}
