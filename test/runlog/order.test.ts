import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeLogs } from '../../src/runlog/index.js';

const times = fc.integer({ min: 0, max: 5 }).map(second => `2026-11-23T15:16:0${second}.000000Z`);

const logs = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 4 })
  .chain(ids =>
    fc.tuple(
      ...ids.map(id =>
        fc.array(times, { maxLength: 6 }).map(list => ({
          id,
          events: list.map((time, line) => ({ event: 'note', time, id, line }))
        }))
      )
    )
  );

describe('mergeLogs', () => {
  it('keeps the order of each log, even when its clock was set back', () => {
    fc.assert(
      fc.property(logs, all => {
        const merged = mergeLogs(all);
        for (const log of all) {
          const own = merged.filter(({ stamp }) => stamp.log === log.id).map(({ event }) => event);
          expect(own).toStrictEqual(log.events);
        }
      })
    );
  });

  it('is the same in whatever order the logs come', () => {
    fc.assert(
      fc.property(logs, all => {
        expect(mergeLogs([...all].reverse())).toStrictEqual(mergeLogs(all));
      })
    );
  });

  it('goes by time, then by the id of the log', () => {
    const at = (second: number, text: string) => ({
      event: 'note',
      time: `2026-11-23T15:16:0${second}.000000Z`,
      text
    });
    const merged = mergeLogs([
      { id: 'b', events: [at(1, 'second'), at(3, 'fourth')] },
      { id: 'a', events: [at(1, 'first'), at(2, 'third')] }
    ]);
    expect(merged.map(({ event }) => event.text)).toStrictEqual([
      'first',
      'second',
      'third',
      'fourth'
    ]);
  });

  it('puts an event without a time right behind the line before it', () => {
    const merged = mergeLogs([
      { id: 'a', events: [{ time: '2026-11-23T15:16:02.000000Z' }, { odd: true }] },
      { id: 'b', events: [{ time: '2026-11-23T15:16:01.000000Z' }] }
    ]);
    expect(merged.map(({ stamp }) => stamp.log)).toStrictEqual(['b', 'a', 'a']);
  });
});
