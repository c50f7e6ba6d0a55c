/** Printed lines give the metrics that they give in Python: the cases are the same. */
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Calls } from '../../../src/tslab/printed/calls.js';
import { Lines } from '../../../src/tslab/printed/lines.js';
import { clean } from '../../../src/tslab/printed/pieces.js';
import { Reader, unfold } from '../../../src/tslab/printed/reader.js';
import { Reading } from '../../../src/tslab/syntax/reading.js';
import { compile } from '../compiler.js';

interface ICase {
  lines: string[];
  /** The Python that printed them; it gives numbers their names. */
  source?: string;
  /** The same in TypeScript. */
  typescript?: string;
  metrics: Array<{ name: string; step: number | null; value: number | 'NaN' }>;
}

const all = JSON.parse(
  readFileSync(new URL('../../vectors-capture/printed.json', import.meta.url), 'utf8')
) as ICase[];
const cases = all.filter(({ source }) => source === undefined);
const named = all.filter(({ typescript }) => typescript !== undefined);

function read({ lines, typescript }: ICase): ICase['metrics'] {
  const reader = new Reader();
  const code = typescript === undefined ? undefined : new Reading(emitted(typescript));
  const names = new Calls().begin(code);
  return lines.flatMap(line => {
    const text = clean(line);
    const point = reader.read(text, names(text));
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

test.each(named.map(one => [one.typescript, one] as const))('%s', (_, one) => {
  expect(read(one)).toEqual(one.metrics);
});

/** What the kernel makes of a cell whose names are those of cells before it. */
function emitted(typescript: string): string {
  const names = typescript.match(/[A-Za-z_]\w*/g) ?? [];
  const declared = [...new Set(names)].filter(
    name => !/^(?:console|Math|Date|for|const|of|with)$/.test(name)
  );
  const before = declared.map(name => `declare var ${name}: any;`).join(' ');
  return compile(before.replaceAll('declare ', ''), typescript)[1];
}

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

test('a line that is written over keeps the last of what it says of each generation', () => {
  const texts = ['\rGeneration 1: fitness 0.2', '\rGeneration 1: fitness 0.3'];
  const lines = new Lines();
  expect(texts.flatMap(text => [...lines.feed(text)])).toEqual([]);
  expect([...lines.feed('\rGeneration 2: fitness 0.4')]).toEqual(['Generation 1: fitness 0.3']);
  expect([...lines.feed('\r      ')]).toEqual([]);
  expect([...lines.feed('\rGeneration 3: fitness 0.5\n')].map(clean)).toEqual([
    'Generation 2: fitness 0.4',
    'Generation 3: fitness 0.5'
  ]);
  expect(linesOf('epoch 1 loss 0.5\repoch 2 loss 0.4\r').map(clean)).toEqual([
    'epoch 1 loss 0.5',
    'epoch 2 loss 0.4'
  ]);
  expect(linesOf('\r10/100 loss 0.5', '\r20/100 loss 0.4', '\n').map(clean)).toEqual([
    '20/100 loss 0.4'
  ]);
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

/** What the lines of a cell give, as Node prints values. */
function shown(...values: unknown[]): string[] {
  const texts = values.map(value => (typeof value === 'string' ? value : inspect(value)));
  const lines = texts.flatMap(text => text.split('\n'));
  return read({ lines, metrics: [] }).map(({ name, step, value }) => `${step} ${name} ${value}`);
}

test('the class and the size before what is in a value are no metric', () => {
  expect(shown(new Map([['a', 0.5]]))).toEqual([]);
  expect(shown(new Map([['loss', 0.5]]), new Set(['error']))).toEqual(['null loss 0.5']);
  expect(shown({ losses: new Float32Array([0.5, 0.25]) })).toEqual([
    'null losses 0.5',
    'null losses 0.25'
  ]);
  expect(shown({ error: new Map([['a', new Map([['b', 1]])]]) })).toEqual([]);
  expect(shown(new Float64Array(200), [new Float32Array(2)], Array(300).fill(1))).toEqual([]);
});

test('what console.table prints is a table', () => {
  const printed: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      printed.push(String(chunk));
      done();
    }
  });
  const out = new Console(stream);
  out.table([
    { epoch: 1, loss: 0.5 },
    { epoch: 2, loss: 0.25 }
  ]);
  out.table([
    { model: 'ridge', mae: 0.5 },
    { model: 'lasso', mae: 0.75 }
  ]);
  expect(shown(...printed)).toEqual([
    '1 loss 0.5',
    '2 loss 0.25',
    'null mae/ridge 0.5',
    'null mae/lasso 0.75'
  ]);
});

test('a line that nothing prints in the way of a call takes no time', () => {
  const code = '`${exports.a} ${exports.b} ${exports.c} ${exports.d} ${exports.e} end`';
  const names = new Calls().begin(new Reading(`console.log(${code})`));
  expect(names('1 '.repeat(300))).toEqual([]);
});

test('what functions of earlier cells print is named too', () => {
  const [defining, calling] = compile(
    'const report = (epoch: number, mae: number) => console.log(epoch, mae)',
    'report(3, 0.5)'
  );
  const calls = new Calls();
  calls.begin(new Reading(defining));
  expect(calls.begin(new Reading(calling))('3 0.5')).toEqual(['epoch', 'mae']);
});

test('a long number in a list that is none of numbers does not keep a cell waiting', () => {
  const code = `exports.xs = [${'1'.repeat(5000)}, exports.y]; console.log(exports.loss)`;
  const names = new Calls().begin(new Reading(code));
  expect(names('0.5')).toEqual(['loss']);
});
