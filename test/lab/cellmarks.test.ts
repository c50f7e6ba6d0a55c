import { describe, expect, it } from 'vitest';
import { SessionMarks } from '../../src/lab/cellmarks/marks.js';
import type { IExecution } from '../../src/lab/store/protocol.js';

function execution(n: number, cell: string, more: Partial<IExecution> = {}): IExecution {
  return {
    n,
    cell,
    count: n,
    source: `${cell}()`,
    started: '2026-11-23T10:00:00.000000Z',
    status: 'finished',
    duration: 0.1,
    error: null,
    reads: [],
    wrote: {},
    deleted: [],
    seeds: [],
    drew: false,
    ...more
  };
}

function marked(cell: string, ...executions: IExecution[]) {
  const marks = new SessionMarks();
  marks.feed(executions);
  return marks.of(cell, `${cell}()`, 1);
}

describe('a mark', () => {
  it('is not there for a cell that did not run in this session', () => {
    expect(marked('b', execution(1, 'a'))).toBeUndefined();
  });

  it('tells the open run from what was before it', () => {
    const marks = new SessionMarks();
    marks.feed([execution(1, 'a'), execution(2, 'b')]);
    expect(marks.of('a', 'a()', 2)?.kind).toBe('earlier');
    expect(marks.of('b', 'b()', 2)?.kind).toBe('open');
    expect(marks.of('b', 'b()', null)?.kind).toBe('earlier');
  });

  it('is of the last execution, and of what is known of it by now', () => {
    const marks = new SessionMarks();
    marks.feed([execution(1, 'a', { status: 'failed' }), execution(2, 'a', { status: null })]);
    expect(marks.of('a', 'a()', 1)?.kind).toBe('running');
    marks.feed([execution(2, 'a')]);
    expect(marks.of('a', 'a()', 1)?.kind).toBe('open');
  });

  it('says that a cell failed, also when it is stale', () => {
    const marks = new SessionMarks();
    marks.feed([execution(1, 'a', { status: 'failed' })]);
    expect(marks.of('a', 'other', 1)).toMatchObject({
      kind: 'failed',
      stale: [{ kind: 'edited' }]
    });
  });
});

describe('a cell is stale', () => {
  it('when it was edited since it ran', () => {
    const marks = new SessionMarks();
    marks.feed([execution(1, 'a')]);
    expect(marks.of('a', 'a(2)', 1)).toMatchObject({ kind: 'stale', stale: [{ kind: 'edited' }] });
  });

  it('when a name that it read was given another value later', () => {
    const mark = marked(
      'b',
      execution(1, 'a', { wrote: { x: 'one' } }),
      execution(2, 'b', { reads: ['x'] }),
      execution(3, 'a', { wrote: { x: 'two' } })
    );
    expect(mark).toMatchObject({ kind: 'stale', stale: [{ kind: 'changed', name: 'x' }] });
  });

  it('when a name that it read is gone', () => {
    const mark = marked(
      'b',
      execution(1, 'a', { wrote: { x: 'one' } }),
      execution(2, 'b', { reads: ['x'] }),
      execution(3, 'c', { deleted: ['x'] })
    );
    expect(mark).toMatchObject({ kind: 'stale', stale: [{ kind: 'deleted', name: 'x' }] });
  });

  it('when a name was set again to what cannot be compared', () => {
    const mark = marked(
      'b',
      execution(1, 'a', { wrote: { x: null } }),
      execution(2, 'b', { reads: ['x'] }),
      execution(3, 'a', { wrote: { x: null } })
    );
    expect(mark?.kind).toBe('stale');
  });
});

describe('a cell is not stale', () => {
  it('when the value that it read was only computed again', () => {
    const mark = marked(
      'b',
      execution(1, 'a', { wrote: { x: 'one' } }),
      execution(2, 'b', { reads: ['x'] }),
      execution(3, 'c', { wrote: { x: 'two' } }),
      execution(4, 'a', { wrote: { x: 'one' } })
    );
    expect(mark?.kind).toBe('open');
  });

  it('by what it wrote itself, or what was written before it', () => {
    const mark = marked(
      'b',
      execution(1, 'a', { wrote: { x: 'one' } }),
      execution(2, 'b', { reads: ['x'], wrote: { x: 'two' } })
    );
    expect(mark?.kind).toBe('open');
  });

  it('by an edit where its source is not kept', () => {
    const marks = new SessionMarks();
    marks.feed([execution(1, 'a', { source: null })]);
    expect(marks.of('a', 'anything', 1)?.kind).toBe('open');
  });
});
