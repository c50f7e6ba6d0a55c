/** Printed lines give the metrics that they give in Python: the cases are the same. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Lines } from '../../../src/tslab/printed/lines.js';
import { clean } from '../../../src/tslab/printed/pieces.js';
import { Reader, unfold } from '../../../src/tslab/printed/reader.js';

interface ICase {
  lines: string[];
  /** The Python that printed them; it gives numbers their names. */
  source?: string;
  metrics: Array<{ name: string; step: number | null; value: number | 'NaN' }>;
}

const all = JSON.parse(
  readFileSync(new URL('../../vectors-capture/printed.json', import.meta.url), 'utf8')
) as ICase[];
const cases = all.filter(({ source }) => source === undefined);

function read({ lines }: ICase): ICase['metrics'] {
  const reader = new Reader();
  return lines.flatMap(line => {
    const point = reader.read(clean(line));
    return unfold(point?.items ?? []).flatMap(group =>
      [...group.values()].map(({ name, value }) => ({
        name,
        step: point?.step ?? null,
        value: Number.isNaN(value) ? ('NaN' as const) : value
      }))
    );
  });
}

test.each(cases.map(one => [one.lines.join(' | '), one] as const))('%s', (_, one) => {
  expect(read(one)).toEqual(one.metrics);
});

test('the cases are many and many of them give nothing', () => {
  expect(cases.length).toBeGreaterThan(150);
  expect(cases.filter(({ metrics }) => metrics.length === 0).length).toBeGreaterThan(30);
});

function linesOf(...texts: string[]): string[] {
  const lines = new Lines();
  return [...texts.flatMap(text => [...lines.feed(text)]), ...lines.flush()];
}

test('a line is whole however it was written', () => {
  expect(linesOf('loss', ': ', '0.5', '\n')).toEqual(['loss: 0.5']);
  expect(linesOf('loss: 0.5\nacc: 0.9\nrest')).toEqual(['loss: 0.5', 'acc: 0.9', 'rest']);
});

test('what a carriage return writes over is not there except for bars', () => {
  expect(linesOf('\rloss: 0.9', '\rloss: 0.5\n').map(clean)).toEqual(['loss: 0.5']);
  expect(
    linesOf('\r 50%|█ | 1/2 [0<0, loss=0.9]', '\r100%|██| 2/2 [0<0, loss=0.5]', '\n').length
  ).toBe(2);
});

test('a hostile line is read to its end', () => {
  const hostile = [
    'a'.repeat(2000),
    '1 '.repeat(500),
    '='.repeat(1000),
    'loss: '.repeat(160),
    '['.repeat(999)
  ];
  expect(() => hostile.forEach(line => new Reader().read(clean(line)))).not.toThrow();
});
