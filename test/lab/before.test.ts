import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';
import { runBefore } from '../../src/lab/runview/before.js';
import type { RunList } from '../../src/lab/store/runs.js';
import { summary } from './summary.js';

/** A list that a test fills; it counts who watches. */
class FakeList {
  runs: RunList['runs'] = [];
  state: RunList['state'] = 'loading';
  isComplete = false;
  error = '';
  watchers = 0;
  changed = new Signal<this, void>(this);

  watch() {
    this.watchers++;
    return {
      isDisposed: false,
      dispose: () => {
        this.watchers--;
      }
    };
  }

  tell(ids: readonly string[], isComplete: boolean, archived: readonly string[] = []): void {
    this.runs = ids.map(id => summary({ id, archived: archived.includes(id) }));
    this.state = 'ready';
    this.isComplete = isComplete;
    this.changed.emit();
  }
}

const before = (list: FakeList, id: string) => runBefore(list as unknown as RunList, id);

describe('the run before', () => {
  it('is the newest that began earlier, archived ones left out', async () => {
    const list = new FakeList();
    list.tell(['r4', 'r3', 'r2', 'r1'], true, ['r2']);
    expect(await before(list, 'r4')).toBe('r3');
    expect(await before(list, 'r3')).toBe('r1');
    expect(list.watchers).toBe(0);
  });

  it('of the first one is none', async () => {
    const list = new FakeList();
    list.tell(['r2', 'r1'], true);
    expect(await before(list, 'r1')).toBeNull();
  });

  it('is waited for while the server has told of newer ones only', async () => {
    const list = new FakeList();
    const found = before(list, 'r3');
    list.tell(['r5', 'r4', 'r3'], false);
    list.tell(['r5', 'r4', 'r3', 'r2'], false);
    expect(await found).toBe('r2');
  });

  it('is not known where the list cannot be had', async () => {
    const list = new FakeList();
    const found = before(list, 'r3');
    list.state = 'failed';
    list.error = 'no server';
    list.changed.emit();
    await expect(found).rejects.toThrow('no server');
    expect(list.watchers).toBe(0);
  });
});
