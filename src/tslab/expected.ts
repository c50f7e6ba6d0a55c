/**
 * Whether the inside of a copy of tslab is as the tracker knows it.
 *
 * #### Notes
 * Its methods are taken over as they are called by each other, so it is not enough that they are there: what they
 * are given and what they do with it is read from their text. All of it is looked at before anything is
 * touched, so that a kernel is taken over wholly or not at all.
 */
import { dirname, join } from 'node:path';
import { readFileSync } from './disk.js';
import { functionText } from './intrinsics.js';

/** What the text of a function holds, without spaces; `$1` is its first parameter. */
interface IExpected {
  readonly parameters: number;
  readonly says: readonly string[];
}

type Methods = Readonly<Record<string, IExpected>>;

/** Of `ZmqServer`. */
export const OF_SERVER: Methods = {
  handleExecute: {
    parameters: 2,
    says: ['$2.createReply()', '.signAndSend(', 'this.handler.handleExecute($2.content,']
  },
  handleShutdown: { parameters: 2, says: [] },
  publishStatus: { parameters: 2, says: ['$2.createReply()', 'execution_state:$1'] }
};

/** Of `JupyterHandlerImpl`. */
export const OF_HANDLER: Methods = {
  handleExecute: { parameters: 3, says: ['this.handleExecuteImpl($1,$2,$3)', 'status'] },
  handleExecuteImpl: {
    parameters: 3,
    says: [
      '++this.execCount',
      'this.executor.execute($1.code)',
      '"stdout",$2)',
      'lastWriteDisplayData=$3'
    ]
  }
};

/** What evaluates cells, in `executor.js`. */
export const OF_EXECUTOR: Methods = {
  createExecutor: {
    parameters: 3,
    says: ['(function(exports,require){', '.runInThisContext(', 'globalThis.__tslab__=', 'locals:']
  }
};

/** Whether an object has these methods itself, lets them be replaced, and they do what is expected. */
export function doesAsExpected(object: unknown, methods: Methods): boolean {
  return (
    typeof object === 'object' &&
    object !== null &&
    Object.entries(methods).every(([name, expected]) => {
      const { value, writable } = (Object.getOwnPropertyDescriptor(object, name) ??
        {}) as TypedPropertyDescriptor<unknown>;
      return writable === true && typeof value === 'function' && is(value, expected);
    })
  );
}

function is(method: object, { parameters, says }: IExpected): boolean {
  const text = functionText(method).replace(/\s+/g, '').replaceAll("'", '"');
  const [, inside = ''] = /^[^(]*\(([\w$,]*)\)/.exec(text) ?? [];
  const names = inside.split(',');
  return (
    names.length === parameters &&
    says.every(words =>
      text.includes(words.replace(/\$(\d)/g, (_, at: string) => names[Number(at) - 1]))
    )
  );
}

/** Whether a file of a folder `dist` is one of tslab, whatever is in it. */
export function isOfTslab(path: string): boolean {
  try {
    const text = readFileSync(join(dirname(dirname(path)), 'package.json'), 'utf8');
    return (JSON.parse(text) as { name?: unknown }).name === 'tslab';
  } catch {
    return false;
  }
}
