import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answered } from '../../src/lab/attach/patience.js';

type Reply = KernelMessage.IExecuteReplyMsg;

/** A kernel that says it is idle, and a request to it that is answered when `answer` is called. */
function asked(isRunning: () => boolean) {
  const kernel = { status: 'idle', connectionStatus: 'connected', isDisposed: false };
  let answer: (reply: Reply) => void = () => undefined;
  const done = new Promise<Reply>(resolve => (answer = resolve));
  const silent = vi.fn();
  const reply = answered(
    kernel as Kernel.IKernelConnection,
    { done } as Kernel.IShellFuture<KernelMessage.IExecuteRequestMsg, Reply>,
    { isRunning, silent, patience: 1000 }
  );
  return { kernel, answer, silent, reply };
}

describe('the answer of a kernel', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is missed when the kernel has nothing to do, and taken when it comes all the same', async () => {
    const { answer, silent, reply } = asked(() => false);
    await vi.advanceTimersByTimeAsync(900);
    expect(silent).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(silent).toHaveBeenCalledTimes(1);
    answer({ channel: 'shell' } as Reply);
    expect(await reply).toMatchObject({ channel: 'shell' });
  });

  it('is not missed while a cell of the notebook runs, though the kernel calls itself idle', async () => {
    let isRunning = true;
    const { answer, silent, reply } = asked(() => isRunning);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(silent).not.toHaveBeenCalled();
    isRunning = false;
    answer({ channel: 'shell' } as Reply);
    expect(await reply).toMatchObject({ channel: 'shell' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(silent).not.toHaveBeenCalled();
  });

  it('is not missed while the kernel says that it is busy, or is not connected', async () => {
    const { kernel, silent } = asked(() => false);
    kernel.status = 'busy';
    await vi.advanceTimersByTimeAsync(10_000);
    kernel.status = 'idle';
    kernel.connectionStatus = 'connecting';
    await vi.advanceTimersByTimeAsync(10_000);
    expect(silent).not.toHaveBeenCalled();
    kernel.connectionStatus = 'connected';
    await vi.advanceTimersByTimeAsync(1500);
    expect(silent).toHaveBeenCalledTimes(1);
  });
});
