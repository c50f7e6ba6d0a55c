/** Interrupts a cell of a replay, as the user did in the notebook. */
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';

/** Milliseconds before it is tried again, for cells that have not heard. */
const AGAIN = 1000;

/**
 * In a thread of its own, since the cell may be in a loop. While Node enters a body that can be interrupted, a
 * signal would end the process, and before that it would be lost: so the time begins with the body, and leaves
 * it a moment.
 */
const CLOCK = `
  const { begun, delay, again } = require('node:worker_threads').workerData;
  const interrupt = () => process.kill(process.pid, 'SIGINT');
  Atomics.wait(begun, 0, 0);
  setTimeout(() => { interrupt(); setInterval(interrupt, again); }, delay);
`;

/** Executes something whose body is interrupted after so many seconds. */
export async function interrupted<T>(seconds: number, execute: () => Promise<T>): Promise<T> {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { begun, delay: Math.max(seconds * 1000, 100), again: AGAIN };
  const clock = new Worker(CLOCK, { eval: true, workerData });
  const { runInThisContext } = vm;
  vm.runInThisContext = new Proxy(runInThisContext, {
    apply(evaluate, self, parameters) {
      Atomics.store(begun, 0, 1);
      Atomics.notify(begun, 0);
      return Reflect.apply(evaluate, self, parameters) as unknown;
    }
  });
  try {
    await new Promise(done => clock.once('online', done));
    return await execute();
  } finally {
    vm.runInThisContext = runInThisContext;
    Atomics.store(begun, 0, 1);
    Atomics.notify(begun, 0);
    await clock.terminate();
  }
}
