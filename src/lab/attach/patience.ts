import type { Kernel, KernelMessage } from '@jupyterlab/services';

/** How long an idle kernel may owe an answer, in milliseconds. */
const PATIENCE = 10_000;

/**
 * The reply to a request, or null when none came although the kernel had nothing else to do.
 *
 * #### Notes
 * A reply waits behind the cell that runs, for hours if need be, so only the time in which the
 * kernel is idle counts. A dropped socket leaves a future that never settles: hence the limit.
 *
 * @throws where the request was canceled by a restart or by the kernel's end
 */
export async function answered(
  kernel: Kernel.IKernelConnection,
  future: Kernel.IShellFuture<KernelMessage.IExecuteRequestMsg, KernelMessage.IExecuteReplyMsg>,
  patience = PATIENCE
): Promise<KernelMessage.IExecuteReplyMsg | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let idle = 0;
  const gaveUp = new Promise<null>(resolve => {
    const look = (): void => {
      idle = kernel.status === 'idle' && kernel.connectionStatus === 'connected' ? idle + 1 : 0;
      if (kernel.isDisposed || idle > 1) {
        resolve(null);
      } else {
        timer = setTimeout(look, patience / 2);
      }
    };
    timer = setTimeout(look, patience / 2);
  });
  try {
    const reply = await Promise.race([future.done, gaveUp]);
    if (!reply) {
      future.dispose();
    }
    return reply ?? null;
  } finally {
    clearTimeout(timer);
  }
}
