import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IActivity } from '../../src/lab/attach/activity.js';
import { stateOf } from '../../src/lab/attach/state.js';
import { HistoryModel } from '../../src/lab/history/model.js';
import { RunFilter } from '../../src/lab/history/runfilter.js';
import { executionsOf } from '../../src/lab/runview/executions.js';
import { RunModel } from '../../src/lab/runview/model.js';
import { MetricCounter } from '../../src/lab/statusbar/counter.js';
import { statusOf } from '../../src/lab/statusbar/model.js';
import type { FollowRequest, IRun } from '../../src/lab/store/protocol.js';
import { CommitAncestry } from '../../src/lab/store/ancestry.js';
import { RunList, type IRunListScope } from '../../src/lab/store/runs.js';
import { RunSeries } from '../../src/lab/store/series.js';
import type { IFollower } from '../../src/lab/store/socket.js';
import type { ICapture, ICellActivity, IRunStore } from '../../src/lab/tokens.js';
import { summary } from './summary.js';

/** A server in memory: it has runs, counts what is asked, and knows what is followed. */
class Server {
  runs: IRun[] = [];
  asked = 0;
  followed: FollowRequest[] = [];

  run = (id: string): Promise<IRun> => {
    this.asked++;
    const found = this.runs.find(run => run.id === id);
    return found ? Promise.resolve(found) : Promise.reject(new Error('There is no such run.'));
  };

  follow = (
    request: FollowRequest,
    follower: IFollower
  ): { isDisposed: boolean; dispose(): void } => {
    this.followed.push(request);
    follower.message({ id: 'x', runs: this.runs, series: {} });
    return {
      isDisposed: false,
      dispose: () => {
        this.followed = this.followed.filter(other => other !== request);
      }
    };
  };

  store(): IRunStore {
    const client = { follow: this.follow, run: this.run, status: () => Promise.resolve() };
    const lists = new Map<string, RunList>();
    const store = {
      client,
      list: (scope: IRunListScope) => {
        const key = JSON.stringify(scope);
        const list = lists.get(key) ?? new RunList(client, scope);
        lists.set(key, list);
        return list;
      },
      series: (run: string, width: number) => new RunSeries(client, run, width),
      put: () => undefined,
      ancestry: new CommitAncestry({ ancestry: () => Promise.resolve({}) })
    };
    return Object.assign(store, { edited: new Signal(store) }) as unknown as IRunStore;
  }
}

/** The kernels that are open in the page: what their cells do, by session. */
class Cells implements ICellActivity {
  readonly known = new Map<string, IActivity>();
  readonly activityChanged = new Signal<ICapture, void>(this as unknown as ICapture);
  activity = (session: string | null): IActivity | null => this.known.get(session ?? '') ?? null;
}

let server: Server;
let cells: Cells;

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  cells = new Cells();
});

afterEach(() => {
  vi.useRealTimers();
});

const trans = nullTranslator.load('backtrail');
const metric = { last: 1, min: 1, max: 1, first: 1, count: 1, step: 0 };

describe('the runs panel', () => {
  const open = (): HistoryModel => {
    const model = new HistoryModel(server.store(), cells);
    model.notebook = 'a/n.ipynb';
    model.visible = true;
    return model;
  };

  it('follows nothing while it is hidden', () => {
    const model = open();
    expect(server.followed).toEqual([{ follow: 'runs', scope: 'notebook', path: 'a/n.ipynb' }]);
    model.visible = false;
    expect(server.followed).toEqual([]);
    model.visible = true;
    expect(server.followed).toHaveLength(1);
    model.dispose();
    model.dispose();
    expect(server.followed).toEqual([]);
  });

  it('shows the runs that a filter lets through, and what each changed in the whole history', () => {
    server.runs = [0.1, 0.2, 0.3].map((lr, index) =>
      summary({ id: `2026112${index}-000000000-aaaa`, params: { lr }, name: `n ${index}` })
    );
    const model = open();
    model.filter = new RunFilter('lr > 0.25 and changed(lr)');
    expect(model.runs.map(run => run.name)).toEqual(['n 2']);
    expect(model.unfiltered).toBe(3);
    expect(model.before.get(model.runs[0].id)?.name).toBe('n 1');
    model.filter = new RunFilter('lr >');
    expect(model.filter).toMatchObject({ isIncomplete: true, error: { start: 4 } });
    expect(model.runs).toHaveLength(3);
    model.filter = null;
    expect(model.runs).toHaveLength(3);
    model.dispose();
  });

  it('goes with the active notebook, its folder, or stays with everything', () => {
    const model = open();
    model.scope = 'folder';
    expect(server.followed).toMatchObject([{ scope: 'folder', path: 'a' }]);
    model.notebook = 'b/m.ipynb';
    expect(server.followed).toMatchObject([{ scope: 'folder', path: 'b' }]);
    model.scope = 'all';
    model.notebook = '';
    expect(server.followed).toMatchObject([{ scope: 'all', path: '' }]);
    model.scope = 'notebook';
    expect(model.list).toBeNull();
    expect(server.followed).toEqual([]);
  });

  it('knows which runs have cells that run', () => {
    const [going, over] = [
      summary({ id: '2', session: 's', status: 'running' }),
      summary({ id: '1', session: 's' })
    ];
    server.runs = [going, over];
    cells.known.set('s', { isBusy: true, since: null });
    const model = open();
    expect(model.activity(going)?.isBusy).toBe(true);
    expect(model.activity(over)).toBeNull();
  });

  it('hides archived runs until they are wanted', () => {
    server.runs = [summary({ id: '2', archived: true }), summary({ id: '1' })];
    const model = open();
    expect(model.runs.map(run => run.id)).toEqual(['1']);
    expect(model.archived).toBe(1);
    model.withArchived = true;
    expect(model.runs.map(run => run.id)).toEqual(['2', '1']);
  });

  it('draws the open run, else the one that is running, else the last with metrics', () => {
    const metrics = { loss: metric };
    server.runs = [
      summary({ id: '4' }),
      summary({ id: '3', metrics }),
      summary({ id: '2', metrics, status: 'running' }),
      summary({ id: '1', metrics })
    ];
    const model = open();
    expect(model.latest?.id).toBe('2');
    const run = { id: '1', number: 1, name: 'n 1', status: 'running', metrics: 1 };
    model.capture = stateOf({ state: 'recording', run });
    expect(model.latest?.id).toBe('1');
    server.runs = server.runs.map(each => ({ ...each, status: 'finished' }));
    expect(open().latest?.id).toBe('3');
  });

  it('moves the selection within the list', () => {
    server.runs = [summary({ id: '3' }), summary({ id: '2' }), summary({ id: '1' })];
    const model = open();
    model.move(0);
    expect(model.selected).toBe('3');
    model.move(1);
    expect(model.selected).toBe('2');
    model.move(Infinity);
    expect(model.selected).toBe('1');
    model.move(-Infinity);
    expect(model.selected).toBe('3');
  });
});

describe('the run view', () => {
  it('lets the time of an open run stand still at the last thing known', async () => {
    const started = '2026-11-23T15:00:00.000000Z';
    const at = Date.parse(started);
    server.runs = [summary({ id: 'r', session: 's', status: 'running', started })];
    const store = server.store();
    const model = new RunModel('r', store, cells);
    const changes = vi.fn();
    model.changed.connect(changes);
    model.visible = true;
    await vi.advanceTimersByTimeAsync(10);
    expect(model.activity).toBeNull();
    changes.mockClear();
    cells.known.set('s', { isBusy: false, since: null });
    cells.activityChanged.emit();
    expect(changes).toHaveBeenCalledTimes(1);
    expect(model.activity).toEqual({ isBusy: false, since: null });
    const points = { step: [0], time: [at / 1000 + 30], value: [1], count: 1 };
    (model.series.points as Map<string, typeof points>).set('loss', points);
    expect(model.activity).toEqual({ isBusy: false, since: at + 30_000 });
    cells.known.set('s', { isBusy: false, since: at + 40_000 });
    expect(model.activity?.since).toBe(at + 40_000);
    server.runs = [summary({ id: 'r', session: 's', status: 'finished' })];
    await model.refresh();
    expect(model.activity).toBeNull();
    model.dispose();
  });

  it('asks again while the run goes on and somebody looks', async () => {
    server.runs = [summary({ id: 'r', status: 'running' })];
    const model = new RunModel('r', server.store(), cells);
    model.visible = true;
    await vi.advanceTimersByTimeAsync(10_000);
    const asked = server.asked;
    expect(asked).toBeGreaterThan(2);
    model.visible = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.asked).toBe(asked);
    server.runs = [summary({ id: 'r', status: 'finished' })];
    model.visible = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.asked).toBe(asked + 1);
    expect(model.run?.status).toBe('finished');
    model.dispose();
    model.dispose();
  });

  it('keeps what it shows when the server goes away, and says so', async () => {
    server.runs = [summary({ id: 'r', status: 'running' })];
    const model = new RunModel('r', server.store(), cells);
    model.visible = true;
    await vi.advanceTimersByTimeAsync(10);
    server.runs = [];
    await vi.advanceTimersByTimeAsync(3000);
    expect([model.run?.id, model.error]).toEqual(['r', 'There is no such run.']);
    model.dispose();
  });
});

describe('the executions of a run', () => {
  it('have their sources from the session’s log, and their errors', () => {
    const lines = [
      { event: 'cell_start', time: 't1', n: 1, source: 'x = 1', sha256: 'a' },
      { event: 'cell_end', time: 't2', n: 1, status: 'finished', duration: 1 },
      { event: 'cell_start', time: 't3', n: 2, source_blob: 'b', sha256: 'b' },
      {
        event: 'cell_end',
        time: 't4',
        n: 2,
        status: 'failed',
        duration: 1,
        error: { type: 'ValueError', message: 'no' }
      }
    ];
    const text = `${lines.map(line => JSON.stringify(line)).join('\n')}\nnot JSON\n{"torn`;
    const cell = (n: number): IRun['cells'][number] => ({
      n,
      cell: null,
      count: n,
      sha256: null,
      status: n === 2 ? 'failed' : 'finished',
      duration: 1
    });
    const run = summary({ session: 's', cells: [cell(1), cell(2), cell(3)] });
    const logs = [
      {
        id: 'other',
        text: '{"event":"cell_start","time":"","n":1,"source":"wrong","sha256":""}\n'
      },
      { id: 's', text }
    ];
    expect(
      executionsOf(run, { logs }).map(({ n, source, blob, error }) => [n, source, blob, error])
    ).toEqual([
      [1, 'x = 1', undefined, ''],
      [2, undefined, 'b', 'ValueError: no'],
      [3, undefined, undefined, '']
    ]);
  });
});

describe('the status bar', () => {
  const run = { id: 'r', number: 12, name: 'digits 12', status: 'running', metrics: 1 };

  it('names the open run and counts its metrics', () => {
    const state = stateOf({ state: 'recording', run });
    expect(statusOf(state, trans)?.text).toBe('digits #12 · 1 metric');
    expect(statusOf(state, trans, 3)?.text).toBe('digits #12 · 3 metrics');
    expect(
      statusOf(stateOf({ state: 'recording', run: { ...run, metrics: 0 } }), trans)?.text
    ).toBe('digits #12');
  });

  it('says in a few words why nothing is recorded, and in full when asked', () => {
    const message = 'The folder /x/runs cannot be written: choose another in the settings.';
    const status = statusOf(stateOf({ state: 'failed', message }), trans);
    expect(status?.text).toBe('not recording: The folder /x/runs cannot be written');
    expect(status?.title).toBe(message);
    expect(status?.mark).toBe('failed');
  });

  it('says off, and nothing without a kernel', () => {
    expect(statusOf(stateOf({ state: 'off' }), trans)?.text).toBe('off');
    expect(statusOf({ kind: 'none', message: '', reply: null }, trans)).toBeNull();
  });

  it('counts again while a cell runs and once when it has ended, and then rests', async () => {
    server.runs = [summary({ id: 'r', status: 'running', metrics: { loss: metric } })];
    const counter = new MetricCounter(server);
    counter.watch('r', true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(counter.metrics).toBe(1);
    const asked = server.asked;
    expect(asked).toBeGreaterThan(3);
    counter.watch('r', false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked).toBe(asked + 1);
    counter.dispose();
  });

  it('counts once more where the count has changed, though the kernel says that it is idle', async () => {
    server.runs = [summary({ id: 'r', status: 'running', metrics: { loss: metric } })];
    const counter = new MetricCounter(server);
    counter.watch('r', true);
    counter.watch('r', false);
    await vi.advanceTimersByTimeAsync(1000);
    server.runs = [summary({ id: 'r', status: 'running', metrics: { loss: metric, auc: metric } })];
    await vi.advanceTimersByTimeAsync(60_000);
    expect(counter.metrics).toBe(2);
    counter.dispose();
  });

  it('notices that a cell ended the run it counts', async () => {
    server.runs = [summary({ id: 'r', status: 'finished' })];
    const counter = new MetricCounter(server);
    const ended: string[] = [];
    counter.ended.connect((_, id) => ended.push(id));
    counter.watch('r', false);
    await vi.advanceTimersByTimeAsync(5000);
    expect(ended).toEqual(['r']);
    counter.watch(null, false);
    expect(counter.metrics).toBeUndefined();
    counter.dispose();
    counter.dispose();
  });
});
