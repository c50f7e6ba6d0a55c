/** What is done afterwards comes behind the answer of a cell, and before anything else can happen. */
import { expect, test } from 'vitest';
import { Afterwards } from '../../src/tslab/afterwards.js';

test('a job comes behind all promises and before timers', async () => {
  const order: string[] = [];
  const afterwards = new Afterwards();
  await new Promise<void>(done => {
    setTimeout(() => order.push('timer'), 0);
    setImmediate(() => {
      order.push('immediate');
      done();
    });
    void (async () => {
      afterwards.do(() => order.push('job'));
      for (let hops = 0; hops < 50; hops++) {
        await Promise.resolve();
      }
      order.push('promises');
    })();
  });
  expect(order.slice(0, 2)).toEqual(['promises', 'job']);
});

test('what waits is done at once when it is asked for, and then not again', async () => {
  const done: number[] = [];
  const afterwards = new Afterwards();
  afterwards.do(() => done.push(1));
  expect(done).toEqual([]);
  afterwards.settle();
  afterwards.settle();
  await new Promise(resolve => setImmediate(resolve));
  expect(done).toEqual([1]);
});

test('a job that still waits is done before the next one waits', () => {
  const done: number[] = [];
  const afterwards = new Afterwards();
  afterwards.do(() => done.push(1));
  afterwards.do(() => done.push(2));
  expect(done).toEqual([1]);
  afterwards.settle();
  expect(done).toEqual([1, 2]);
});
