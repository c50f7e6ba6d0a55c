/**
 * The cell that loads the tracker by importing it: it was going on before anybody listened.
 *
 * #### Notes
 * What it prints still goes through functions that the kernel made for this cell, and they know the request.
 * So the request is found by having one of them begin to write, which is called off before anything is sent.
 */
import inspector from 'node:inspector';
import {
  displaying,
  type IDisplaying,
  type IMessage,
  type ISinks,
  type WriteDisplay
} from './internals.js';

/** How a cell's evaluation begins: tslab puts what it made of a cell into a function. */
export const CELL = /^\((?:async )?function\(exports, require\) \{ /;

/** What the answer to a request says. */
interface IReply {
  readonly header?: { readonly msg_type?: string };
  readonly parent?: unknown;
  readonly content?: { readonly status?: string; readonly execution_count?: number };
}

/** The request of the cell that prints now, or of the last one that did; undefined where it cannot be found. */
export function printingRequest(): IMessage | undefined {
  const prototype = stoppedAt('identity');
  if (prototype === undefined) {
    return undefined;
  }
  const { createReply } = prototype;
  const asked: IMessage[] = [];
  try {
    prototype.createReply = function () {
      asked.push(this);
      throw new Error('found');
    };
    process.stdout.write('');
  } catch {
    // As intended.
  } finally {
    prototype.createReply = createReply;
  }
  return asked.find(({ header }) => header.msg_type === 'execute_request');
}

/** The prototype of the messages of the kernel: that of the object which first gets a property of this name. */
function stoppedAt(property: string): IMessage | undefined {
  let found: unknown;
  if (Object.hasOwn(Object.prototype, property) || !Object.hasOwn(process.stdout, 'write')) {
    return undefined;
  }
  try {
    Object.defineProperty(Object.prototype, property, {
      configurable: true,
      set(this: object) {
        found = Object.getPrototypeOf(this);
        throw new Error('found');
      }
    });
    process.stdout.write('');
  } catch {
    // As intended.
  } finally {
    Reflect.deleteProperty(Object.prototype, property);
  }
  const { createReply, signAndSend } = (found ?? {}) as Partial<IMessage>;
  return typeof createReply === 'function' && typeof signAndSend === 'function'
    ? (found as IMessage)
    : undefined;
}

/**
 * Tells once what a request is answered, before the answer is sent.
 *
 * @param told - `count` is the number that the notebook shows.
 */
export function onAnswer(
  request: IMessage,
  told: (isFailed: boolean, count: number | null) => void
): void {
  const prototype = Object.getPrototypeOf(request) as IMessage;
  const { signAndSend } = prototype;
  const listening = function (this: IMessage, ...rest: unknown[]): void {
    const { header, parent, content } = this as unknown as IReply;
    if (header?.msg_type === 'execute_reply' && parent === request.header) {
      if (prototype.signAndSend === listening) {
        prototype.signAndSend = signAndSend;
      }
      told(content?.status !== 'ok', content?.execution_count ?? null);
    }
    signAndSend.apply(this, rest);
  };
  prototype.signAndSend = listening;
}

/** Hears what a cell shows that is going on. Returns what ends that. */
export function hear(sinks: ISinks): () => void {
  const ends = (['stdout', 'stderr'] as const).map(name => {
    const stream: { write: (...parameters: never[]) => unknown } = process[name];
    const { write } = stream;
    const heard = new Proxy(write, {
      apply(target, self, parameters) {
        const [text] = parameters as unknown as [unknown];
        sinks.write(
          name,
          typeof text === 'string' ? text : Buffer.from(text as Uint8Array).toString()
        );
        return Reflect.apply(target, self, parameters) as unknown;
      }
    });
    stream.write = heard;
    return () => {
      // The next cell has brought its own.
      if (stream.write === heard) {
        stream.write = write;
      }
    };
  });
  ends.push(...displaying().map(copy => hearDisplays(copy, sinks)));
  return () => {
    ends.forEach(end => {
      end();
    });
  };
}

/** Hears what a cell displays that is going on, through one copy of tslab. Returns what ends that. */
function hearDisplays(copy: IDisplaying, sinks: ISinks): () => void {
  const own = copy.lastWriteDisplayData;
  if (typeof own !== 'function') {
    return () => undefined;
  }
  const heard: WriteDisplay = (content, update) => {
    sinks.display(content, update);
    own(content, update);
  };
  copy.lastWriteDisplayData = heard;
  return () => {
    // The next cell has brought its own.
    if (copy.lastWriteDisplayData === heard) {
      copy.lastWriteDisplayData = own;
    }
  };
}

/**
 * The JavaScript of the cell that is evaluated now, or was last; undefined where it cannot be had.
 *
 * #### Notes
 * Only the debugger knows it. It looks through all that is loaded, which takes about as long as tslab takes for
 * some cells, once.
 */
export function scriptOfCell(): string | undefined {
  const session = new inspector.Session();
  let last: string | undefined;
  let code: string | undefined;
  try {
    session.connect();
    session.on('Debugger.scriptParsed', ({ params: { url, scriptId } }) => {
      last = url.startsWith('evalmachine.') ? scriptId : last;
    });
    session.post('Debugger.enable');
    if (last !== undefined) {
      session.post('Debugger.getScriptSource', { scriptId: last }, (_, found) => {
        code = found?.scriptSource;
      });
    }
    session.post('Debugger.disable');
  } catch {
    // A Node without an inspector.
  } finally {
    session.disconnect();
  }
  return code !== undefined && CELL.test(code) ? code : undefined;
}
