import { expect, test } from 'vitest';
import { compareMetrics } from '../../src/reproduce/verify/metrics.js';
import type { IPlayedCell } from '../../src/reproduce/verify/played.js';

const NONE = new Map<string, boolean>();

function compared(
  recorded: ReadonlyArray<readonly [step: number, value: number]>,
  replayed: ReadonlyArray<readonly [step: number, value: number]>
) {
  const cell = (points: typeof recorded): IPlayedCell =>
    ({
      metrics: new Map([['score', points.map(([step, value]) => ({ step, value }))]])
    }) as unknown as IPlayedCell;
  return compareMetrics([cell(recorded), NONE], [cell(replayed), NONE])[0].difference;
}

test('points whose steps say which is which are the same in any order, as threads give them', () => {
  const recorded = [
    [5, 0.82],
    [20, 0.88],
    [10, 0.84]
  ] as const;
  expect(compared(recorded, [recorded[2], recorded[0], recorded[1]])).toBeUndefined();
  expect(
    compared(recorded, [
      [5, 0.82],
      [10, 0.88],
      [20, 0.84]
    ])
  ).toMatchObject({ recorded: '0.84 at step 10', replayed: '0.88 at step 10' });
});

test('points of the same step are told apart by their order', () => {
  expect(
    compared(
      [
        [1, 0.1],
        [1, 0.2]
      ],
      [
        [1, 0.2],
        [1, 0.1]
      ]
    )
  ).toMatchObject({ recorded: '0.1 at step 1', replayed: '0.2 at step 1' });
});

test('where the steps are others the points are compared in their order', () => {
  expect(
    compared(
      [
        [0, 0.1],
        [1, 0.2]
      ],
      [
        [2, 0.1],
        [1, 0.2]
      ]
    )
  ).toBeUndefined();
});
