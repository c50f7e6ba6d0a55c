import type { KernelMessage } from '@jupyterlab/services';
import type { IAttachOptions, IAttachReply, IKernelLanguage } from './language.js';

/**
 * The code that loads the tracker into a kernel of tslab.
 *
 * #### Notes
 * A block, so that it leaves no name and shows no value; it is compiled as TypeScript or JavaScript,
 * whichever the kernel is for. It must not fail: behind a failure the kernel drops what is queued.
 */
export function tslabLoader(options: IAttachOptions): string {
  const { location } = options;
  const separator = location.includes('\\') ? '\\' : '/';
  const file = [location.replace(/[\\/]$/, ''), 'backtrail', 'tslab', 'register.cjs'].join(
    separator
  );
  const [path, text] = [file, JSON.stringify(options)].map(part => JSON.stringify(part));
  return `{ try { globalThis.process.mainModule.require(${path}).load(${text}) } catch {} }`;
}

function request(
  call: 'attach' | 'new_run',
  options: IAttachOptions
): KernelMessage.IExecuteRequestMsg['content'] {
  return {
    // A kernel that has the tracker never runs this: it answers the expression.
    code: tslabLoader(options),
    silent: true,
    store_history: false,
    allow_stdin: false,
    stop_on_error: false,
    user_expressions: { backtrail: `${call} ${JSON.stringify(options)}` }
  };
}

function read(content: KernelMessage.IExecuteReplyMsg['content']): IAttachReply | 'again' | null {
  if (content.status !== 'ok') {
    return null;
  }
  const answer = content.user_expressions?.['backtrail'] as
    { data?: { 'text/plain'?: string } } | undefined;
  try {
    const text = answer?.data?.['text/plain'];
    return text === undefined ? 'again' : (JSON.parse(text) as IAttachReply);
  } catch {
    return {
      state: 'failed',
      message: 'The tracker in this kernel gave an answer that is not JSON.'
    };
  }
}

/** Kernels of tslab: TypeScript, and JavaScript. */
export const tslab: IKernelLanguage = {
  // Other kernels of these languages, as Deno's, are left alone: they would show what they cannot run.
  serves: ({ language, argv }) =>
    /^(type|java)script$/i.test(language) &&
    argv.some(part => /(^|[\\/])tslab([\\/.]|$)/i.test(part)),
  isCounted: true,
  attach: options => request('attach', options),
  newRun: options => request('new_run', options),
  read
};
