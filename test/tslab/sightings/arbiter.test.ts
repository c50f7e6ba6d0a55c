/** One quantity that is seen twice is one metric, as `test/tracker/test_sightings.py` has it for Python. */
import { expect, test } from 'vitest';
import { Run } from '../../../src/tslab/run.js';
import { Sightings } from '../../../src/tslab/sightings/arbiter.js';

/** A run, what is seen in it, and what is written of that. */
class Seeing {
  readonly times: number[] = [];

  text(values: Record<string, number>, places: number, step?: number, cell = 1): void {
    const form = { places, isPercent: false };
    const rounded = new Map(Object.keys(values).map(key => [key, form]));
    const seen = { values: new Map(Object.entries(values)), step, origin: 'printed' };
    this._sightings.see(this._at(cell), {
      ...seen,
      isExact: false,
      rounded,
      time: 1000 + (step ?? 0)
    });
  }

  variable(key: string, value: number, step: number | undefined, cell = 1): void {
    const seen = { values: new Map([[key, value]]), step, origin: 'variable', isExact: true };
    this._sightings.see(this._at(cell), seen);
  }

  table(values: Record<string, number>): void {
    const seen = { values: new Map(Object.entries(values)), step: undefined, origin: 'table' };
    this._sightings.see(this._at(1), { ...seen, isExact: true });
  }

  get written(): Record<string, number[]> {
    this._sightings.settle();
    return this._written;
  }

  private _at(cell: number): { run: Run; cell: number; mark: string } {
    return { run: this._run, cell, mark: `${cell}` };
  }

  private readonly _run = new Run({
    ...{ id: 'r', number: 1, name: 'r', experiment: 'r', cell: 1, parent: null },
    ...{ notebook: '/nowhere', say: () => undefined }
  });
  private readonly _sightings = new Sightings((_, { values, time }) => {
    for (const [key, value] of values) {
      (this._written[key] ??= []).push(value);
    }
    this.times.push(time ?? NaN);
  });
  private readonly _written: Record<string, number[]> = {};
}

const LOSSES = [1.0123457, 0.4184719, 0.2520867, 0.1772842];

test('a list of a later cell that was printed with few digits is not a second metric', () => {
  const seeing = new Seeing();
  LOSSES.forEach((loss, step) => seeing.text({ loss: Number(loss.toFixed(3)) }, 3, step));
  expect(seeing.written).toEqual({ loss: [1.012, 0.418, 0.252, 0.177] });
  LOSSES.forEach((loss, step) => seeing.variable('losses', loss, step, 2));
  expect(Object.keys(seeing.written)).toEqual(['loss']);
});

test('a list that was printed in part takes nothing from what was printed since, though it holds no other values', () => {
  const seeing = new Seeing();
  const series = [0.7, 0.9928571, 1, 1, 1, 1];
  series.slice(0, 4).forEach((acc, step) => seeing.text({ acc }, 9, step));
  expect(seeing.written).toEqual({ acc: series.slice(0, 4) });
  series.slice(4).forEach((acc, at) => seeing.text({ acc }, 9, at + 4));
  series.forEach((acc, step) => seeing.variable('acc', acc, step));
  expect(seeing.written).toEqual({ acc: series });
});

test('another list of a later cell is whole though one value was printed before', () => {
  const seeing = new Seeing();
  seeing.text({ loss: 0.4185 }, 4);
  expect(seeing.written).toEqual({ loss: [0.4185] });
  LOSSES.forEach((loss, step) => seeing.variable('losses', loss, step, 2));
  expect(seeing.written.losses).toEqual(LOSSES);
});

test('a score that is printed with a zero at its end is the same', () => {
  const seeing = new Seeing();
  seeing.variable('accuracy', 0.75396406, undefined, 1);
  seeing.text({ score: 0.754 }, 4);
  expect(seeing.written).toEqual({ accuracy: [0.75396406] });
});

test('what was printed has the time at which it was', () => {
  const seeing = new Seeing();
  seeing.text({ loss: 0.5 }, 1, 0);
  seeing.text({ loss: 0.25 }, 2, 7);
  expect(seeing.written).toEqual({ loss: [0.5, 0.25] });
  expect(seeing.times).toEqual([1000, 1007]);
});

test('a series that is printed is written though its end is left in a variable', () => {
  const seeing = new Seeing();
  [1174.764, 801.302, 780.985].forEach((inertia, step) => seeing.text({ inertia }, 3, step));
  seeing.variable('inertia', 780.985083548631, undefined);
  expect(seeing.written).toEqual({ inertia: [1174.764, 801.302, 780.985] });
});

test('a list is whole though a single 1 was told before, of which most of it are', () => {
  const seeing = new Seeing();
  seeing.text({ test_accuracy: 1 }, 0);
  expect(seeing.written).toEqual({ test_accuracy: [1] });
  [0.6333333333333333, 1, 1, 1].forEach((value, step) =>
    seeing.variable('test_accuracy', value, step, 2)
  );
  expect(seeing.written).toEqual({ test_accuracy: [1, 0.6333333333333333, 1, 1, 1] });
});

test('a perfect score of a later cell is a metric though another series ended with it', () => {
  const seeing = new Seeing();
  [0.8, 0.975, 1].forEach((value, step) => seeing.variable('acc', value, step));
  expect(seeing.written).toEqual({ acc: [0.8, 0.975, 1] });
  seeing.variable('test_accuracy', 1, undefined, 2);
  expect(seeing.written['test_accuracy']).toEqual([1]);
  // What is had by no chance is the end of the series.
  seeing.variable('final_acc', 0.975, undefined, 3);
  expect(Object.keys(seeing.written)).toEqual(['acc', 'test_accuracy']);
});

test('a series of a later cell has no gap where its first values are what was told before', () => {
  const seeing = new Seeing();
  seeing.variable('accuracy', 0.70016, undefined);
  expect(seeing.written).toEqual({ accuracy: [0.70016] });
  [0.7, 0.7, 0.733].forEach((accuracy, k) => seeing.text({ accuracy }, 3, k, 2));
  expect(seeing.written['accuracy']).toEqual([0.70016, 0.7, 0.7, 0.733]);
  // What only says it once more does not.
  [0.7, 0.7].forEach((accuracy, k) => seeing.text({ accuracy }, 3, k, 3));
  expect(seeing.written['accuracy']).toEqual([0.70016, 0.7, 0.7, 0.733]);
});

test('a table that is printed where it is made is one table', () => {
  const seeing = new Seeing();
  seeing.text({ 'accuracy/0': 0.7357142857142, 'accuracy/1': 0.814 }, 13);
  seeing.table({ accuracy: 0.7357142857142858 });
  seeing.table({ accuracy: 0.814 });
  expect(seeing.written).toEqual({ accuracy: [0.7357142857142858, 0.814] });
});

test('what a table prints with thirteen digits is what it holds', () => {
  const seeing = new Seeing();
  seeing.variable('accuracy', 0.7357142857142858, 0);
  seeing.text({ 'accuracy/0': 0.7357142857142 }, 13, undefined, 2);
  expect(seeing.written).toEqual({ accuracy: [0.7357142857142858] });
});

test('lines that are read with the list of their values are written behind those that were', () => {
  const seeing = new Seeing();
  const values = [1, 0.8888888955116272, 1, 1];
  const print = (step: number): void =>
    seeing.text({ acc: Number(values[step].toFixed(4)) }, 4, step);
  [0, 1].forEach(print);
  expect(seeing.written).toEqual({ acc: [1, 0.8889] });
  [2, 3].forEach(print);
  values.forEach((value, step) => seeing.variable('acc', value, step));
  expect(seeing.written).toEqual({ acc: [1, 0.8889, 1, 1] });
});
