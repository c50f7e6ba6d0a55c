import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isEmptyRun,
  type JsonObject,
  NotebookSummary,
  readLog,
  summarize,
  toNumber
} from '../../src/runlog/index.js';
import { vectors } from './vector.js';

const SESSION = '20261123-151600000-a1b2';
const RUN = '20261123-151601000-k3f9';

function at(second: number): string {
  return `2026-11-23T15:16:0${second}.000000Z`;
}

function log(...events: JsonObject[]) {
  return { id: SESSION, events, damaged: 0, torn: false };
}

const start = { event: 'run_start', time: at(1), run: RUN, number: 1, name: 'digits 1', cell: 1 };

function only(...events: JsonObject[]) {
  const summaries = summarize([log(...events)], new Map(), () => undefined);
  const run = summaries.get(RUN);
  expect(summaries.size).toBe(1);
  return run as NonNullable<typeof run>;
}

describe('a summary of metrics', () => {
  const values = fc.array(
    fc.oneof(fc.double(), fc.constantFrom<unknown>(NaN, Infinity, -Infinity, null, 'word')),
    { minLength: 1 }
  );

  it('says of any points what looking at all of them says', () => {
    fc.assert(
      fc.property(values, written => {
        const text = written
          .map((loss, step) => JSON.stringify({ step, loss: toLine(loss) }))
          .join('\n');
        const bytes = new TextEncoder().encode(`${text}\n`);
        const { metrics } =
          summarize([log(start)], new Map([[RUN, bytes]]), () => true).get(RUN) ?? {};
        const points = written.flatMap((loss, step) =>
          typeof loss === 'number' ? [{ loss: loss + 0, step }] : []
        );
        if (points.length === 0) {
          expect(metrics).toStrictEqual({});
          return;
        }
        const comparable = points.map(({ loss }) => loss).filter(loss => !Number.isNaN(loss));
        const { loss } = metrics ?? {};
        expect(loss?.count).toBe(points.length);
        expect(loss?.step).toBe(points.at(-1)?.step);
        expect(same(loss?.first, points[0].loss)).toBe(true);
        expect(same(loss?.last, points.at(-1)?.loss)).toBe(true);
        if (comparable.length === 0) {
          expect(loss).toMatchObject({ min: null, max: null });
        } else {
          expect(toNumber(loss?.min)).toBe(comparable.reduce((a, b) => (b < a ? b : a)) + 0);
          expect(toNumber(loss?.max)).toBe(comparable.reduce((a, b) => (b > a ? b : a)) + 0);
        }
      })
    );
  });

  it('does not follow a point that is not yet complete', () => {
    const notebook = new NotebookSummary();
    notebook.feedLog(log(start));
    const bytes = new TextEncoder().encode('{"step":0,"loss":1}\n{"step":1,"loss":2}\n');
    notebook.feedPoints(RUN, bytes.subarray(0, 30));
    expect(notebook.summary(RUN, () => true)).toMatchObject({
      metrics: { loss: { last: 1, count: 1 } },
      damage: { torn: true }
    });
    notebook.feedPoints(RUN, bytes.subarray(30));
    expect(notebook.summary(RUN, () => true)).toMatchObject({
      metrics: { loss: { last: 2, count: 2 } },
      damage: { torn: false }
    });
  });
});

describe('a summary', () => {
  it('never throws, whatever the fields of the events are', () => {
    const kinds = ['session', 'environment', 'cell_start', 'cell_end', 'run_start', 'run_end'];
    const more = ['param', 'tag', 'note', 'artifact', 'input', 'seed', 'warning', 'session_end'];
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(RUN, 1, 'Infinity', at(2)));
    const names = ['run', 'time', 'n', 'cell', 'count', 'status', 'name', 'key', 'value', 'text'];
    const fields = [
      ...names,
      'path',
      'process',
      'kernel',
      'notebook',
      'user',
      'message',
      'duration'
    ];
    const events = fc.array(
      fc
        .tuple(fc.constantFrom(...kinds, ...more), fc.dictionary(fc.constantFrom(...fields), odd))
        .map(([event, line]) => ({ run: RUN, n: 1, ...line, event }))
    );
    fc.assert(
      fc.property(events, lines => {
        const summaries = summarize([log(start, ...lines)], new Map(), () => false);
        expect(summaries.get(RUN)?.id).toBe(RUN);
      }),
      { numRuns: 500 }
    );
  });

  it('knows no run that only edits and points name', () => {
    const notebook = new NotebookSummary();
    notebook.feedLog(log({ event: 'note', time: at(1), run: RUN, text: 'a' }));
    notebook.feedPoints(RUN, new TextEncoder().encode('{"step":0,"loss":1}\n'));
    expect(notebook.runs()).toEqual([]);
    expect(notebook.summary(RUN, () => true)).toBeUndefined();
  });

  it('has params and tags of any name as fields of their own', () => {
    const run = only(
      start,
      { event: 'param', time: at(2), run: RUN, key: '__proto__', value: 1 },
      { event: 'tag', time: at(2), run: RUN, key: 'constructor', value: 2 }
    );
    expect(Object.entries(run.params)).toStrictEqual([['__proto__', 1]]);
    expect(Object.entries(run.tags)).toStrictEqual([['constructor', 2]]);
  });

  it('does not ask whether a writer lives of which the log says nothing', () => {
    const asked: unknown[] = [];
    const summaries = summarize([log(start)], new Map(), process => {
      asked.push(process);
      return true;
    });
    expect(summaries.get(RUN)?.status).toBe('unknown');
    expect(asked).toEqual([]);
  });

  it('grows with a log that is read in pieces', () => {
    const notebook = new NotebookSummary();
    const text = (line: JsonObject) => `${JSON.stringify(line)}\n`;
    notebook.feedLog(readLog(SESSION, `${text(start)}broken\n`));
    expect(notebook.summary(RUN, () => true)?.status).toBe('unknown');
    const end = { event: 'run_end', time: at(3), run: RUN, status: 'finished', cell: 1 };
    notebook.feedLog(readLog(SESSION, `${text(end)}broken too\n`));
    expect(notebook.summary(RUN, () => true)).toMatchObject({
      status: 'finished',
      duration: 2,
      damage: { lines: 2, torn: false }
    });
  });
});

describe('an empty run', () => {
  it('is one that recorded nothing to look for', () => {
    expect(isEmptyRun(only(start))).toBe(true);
    expect(isEmptyRun(only(start, { event: 'note', time: at(2), run: RUN, text: '' }))).toBe(true);
  });

  it.each([
    { event: 'param', key: 'lr', value: null },
    { event: 'tag', key: 'phase', value: 1 },
    { event: 'note', text: 'good' },
    { event: 'artifact', name: 'model', path: 'model' },
    { event: 'output', path: 'out.csv' },
    { event: 'dataset', name: 'digits' }
  ])('is not one with a $event', event => {
    expect(isEmptyRun(only(start, { ...event, time: at(2), run: RUN }))).toBe(false);
  });

  it('is one of the runs of the shared logs', () => {
    const vector = vectors().find(({ name }) => name === 'two-sessions');
    const empty = Object.values(vector?.runs ?? {}).filter(isEmptyRun);
    expect(empty.map(run => run.name)).toEqual(['digits 3']);
  });
});

function toLine(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function same(written: unknown, value: number | undefined): boolean {
  return Object.is(toNumber(written), value);
}
