import { expect, test } from 'vitest';
import { FileIndex, type RunWithFiles } from '../../src/runlog/index.js';

const hash = (letter: string) => letter.repeat(64);
const run = (n: number, files: { reads?: string; writes?: string }): RunWithFiles => ({
  id: `20261101-10000000${n}-runs`,
  started: `2026-11-01T10:00:0${n}.000000Z`,
  ended: `2026-11-01T10:00:0${n}.500000Z`,
  inputs: Array.from(files.reads ?? '').map(letter => ({
    path: `${letter}.csv`,
    sha256: hash(letter)
  })),
  outputs: Array.from(files.writes ?? '').map(letter => ({
    path: `out/${letter}`,
    sha256: hash(letter),
    size: 3,
    cell: n
  }))
});

const [raw, clean, again, train, late] = [
  run(1, { reads: 'a', writes: 'b' }),
  run(2, { reads: 'b', writes: 'c' }),
  run(3, { reads: 'b', writes: 'c' }),
  run(4, { reads: 'cbx', writes: 'm' }),
  run(5, { reads: 'm', writes: 'x' })
];
const files = new FileIndex([raw, clean, again, train, late]);

test('bytes are found with the runs that wrote them, newest first, wherever the file is now', () => {
  expect(files.writers(hash('c')).map(use => [use.run, use.path, use.cell])).toEqual([
    [again, 'out/c', 3],
    [clean, 'out/c', 2]
  ]);
  expect(files.readers(hash('b')).map(use => use.run)).toEqual([train, again, clean]);
  expect(files.writers(hash('z'))).toEqual([]);
});

test('the origins of a run go back to the beginning, and are told once', () => {
  const [c, b, x] = files.origins(train);
  expect(c?.maker?.use.run).toBe(again);
  expect(c?.maker?.others).toBe(1);
  const [under] = c?.maker?.origins ?? [];
  expect(under?.maker?.use.run).toBe(raw);
  expect(under?.maker?.told).toBe(false);
  expect(under?.maker?.origins).toEqual([
    { path: 'a.csv', sha256: hash('a'), size: null, cell: null, maker: null }
  ]);
  expect(b?.maker).toMatchObject({ told: true, origins: [] });
  // What was written later was not the source of what had read it before.
  expect(x?.maker).toBeNull();
});

test('a run that reads what it writes, and runs that read from each other, have an end', () => {
  const own = run(6, { reads: 'o', writes: 'o' });
  const [one, two] = [run(7, { reads: 'q', writes: 'p' }), run(8, { reads: 'p', writes: 'q' })];
  const circle = new FileIndex([own, one, two]);
  expect(circle.origins(own)[0]?.maker).toBeNull();
  expect(circle.origins(two)[0]?.maker?.use.run).toBe(one);
  expect(circle.origins(one)[0]?.maker).toBeNull();
});

test('a chain of thousands of runs is told as far as anybody reads, in both directions', () => {
  const chain = Array.from({ length: 5000 }, (_, at) => {
    const file = (n: number) => ({
      path: 'model',
      sha256: `chain-${n}`,
      size: 1,
      cell: 1,
      how: 'open'
    });
    const id = `chain-${String(at).padStart(5, '0')}`;
    return {
      id,
      started: null,
      ended: null,
      inputs: at ? [file(at - 1)] : [],
      outputs: [file(at)]
    };
  });
  const files = new FileIndex(chain as never);
  let generations = 0;
  let [origin] = files.origins(chain.at(-1) as never);
  for (; origin?.maker; [origin] = origin.maker.origins) {
    generations += 1;
    expect(origin.maker.more).toBe(generations === 50);
  }
  expect(generations).toBe(50);
  let [reader] = files.descendants(chain[0]);
  for (generations = 0; reader; [reader] = reader.readers) {
    generations += 1;
  }
  expect(generations).toBe(50);
});

test('what became of the files of a run is told through all that read them', () => {
  const found = files.descendants(raw);
  expect(found.map(({ use }) => use.run)).toEqual([train, again, clean]);
  expect(found[0]?.readers.map(({ use }) => use.run)).toEqual([late]);
});

test('a file whose content was not hashed has no origin, and is said all the same', () => {
  const blind: RunWithFiles = { ...train, inputs: [{ path: 'big.bin', sha256: null }] };
  expect(new FileIndex([blind]).origins(blind)).toEqual([
    { path: 'big.bin', sha256: null, size: null, cell: null, maker: null }
  ]);
});

test('what an earlier cell of the run had written is no source of it', () => {
  const file = { path: 'a.csv', sha256: hash('a'), size: 3 };
  const own = (read: number) => ({
    ...run(7, {}),
    inputs: [{ ...file, how: 'open', cell: read }],
    outputs: [{ ...file, cell: 2 }]
  });
  expect(new FileIndex([own(3)]).origins(own(3))).toEqual([]);
  expect(new FileIndex([own(1)]).origins(own(1))).toHaveLength(1);
});
