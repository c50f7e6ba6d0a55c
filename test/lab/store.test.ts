import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IFollowMessage } from '../../src/lab/store/protocol.js';
import { RunList } from '../../src/lab/store/runs.js';
import { RunSeries } from '../../src/lab/store/series.js';
import { FollowSocket, type Socket } from '../../src/lab/store/socket.js';
import { summary } from './summary.js';

/** The server's end of the WebSocket. */
class Wire {
  sockets: (Socket & { sent: Record<string, unknown>[] })[] = [];

  open = (): Socket => {
    const sent: Record<string, unknown>[] = [];
    const socket = {
      sent,
      readyState: 0 as number,
      onopen: null as Socket['onopen'],
      onmessage: null as Socket['onmessage'],
      onclose: null as Socket['onclose'],
      send: (text: string) => sent.push(JSON.parse(text) as Record<string, unknown>),
      close: () => this.break(socket)
    };
    this.sockets.push(socket);
    return socket;
  };

  get last(): Socket & { sent: Record<string, unknown>[] } {
    return this.sockets[this.sockets.length - 1];
  }

  accept(): void {
    (this.last as { readyState: number }).readyState = 1;
    (this.last.onopen as () => void)();
  }

  break(socket: { readyState: number; onclose: Socket['onclose'] } = this.last): void {
    socket.readyState = 3;
    (socket.onclose as (() => void) | null)?.();
  }

  say(message: IFollowMessage): void {
    (this.last.onmessage as (event: { data: string }) => void)({ data: JSON.stringify(message) });
  }
}

let wire: Wire;
let socket: FollowSocket;

beforeEach(() => {
  vi.useFakeTimers();
  wire = new Wire();
  socket = new FollowSocket(wire.open);
});

afterEach(() => {
  socket.dispose();
  socket.dispose();
  vi.useRealTimers();
});

const REQUEST = { follow: 'runs', scope: 'all', path: '' } as const;

describe('the WebSocket of the page', () => {
  it('is one for all, and is not opened before something is followed', () => {
    expect(wire.sockets).toHaveLength(0);
    socket.follow(REQUEST, { message: () => undefined });
    socket.follow(REQUEST, { message: () => undefined });
    wire.accept();
    expect(wire.sockets).toHaveLength(1);
    expect(wire.last.sent.map(({ follow }) => follow)).toEqual(['runs', 'runs']);
    expect(new Set(wire.last.sent.map(({ id }) => id)).size).toBe(2);
  });

  it('asks for everything again after it broke', () => {
    socket.follow(REQUEST, { message: () => undefined });
    wire.accept();
    const asked = wire.last.sent;
    wire.break();
    vi.advanceTimersByTime(20_000);
    expect(wire.sockets).toHaveLength(2);
    wire.accept();
    expect(wire.last.sent).toEqual(asked);
  });

  it('waits longer each time the server cannot be reached', () => {
    socket.follow(REQUEST, { message: () => undefined });
    for (let time = 0; time < 50; time++) {
      wire.break();
      vi.advanceTimersByTime(1000);
    }
    expect(wire.sockets.length).toBeLessThan(9);
    vi.advanceTimersByTime(15_000);
    wire.accept();
    expect(wire.last.sent).toHaveLength(1);
  });

  it('tells the server what is not followed any more, and closes after the last', () => {
    const follow = socket.follow(REQUEST, { message: () => undefined });
    wire.accept();
    follow.dispose();
    follow.dispose();
    expect(wire.last.sent.slice(1)).toEqual([{ unfollow: wire.last.sent[0].id }]);
    vi.advanceTimersByTime(10_000);
    expect(wire.last.readyState).toBe(3);
    expect(wire.sockets).toHaveLength(1);
  });
});

/** What lists and series follow through: the socket, and a server that is there. */
function client(): { follow: FollowSocket['follow']; status: () => Promise<void> } {
  return {
    follow: (request, follower) => socket.follow(request, follower),
    status: () => Promise.resolve()
  };
}

describe('a list of runs', () => {
  const list = (): RunList => new RunList(client(), { scope: 'all', path: '' });

  it('is newest first, takes changes in, and drops what was removed', () => {
    const runs = list();
    runs.watch();
    wire.accept();
    const id = String(wire.last.sent[0].id);
    wire.say({ id, runs: [summary({ id: '1' }), summary({ id: '3' })], problems: ['odd'] });
    wire.say({ id, changed: [summary({ id: '2' }), summary({ id: '3', name: 'new' })] });
    expect(runs.runs.map(run => run.id)).toEqual(['3', '2', '1']);
    expect(runs.runs[0].name).toBe('new');
    wire.say({ id, removed: ['3'] });
    expect(runs.runs.map(run => run.id)).toEqual(['2', '1']);
    expect(runs.problems).toEqual(['odd']);
    expect(runs.state).toBe('ready');
  });

  it('forgets what the server no longer has when it comes back', () => {
    const runs = list();
    runs.watch();
    wire.accept();
    const id = String(wire.last.sent[0].id);
    wire.say({ id, runs: [summary({ id: '1' })] });
    wire.break();
    vi.advanceTimersByTime(1000);
    wire.accept();
    wire.say({ id, runs: [summary({ id: '2' })] });
    expect(runs.runs.map(run => run.id)).toEqual(['2']);
  });

  it('is followed once however many watch, and left alone when nobody does', () => {
    const runs = list();
    const watches = [runs.watch(), runs.watch()];
    wire.accept();
    expect(wire.last.sent).toHaveLength(1);
    watches[0].dispose();
    watches[0].dispose();
    expect(wire.last.sent).toHaveLength(1);
    watches[1].dispose();
    expect(wire.last.sent[1]).toEqual({ unfollow: wire.last.sent[0].id });
  });

  it('says the sentence that the server gives', () => {
    const runs = list();
    runs.watch();
    wire.accept();
    wire.say({ id: String(wire.last.sent[0].id), error: 'The folder is gone.' });
    expect([runs.state, runs.error]).toEqual(['failed', 'The folder is gone.']);
  });
});

describe('the metrics of a run', () => {
  const wireSeries = (from: number, length: number): IFollowMessage['series'] => {
    const step = Array.from({ length }, (_, at) => from + at);
    return { loss: { step, time: step, value: step, count: from + length } };
  };

  it('grow by what was logged, with the numbers that JSON lacks', () => {
    const series = new RunSeries(client(), 'run', 10);
    series.watch();
    wire.accept();
    const id = String(wire.last.sent[0].id);
    wire.say({ id, series: wireSeries(0, 2) });
    wire.say({
      id,
      points: { loss: { step: [2], time: [2], value: ['NaN'], count: 3 } }
    });
    expect(series.points.get('loss')).toEqual({
      step: [0, 1, 2],
      time: [0, 1, 2],
      value: [0, 1, NaN],
      count: 3
    });
  });

  it('are there as far as they have been read, and a part gives way to the whole', () => {
    const series = new RunSeries(client(), 'run', 10);
    const read: unknown[] = [];
    series.changed.connect(() =>
      read.push([series.reading, series.isReady, series.points.get('loss')?.count])
    );
    series.watch();
    wire.accept();
    const id = String(wire.last.sent[0].id);
    expect([series.reading, series.isReady]).toEqual([0, false]);
    wire.say({ id, series: wireSeries(0, 3), reading: 0.3 });
    wire.say({ id, series: wireSeries(0, 6), reading: 0.6 });
    wire.say({ id, series: wireSeries(0, 10) });
    wire.say({ id, points: wireSeries(10, 1) });
    expect(read).toEqual([
      [0.3, false, 3],
      [0.6, false, 6],
      [1, true, 10],
      [1, true, 11]
    ]);
    expect(series.points.get('loss')?.step).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('of the machine are asked for apart from the metrics', () => {
    new RunSeries(client(), 'run', 10).watch();
    new RunSeries(client(), 'run', 10, 'system').watch();
    wire.accept();
    expect(wire.last.sent.map(({ of }) => of)).toEqual([undefined, 'system']);
  });

  it('say when a metric appears that was not there', () => {
    const series = new RunSeries(client(), 'run', 10);
    let times = 0;
    series.metricsChanged.connect(() => times++);
    series.watch();
    wire.accept();
    const id = String(wire.last.sent[0].id);
    wire.say({ id, series: {} });
    wire.say({ id, points: wireSeries(0, 1) });
    wire.say({ id, points: wireSeries(1, 1) });
    expect(times).toBe(1);
  });

  it('are asked for anew when more has come in than can be drawn', () => {
    const series = new RunSeries(client(), 'run', 10);
    series.watch();
    wire.accept();
    const id = String(wire.last.sent[0].id);
    wire.say({ id, series: wireSeries(0, 40) });
    wire.say({ id, points: wireSeries(40, 41) });
    expect(wire.last.sent.map(({ follow, unfollow }) => follow ?? unfollow)).toEqual([
      'series',
      id,
      'series'
    ]);
    wire.say({ id: String(wire.last.sent[2].id), series: wireSeries(0, 30) });
    expect(series.points.get('loss')?.value).toHaveLength(30);
  });
});
