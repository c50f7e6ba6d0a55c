import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  alignCells,
  differenceOf,
  materialOf,
  sectionsOf,
  sentenceOf,
  textOf,
  type IExecuted,
  type IMaterial
} from '../../src/runlog/compare.js';
import type { RunSummary } from '../../src/runlog/index.js';
import { summary } from '../lab/summary.js';

const hash = (letter: string): string => letter.repeat(64);

let next = 0;

/** An execution of a cell. */
function ran(cell: string | null, source: string, fields: Partial<IExecuted> = {}): IExecuted {
  next += 1;
  return {
    n: next,
    cell,
    count: next,
    sha256: Buffer.from(source.padEnd(32).slice(0, 32)).toString('hex'),
    source,
    blob: undefined,
    status: 'finished',
    isEarlier: false,
    ...fields
  };
}

/** A run of which everything is known, as far as nothing else is said. */
function run(fields: Partial<RunSummary> = {}, more: Partial<IMaterial> = {}): IMaterial {
  const of = summary({
    code: { commit: hash('c').slice(0, 40), branch: 'main', dirty: false },
    environment: { python: '3.11.7', platform: 'Linux', packages: hash('e') },
    ...fields
  });
  return {
    run: of,
    executions: [ran('c1', 'import numpy', { n: 1, count: 1 })],
    inputs: of.inputs,
    datasets: of.datasets,
    seeds: of.seeds,
    modules: new Map(),
    imported: new Set(['numpy']),
    packages: new Map([
      ['numpy', '2.3.0'],
      ['pip', '24.0']
    ]),
    hasLog: true,
    ...more
  };
}

function says(before: IMaterial, after: IMaterial, limit?: number): string {
  const { says, unknown } = sentenceOf(differenceOf(before, after), undefined, limit);
  return unknown ? `${says}. ${unknown}` : says;
}

const file = (path: string, letter: string | null) => ({
  path,
  sha256: letter === null ? null : hash(letter),
  size: 12
});

describe('the hash seed of a kernel', () => {
  const under = (seed: string | null): IMaterial =>
    run({
      environment: {
        python: '3.11.7',
        packages: hash('e'),
        variables: { PYTHONHASHSEED: seed, OMP_NUM_THREADS: '1' }
      }
    });

  it('is no change where it was drawn for one of them', () => {
    expect(says(under('2837465019'), under('1029384756'))).toBe(
      'Nothing that was recorded differs'
    );
    expect(says(under('0'), under('1029384756'))).toBe('Nothing that was recorded differs');
    expect(says(under(null), under('1029384756'))).toBe('Nothing that was recorded differs');
  });

  it('is one where both were set by somebody', () => {
    expect(says(under('0'), under('42'))).toBe('PYTHONHASHSEED 0 → 42');
  });

  it('is in the table all the same', () => {
    const [rows] = sectionsOf([under('2837465019'), under('1029384756')])
      .filter(({ name }) => name === 'environment')
      .map(({ rows }) => rows.filter(({ agreement }) => agreement === 'differs'));
    expect(rows.map(({ key }) => key)).toEqual(['PYTHONHASHSEED']);
  });
});

describe('the sentence says what changed', () => {
  const cell = (source: string) => [ran('c5', source, { n: 5, count: 5 })];
  test.each<[string, IMaterial, IMaterial, string]>([
    ['nothing', run(), run(), 'Nothing that was recorded differs'],
    ['a param', run({ params: { lr: 0.01 } }), run({ params: { lr: 0.001 } }), 'lr 0.01 → 0.001'],
    [
      'an inner param',
      run({ params: { optimizer: { name: 'sgd', lr: 1 } } }),
      run({ params: { optimizer: { lr: 1, name: 'adam' } } }),
      'optimizer.name sgd → adam'
    ],
    [
      'a param in another order',
      run({ params: { a: 1, b: 2 } }),
      run({ params: { b: 2, a: 1 } }),
      'Nothing that was recorded differs'
    ],
    [
      'a number that became a text',
      run({ params: { n: 1 } }),
      run({ params: { n: '1' } }),
      'n changed'
    ],
    ['a param that came', run(), run({ params: { dropout: 0.1 } }), 'dropout not recorded → 0.1'],
    ['a param that went', run({ params: { dropout: 0.1 } }), run(), 'dropout 0.1 → not recorded'],
    ['an empty text', run({ params: { tag: '' } }), run({ params: { tag: 'x' } }), 'tag "" → x'],
    [
      'a param that is null',
      run({ params: { a: null } }),
      run({ params: { a: false } }),
      'a null → false'
    ],
    ['NaN', run({ params: { a: 'NaN' } }), run({ params: { a: 1 } }), 'a NaN → 1'],
    [
      'long texts with one beginning',
      run({ params: { prompt: 'x'.repeat(500) } }),
      run({ params: { prompt: 'x'.repeat(501) } }),
      'prompt changed'
    ],
    [
      'a text of several lines',
      run({ params: { p: 'a\n\u0000b' } }),
      run({ params: { p: 'c' } }),
      'p a b → c'
    ],
    [
      'a file',
      run({ inputs: [file('data/train.csv', 'a')] }),
      run({ inputs: [file('data/train.csv', 'b')] }),
      'data/train.csv changed'
    ],
    ['a file that is read now', run(), run({ inputs: [file('b.csv', 'b')] }), 'reads b.csv'],
    [
      'a file that is not read',
      run({ inputs: [file('b.csv', 'b')] }),
      run(),
      'does not read b.csv'
    ],
    [
      'a file without a hash',
      run({ inputs: [file('big.bin', null)] }),
      run({ inputs: [file('big.bin', 'b')] }),
      'No difference is known. Not known whether the same: big.bin'
    ],
    [
      'a dataset',
      run({ datasets: [{ name: 'X', rows: 100 }] }),
      run({ datasets: [{ name: 'X', rows: 200 }] }),
      'X · rows 100 → 200'
    ],
    [
      'a seed',
      run({ seeds: [{ library: 'numpy', value: 1 }] }),
      run({ seeds: [{ library: 'numpy', value: 2 }] }),
      'numpy seed 1 → 2'
    ],
    [
      'a seed that went',
      run({ seeds: [{ library: 'numpy', value: 1 }] }),
      run(),
      'numpy seed 1 → not recorded'
    ],
    [
      'a package',
      run(),
      run(
        {},
        {
          packages: new Map([
            ['numpy', '2.4.0'],
            ['pip', '24.0']
          ])
        }
      ),
      'numpy 2.3.0 → 2.4.0'
    ],
    [
      'a package that nobody imported',
      run(),
      run(
        {},
        {
          packages: new Map([
            ['numpy', '2.3.0'],
            ['pip', '25.0']
          ])
        }
      ),
      'a package that neither run imported'
    ],
    [
      'packages of which nobody knows whether they were imported',
      run({}, { imported: null }),
      run({}, { packages: new Map([['numpy', '2.3.0']]) }),
      'pip not installed'
    ],
    [
      'the interpreter',
      run(),
      run({ environment: { python: '3.12.1', platform: 'Linux', packages: hash('e') } }),
      'Python 3.11.7 → 3.12.1'
    ],
    [
      'a commit',
      run(),
      run({ code: { commit: hash('d').slice(0, 40), branch: 'main', dirty: false } }),
      'commit ccccccc → ddddddd'
    ],
    [
      'changes that were not committed',
      run(),
      run({
        code: { commit: hash('c').slice(0, 40), branch: 'main', dirty: true, diff: hash('f') }
      }),
      'uncommitted changes'
    ],
    [
      'a module',
      run({}, { modules: new Map([['net.py', hash('a')]]) }),
      run({}, { modules: new Map([['net.py', hash('b')]]) }),
      'net.py changed'
    ],
    [
      'a cell',
      run({}, { executions: cell('a = 1') }),
      run({}, { executions: cell('a = 2') }),
      'cell [5] edited'
    ],
    [
      'a cell that came',
      run({}, { executions: [] }),
      run({}, { executions: cell('a') }),
      'cell [5] added. Not known whether the same: the cells'
    ],
    [
      'no repository at all',
      run({ code: { commit: null, reason: "the notebook's folder is not in a git repository" } }),
      run({ code: { commit: null, reason: "the notebook's folder is not in a git repository" } }),
      'Nothing that was recorded differs'
    ],
    [
      'a repository that git could not tell of',
      run(),
      run({ code: { commit: null, reason: 'git did not answer in time' } }),
      'No difference is known. Not known whether the same: the code'
    ],
    [
      'no environment',
      run(),
      run({ environment: null }, { packages: null }),
      'No difference is known. Not known whether the same: the environment, the packages'
    ]
  ])('%s', (_, before, after, sentence) => {
    expect(says(before, after)).toBe(sentence);
  });

  it('of everything, in the order of importance', () => {
    const before = run(
      {
        params: { lr: 0.01 },
        inputs: [file('data/train.csv', 'a')],
        seeds: [{ library: 'torch', value: 1 }]
      },
      { executions: cell('fit()') }
    );
    const after = run(
      {
        params: { lr: 0.001 },
        inputs: [file('data/train.csv', 'b')],
        seeds: [{ library: 'torch', value: 7 }]
      },
      {
        executions: cell('fit(1)'),
        packages: new Map([
          ['numpy', '2.4.0'],
          ['pip', '24.0']
        ])
      }
    );
    expect(says(before, after)).toBe(
      'lr 0.01 → 0.001, data/train.csv changed, cell [5] edited, torch seed 1 → 7, numpy 2.3.0 → 2.4.0'
    );
  });

  it('many params leave room for what else changed', () => {
    const params = (value: number) =>
      Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`p${i}`, value]));
    const before = run({ params: params(1), inputs: [file('a.csv', 'a')] });
    const after = run({ params: params(2), inputs: [file('a.csv', 'b')] });
    expect(says(before, after, 3)).toBe('p0 1 → 2, p1 1 → 2, a.csv changed and 7 more');
  });

  it('the values are texts, whatever they hold', () => {
    const before = run({ params: { '%1 <b>': '<img src=x>' } });
    const after = run({ params: { '%1 <b>': '%2 %1' } });
    expect(says(before, after)).toBe('%1 <b> <img src=x> → %2 %1');
  });

  it('a log with damaged lines claims nothing of what is missing', () => {
    const before = run({ params: { lr: 1 }, inputs: [file('a.csv', 'a')] });
    const after = run({ damage: { lines: 2, torn: false } });
    expect(says(before, after)).toBe(
      'No difference is known. Not known whether the same: the params, a.csv'
    );
  });

  it('the same list of packages need not be read twice', () => {
    expect(says(run(), run({}, { packages: null }))).toBe('Nothing that was recorded differs');
    const other = { environment: { python: '3.11.7', platform: 'Linux', packages: hash('f') } };
    expect(says(run(), run(other, { packages: null }))).toBe(
      'No difference is known. Not known whether the same: the packages'
    );
  });
});

describe('the cells of two runs are aligned', () => {
  const texts = (before: IExecuted[], after: IExecuted[]) =>
    alignCells(before, after).map(pair => [
      pair.before?.source ?? '–',
      pair.after?.source ?? '–',
      pair.isAgain ? 'again' : pair.agreement
    ]);

  it('by their ids, wherever they stand', () => {
    expect(texts([ran('a', '1'), ran('b', '2')], [ran('b', '2'), ran('a', 'other')])).toEqual([
      ['2', '2', 'same'],
      ['1', 'other', 'differs']
    ]);
  });

  it('by their sources where there are no ids, or others', () => {
    expect(
      texts(
        [
          ran(null, 'import numpy as np'),
          ran('x', 'model.fit(data, epochs=3)'),
          ran(null, 'gone()')
        ],
        [
          ran(null, 'print("new one")'),
          ran('y', 'model.fit(data, epochs=30)'),
          ran(null, 'import numpy as np')
        ]
      )
    ).toEqual([
      ['–', 'print("new one")', 'differs'],
      ['model.fit(data, epochs=3)', 'model.fit(data, epochs=30)', 'differs'],
      ['gone()', '–', 'differs'],
      ['import numpy as np', 'import numpy as np', 'same']
    ]);
  });

  it('the last of several executions is the one that counts', () => {
    expect(texts([ran('a', 'lr = 1'), ran('a', 'lr = 2')], [ran('a', 'lr = 2')])).toEqual([
      ['lr = 1', '–', 'again'],
      ['lr = 2', 'lr = 2', 'same']
    ]);
  });

  it('a source that is not there is unknown, unless its hash tells', () => {
    const blank = { source: undefined };
    expect(alignCells([ran('a', 'x', blank)], [ran('a', 'x', blank)])[0].agreement).toBe('same');
    expect(
      alignCells([ran('a', 'x', { ...blank, sha256: null })], [ran('a', 'x')])[0].agreement
    ).toBe('unknown');
  });

  it('every execution stands in exactly one pair, whatever there is', () => {
    const some = fc.array(
      fc.tuple(
        fc.option(fc.constantFrom('a', 'b', 'c')),
        fc.constantFrom('', 'x = 1', 'x = 2', 'plot(x)')
      )
    );
    fc.assert(
      fc.property(some, some, (one, two) => {
        const [before, after] = [one, two].map(list =>
          list.map(([cell, source]) => ran(cell, source))
        );
        const pairs = alignCells(before, after);
        expect(pairs.flatMap(pair => pair.after ?? [])).toEqual(after);
        expect(new Set(pairs.flatMap(pair => pair.before ?? []))).toEqual(new Set(before));
        expect(pairs).toHaveLength(
          before.length + after.length - pairs.filter(pair => pair.before && pair.after).length
        );
      })
    );
  });
});

describe('runs of two languages', () => {
  const python = run({ kernel: { language: 'python', version: '3.11.7' } });
  const typescript = run(
    {
      kernel: { language: 'typescript', version: '20.20.2' },
      environment: {
        node: '20.20.2',
        executable: '/usr/bin/node',
        platform: 'linux',
        locale: 'en-US'
      }
    },
    { packages: new Map([['seedrandom', '3.0.5']]), imported: new Set(['seedrandom']) }
  );

  it('differ in the language, and not in each package and program', () => {
    expect(says(python, typescript)).toBe('language Python → TypeScript');
    const sections = sectionsOf([python, typescript]);
    expect(sections.map(({ name }) => name)).not.toContain('packages');
    const environment = sections.find(({ name }) => name === 'environment');
    expect(environment?.rows[0]?.key).toBe('language');
  });

  it('are told of by their language first, and their cells are no changes of each other', () => {
    const given = run(
      { kernel: { language: 'python', version: '3.11.7' }, params: { lr: 1, depth: 2 } },
      { executions: [ran('p1', 'lr = 1'), ran('p2', 'fit(lr)')] }
    );
    const other = { ...typescript, executions: [ran('t1', 'const lr = 1')] };
    expect(says(given, other)).toBe(
      'language Python → TypeScript, lr 1 → not recorded, depth 2 → not recorded'
    );
    expect(differenceOf(given, other).cells).toHaveLength(3);
  });

  it('the language of the system is another thing, and a row of its own', () => {
    const [environment] = sectionsOf([python, typescript]).filter(
      ({ name }) => name === 'environment'
    );
    const values = new Map(environment?.rows.map(({ key, entries }) => [key, entries]));
    expect(values.get('language')).toMatchObject([{ value: 'Python' }, { value: 'TypeScript' }]);
    expect(values.get('locale')?.[1]).toMatchObject({ value: 'en-US' });
  });

  it('have no row for it where it is the same', () => {
    const [environment] = sectionsOf([python, python]).filter(({ name }) => name === 'environment');
    expect(environment?.rows.map(({ key }) => key)).not.toContain('language');
  });
});

describe('a run builds on what its session ran before', () => {
  const lines = [
    { event: 'session', session: 's' },
    { event: 'cell_start', n: 1, cell: 'load', sha256: hash('1'), source: 'load()' },
    { event: 'imports', n: 1, packages: { numpy: '2.3' } },
    { event: 'input', run: 'r1', path: 'a.csv', sha256: hash('a'), cell: 1 },
    { event: 'seed', run: 'r1', library: 'numpy', value: 42, cell: 1 },
    { event: 'cell_start', n: 2, cell: 'fit', sha256: hash('2'), source: 'fit(1)' },
    { event: 'cell_start', n: 3, cell: 'inner', sha256: hash('3'), source: 'inner', parent: 2 },
    { event: 'input', run: 'r1', path: 'old.csv', sha256: hash('o'), cell: 2 },
    { event: 'cell_start', n: 4, cell: 'fit', sha256: hash('4'), source: 'fit(2)' },
    { event: 'cell_end', n: 4, count: 3, status: 'finished', duration: 1 },
    { event: 'modules', n: 9, modules: { late: { path: 'late.py', sha256: hash('9') } } }
  ];
  const log = lines.map(line => `${JSON.stringify(line)}\n`).join('');
  const cell = { cell: 'fit', count: 3, sha256: hash('4'), status: 'finished', duration: 1 };
  const material = materialOf(summary({ cells: [{ n: 4, ...cell }] }), { log });

  it('the cells that it did not run itself count as they last ran', () => {
    expect(material.executions).toMatchObject([
      { n: 1, cell: 'load', source: 'load()', isEarlier: true },
      { n: 4, cell: 'fit', source: 'fit(2)', count: 3, isEarlier: false }
    ]);
  });

  it('so does what those read and seeded, but nothing else', () => {
    expect(material.inputs.map(({ path }) => path)).toEqual(['a.csv']);
    expect(material.seeds).toMatchObject([{ library: 'numpy', value: 42 }]);
    expect([...(material.imported ?? [])]).toEqual(['numpy']);
    expect(material.modules.size).toBe(0);
  });

  it('what was run again behind its last result belongs to the run that came next', () => {
    const events = [
      { event: 'cell_start', n: 1, count: 1, cell: 'set', sha256: hash('1'), source: 'rate = 0.5' },
      { event: 'seed', run: 'r1', library: 'numpy', value: 1, cell: 1 },
      { event: 'cell_start', n: 2, count: 2, cell: 'fit', sha256: hash('2'), source: 'fit(rate)' },
      { event: 'cell_start', n: 3, count: 3, cell: 'test', sha256: hash('3'), source: 'score()' },
      { event: 'cell_start', n: 4, count: 4, cell: 'test', sha256: hash('4'), source: 'score(2)' },
      { event: 'metric', run: 'r1', key: 'score', origin: 'printed', exact: true, cell: 4 },
      { event: 'cell_start', n: 5, count: 5, cell: 'set', sha256: hash('5'), source: 'rate = 0.2' },
      { event: 'seed', run: 'r1', library: 'numpy', value: 2, cell: 5 },
      { event: 'cell_start', n: 6, count: 6, cell: 'new', sha256: hash('6'), source: 'more()' },
      { event: 'cell_start', n: 7, count: 7, cell: 'fit', sha256: hash('2'), source: 'fit(rate)' },
      { event: 'run_start', run: 'r2', number: 2, name: 'two', cell: 7, opened: 'cell run again' }
    ];
    const text = events.map(line => `${JSON.stringify({ time: 't', ...line })}\n`).join('');
    const of = (n: number, id: string) => ({
      ...cell,
      n,
      count: n,
      cell: id,
      sha256: hash(`${n}`)
    });
    const seeds = [
      { library: 'numpy', value: 1, cell: 1 },
      { library: 'numpy', value: 2, cell: 5 }
    ];
    const [one, two] = [
      summary({
        id: 'r1',
        cells: [
          of(1, 'set'),
          of(2, 'fit'),
          of(3, 'test'),
          of(4, 'test'),
          of(5, 'set'),
          of(6, 'new')
        ],
        seeds
      }),
      summary({ id: 'r2', cells: [{ ...of(7, 'fit'), sha256: hash('2') }] })
    ].map(one => materialOf(one, { log: text }));
    expect(one.executions.map(({ n }) => n)).toEqual([1, 2, 3, 4, 6]);
    expect(one.seeds).toEqual([{ library: 'numpy', value: 1, cell: 1 }]);
    expect(two.executions.map(({ n }) => n)).toEqual([4, 5, 6, 7]);
    const { changes } = differenceOf(one, two);
    expect(changes.map(change => textOf(change))).toContain('cell [5] edited');
  });

  it('of a cell that ran again the seeds that it set last count', () => {
    const [first, again] = [2, 4].map(n => ({ ...cell, n, cell: 'seed' }));
    const seeds = [
      { library: 'numpy', value: 1, cell: 2 },
      { library: 'torch', value: 1, cell: 2 },
      { library: 'numpy', value: 1, cell: 4 }
    ];
    const twice = materialOf(summary({ cells: [first, again], seeds }), { log });
    expect(twice.seeds).toEqual([seeds[1], seeds[2]]);
    expect(materialOf(summary({ cells: [first, again], seeds })).seeds).toEqual(twice.seeds);
    // Two in one execution are two.
    const both = [seeds[0], { ...seeds[0], value: 2 }];
    expect(materialOf(summary({ cells: [first], seeds: both }), { log }).seeds).toEqual(both);
  });

  it('the cell with which the next run began is not its own', () => {
    const cells = [1, 2, 4].map(n => ({ ...cell, n, cell: n === 4 ? 'load' : `c${n}` }));
    const next = { event: 'run_start', run: 'r2', cell: 4, opened: 'run from the top' };
    const numbers = (opened: string): number[] =>
      materialOf(summary({ cells }), {
        log: `${log}${JSON.stringify({ ...next, opened })}\n`
      }).executions.map(({ n }) => n);
    expect(numbers('run from the top')).toEqual([1, 2]);
    expect(numbers('start_run')).toEqual([1, 2, 4]);
  });

  it('without the log nothing is claimed of what is missing', () => {
    const bare = materialOf(summary());
    const data = sectionsOf([material, bare]).find(({ name }) => name === 'data');
    expect(data?.rows.map(({ agreement }) => agreement)).toEqual(['unknown']);
  });
});

test('sections tell what differs among many runs, and count the rest', () => {
  const metric = (last: number | 'NaN', max = 1) => ({
    last,
    min: 0,
    max,
    first: 0,
    count: 3,
    step: 2
  });
  const runs = [1, 1, 2].map(lr =>
    run({ params: { lr, model: 'net' }, metrics: { loss: metric('NaN'), acc: metric(0.5, lr) } })
  );
  const sections = sectionsOf(runs);
  const of = (name: string) => sections.find(section => section.name === name);
  expect(of('params')).toMatchObject({ same: 1 });
  expect(of('params')?.rows.map(row => [row.key, row.agreement])).toEqual([
    ['lr', 'differs'],
    ['model', 'same']
  ]);
  expect(of('metrics')?.rows.map(row => [row.key, row.agreement])).toEqual([
    ['loss', 'same'],
    ['acc', 'differs']
  ]);
});

test('12,000 metrics and 2,000 cells in each of two runs are compared at once', () => {
  const metrics = Object.fromEntries(
    Array.from({ length: 12_000 }, (_, at) => [
      `metric/${at}`,
      { last: at, min: at, max: at, first: at, count: 1, step: 0 }
    ])
  );
  const executions = (from: number) =>
    Array.from({ length: 2000 }, (_, at) => ran(null, `cell ${at + from}`));
  const [before, after] = [0, 1000].map(from => run({ metrics }, { executions: executions(from) }));
  expect(sectionsOf([before, after]).find(({ name }) => name === 'metrics')?.same).toBe(12_000);
  expect(differenceOf(before, after).cells).toHaveLength(3000);
});

test('every change can be said', () => {
  const pair = {
    before: null,
    after: ran('c', 'x', { count: 4 }),
    agreement: 'differs',
    isAgain: true
  } as const;
  expect(textOf({ kind: 'again', pair })).toBe('cell [4] ran more often');
  expect(textOf({ kind: 'again', pair: { ...pair, before: pair.after, after: null } })).toBe(
    'cell [4] ran less often'
  );
  expect(textOf({ kind: 'order' })).toBe('cells ran in another order');
  expect(textOf({ kind: 'other packages', count: 3 })).toBe('3 packages that neither run imported');
});
