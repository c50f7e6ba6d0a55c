import type { Kernel, KernelMessage } from '@jupyterlab/services';

/** How long an idle kernel may owe an answer, in milliseconds. */
const PATIENCE = 10_000;

/** How an answer is waited for. */
export interface IPatience {
  /** Whether a cell of the notebook waits or runs. A kernel of tslab calls itself idle meanwhile. */
  readonly isRunning: () => boolean;
  /** Called once when the kernel has nothing else to do and does not answer. */
  readonly silent: () => void;
  readonly patience?: number;
}

/**
 * The reply to a request, however late it comes.
 *
 * #### Notes
 * A reply waits behind the cell that runs, for hours if need be, so only the time in which the
 * kernel is idle counts. A dropped socket leaves a future that never settles: so it is told when no
 * reply came in time.
 *
 * @throws where the request was canceled by a restart or by the kernel's end
 */
export async function answered(
  kernel: Kernel.IKernelConnection,
  future: Kernel.IShellFuture<KernelMessage.IExecuteRequestMsg, KernelMessage.IExecuteReplyMsg>,
  { isRunning, silent, patience = PATIENCE }: IPatience
): Promise<KernelMessage.IExecuteReplyMsg> {
  let idle = 0;
  const look = (): void => {
    const isIdle =
      kernel.status === 'idle' && kernel.connectionStatus === 'connected' && !isRunning();
    idle = isIdle ? idle + 1 : 0;
    if (kernel.isDisposed || idle > 1) {
      silent();
    } else {
      timer = setTimeout(look, patience / 2);
    }
  };
  let timer = setTimeout(look, patience / 2);
  try {
    return await future.done;
  } finally {
    clearTimeout(timer);
  }
}
