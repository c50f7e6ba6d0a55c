import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Painter } from '../../src/lab/plot/painter.js';

/** What the browser takes for a frame beside the charts, in milliseconds. */
let frame = 0;

beforeEach(() => {
  frame = 0;
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback, 16));
  // A message that comes through as soon as the frame is done.
  vi.stubGlobal(
    'MessageChannel',
    class {
      port1 = { onmessage: (): void => undefined, close: (): void => undefined };
      port2 = { postMessage: (): unknown => setTimeout(() => this.port1.onmessage(), frame) };
    }
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A chart that wants to be drawn again as soon as it was, and takes its time. */
function chart(painter: Painter, name: string, drawn: string[], takes = 0): () => Promise<void> {
  const paint = async (): Promise<void> => {
    drawn.push(name);
    if (takes > 0) {
      await new Promise(resolve => setTimeout(resolve, takes));
    }
    painter.request(paint);
  };
  return paint;
}

describe('the turns of the charts', () => {
  it('go round, so that each is drawn as often as the others', async () => {
    const painter = new Painter();
    const drawn: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      painter.request(chart(painter, name, drawn));
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(drawn.length).toBeGreaterThan(10);
    drawn.forEach((name, at) => expect(name).toBe('abc'[at % 3]));
  });

  it('leave the page half of the time', async () => {
    const painter = new Painter();
    const drawn: string[] = [];
    painter.request(chart(painter, 'slow', drawn, 100));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(drawn.length).toBeLessThanOrEqual(50);
    expect(drawn.length).toBeGreaterThan(30);
  });

  it('are for as many charts as are quickly done, and for one where it is slow', async () => {
    const painter = new Painter();
    const drawn: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      painter.request(chart(painter, name, drawn, 10));
    }
    // A turn of three, as much time for the page, and up to two frames until the next one begins.
    await vi.advanceTimersByTimeAsync(50);
    expect(drawn).toEqual(['a', 'b', 'c']);
    const slow: string[] = [];
    const other = new Painter();
    for (const name of ['a', 'b', 'c']) {
      other.request(chart(other, name, slow, 40));
    }
    await vi.advanceTimersByTimeAsync(90);
    expect(slow).toEqual(['a']);
  });

  it('leave the page four fifths of the time where only points come in', async () => {
    const painter = new Painter();
    let drawn = 0;
    const paint = async (): Promise<void> => {
      drawn++;
      await new Promise(resolve => setTimeout(resolve, 100));
      painter.request(paint, true);
    };
    painter.request(paint, true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(drawn).toBeLessThanOrEqual(20);
    expect(drawn).toBeGreaterThan(15);
  });

  it('leave as much where all charts are drawn in a turn and points come all the time', async () => {
    const painter = new Painter();
    let drawn = 0;
    const paint = (): Promise<void> => {
      drawn++;
      return new Promise(resolve => setTimeout(resolve, 100));
    };
    const points = setInterval(() => painter.request(paint, true), 5);
    await vi.advanceTimersByTimeAsync(10_000);
    clearInterval(points);
    expect(drawn).toBeLessThanOrEqual(20);
    expect(drawn).toBeGreaterThan(12);
  });

  it('of live charts are no longer than a message may wait, the frame included', async () => {
    frame = 5;
    const painter = new Painter();
    const turns: number[] = [];
    let last = -Infinity;
    for (let chart = 0; chart < 8; chart++) {
      const paint = async (): Promise<void> => {
        const now = performance.now();
        turns.push(now - last < 5 ? turns.pop()! + 1 : 1);
        await new Promise(resolve => setTimeout(resolve, 1));
        last = performance.now();
        painter.request(paint, true);
      };
      painter.request(paint, true);
    }
    await vi.advanceTimersByTimeAsync(5000);
    // A frame of 5 ms and charts of 1 ms each: about four make 9 ms.
    const settled = turns.slice(20);
    expect(Math.max(...settled)).toBeLessThanOrEqual(5);
    expect(Math.min(...settled)).toBeGreaterThanOrEqual(3);
  });

  it('come at once for somebody who waits, also while live charts rest', async () => {
    const painter = new Painter();
    const slow = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 100));
    painter.request(slow, true);
    await vi.advanceTimersByTimeAsync(150);
    painter.request(slow, true);
    const waited = vi.fn(() => Promise.resolve());
    painter.request(waited);
    await vi.advanceTimersByTimeAsync(20);
    expect(waited).toHaveBeenCalledTimes(1);
  });

  it('count what the browser takes to show them', async () => {
    frame = 60;
    const painter = new Painter();
    let drawn = 0;
    const paint = async (): Promise<void> => {
      drawn++;
      await new Promise(resolve => setTimeout(resolve, 40));
      painter.request(paint, true);
    };
    painter.request(paint, true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(drawn).toBeLessThanOrEqual(20);
    expect(drawn).toBeGreaterThan(15);
  });

  it('are first for charts that somebody waits for', async () => {
    const painter = new Painter();
    const drawn: string[] = [];
    const once = (name: string) => (): Promise<void> => {
      drawn.push(name);
      return Promise.resolve();
    };
    const twice = once('twice');
    painter.request(once('live'), true);
    painter.request(twice, true);
    painter.request(once('soon'));
    // It does not lose its place when points come in.
    painter.request(twice);
    painter.request(twice, true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(drawn).toEqual(['soon', 'twice', 'live']);
  });

  it('draw a chart once however often it was asked for', async () => {
    const painter = new Painter();
    const paint = vi.fn(() => Promise.resolve());
    painter.request(paint);
    painter.request(paint);
    await vi.advanceTimersByTimeAsync(1000);
    expect(paint).toHaveBeenCalledTimes(1);
  });

  it('go on when a chart could not be drawn, and pass over one that was given up', async () => {
    const painter = new Painter();
    const drawn: string[] = [];
    const given = vi.fn(() => Promise.resolve());
    painter.request(() => Promise.reject(new Error('no canvas')));
    painter.request(given);
    painter.request(chart(painter, 'a', drawn));
    painter.cancel(given);
    await vi.advanceTimersByTimeAsync(200);
    expect(given).not.toHaveBeenCalled();
    expect(drawn.length).toBeGreaterThan(0);
  });
});
