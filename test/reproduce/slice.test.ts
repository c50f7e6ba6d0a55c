import { expect, test } from 'vitest';
import { select } from '../../src/reproduce/export.js';
import { record, RUN, type Cell, type IRecord } from './log.js';

/** What the log says of a cell's variables, in short: `x` stands for an exact value. */
interface IVariables {
  reads?: string[];
  bound?: string[];
  changed?: string[];
  [field: string]: unknown;
}

const value = { type: 'list', seen: 'exact', fingerprint: '00' };

const variables = (n: number, { bound = [], changed = [], ...more }: IVariables) => ({
  event: 'variables',
  n,
  ...more,
  bound: Object.fromEntries(bound.map(name => [name, { ...value, ...(more[name] as object) }])),
  changed: Object.fromEntries(changed.map(name => [name, value]))
});

/** A cell, what it read and changed, and other events of it. */
type Told = [source: Cell, variables?: IVariables, ...events: object[]];

async function sliceOf(cells: Told[], wanted: number[], more: IRecord = {}) {
  const events: Record<number, object[]> = { ...more.events };
  cells.forEach(([, told, ...others], index) => {
    const n = index + 1;
    const after = [...(told ? [variables(n, told)] : []), ...others];
    events[-n] = [...(events[-n] ?? []), ...after];
  });
  const options = record(
    cells.map(([source]) => source),
    { ...more, events }
  );
  const { slice, history } = await select({ ...options, metricCells: wanted });
  return {
    kept: slice.kept.map(({ n }) => n),
    why: Object.fromEntries([...slice.kept, ...slice.left].map(({ n, reasons }) => [n, reasons])),
    history
  };
}

const sha = (letter: string) => letter.repeat(64);

test('what a metric was computed from is kept, and nothing else', async () => {
  const { kept, why } = await sliceOf(
    [
      ['a = []', { bound: ['a'] }],
      ['b = []', { bound: ['b'] }],
      ['c = a + [1]', { reads: ['a'], bound: ['c'] }],
      ['log(c)', { reads: ['c'] }],
      ['d = c', { reads: ['c'], bound: ['d'] }]
    ],
    [4]
  );
  expect(kept).toEqual([1, 3, 4]);
  expect(why).toEqual({
    1: ['defines `a`, read by [3]'],
    2: ['nothing kept reads its `b`'],
    3: ['defines `c`, read by [4]'],
    4: ['gives metrics of the run'],
    5: ['comes after everything that the run needs']
  });
});

test('of several definitions, the one that counted is kept', async () => {
  const { kept } = await sliceOf(
    [
      ['x = 1', { bound: ['x'] }],
      ['x = 2', { bound: ['x'] }],
      ['log(x)', { reads: ['x'] }],
      ['x = 3', { bound: ['x'] }]
    ],
    [3]
  );
  expect(kept).toEqual([2, 3]);
});

test('a value that is computed from what it was needs what it was', async () => {
  const { kept } = await sliceOf(
    [
      ['x = 1', { bound: ['x'] }],
      ['x = x + 1', { reads: ['x'], bound: ['x'] }],
      ['log(x)', { reads: ['x'] }]
    ],
    [3]
  );
  expect(kept).toEqual([1, 2, 3]);
});

test('changes in place are kept back to where the name got its value', async () => {
  const { kept, why } = await sliceOf(
    [
      ['x = [9]', { bound: ['x'] }],
      ['x.append(0)', { reads: ['x'], changed: ['x'] }],
      ['x = []', { bound: ['x'] }],
      ['x.append(1)', { reads: ['x'], changed: ['x'] }],
      ['x.append(2)', { reads: ['x'], changed: ['x'] }],
      ['log(x)', { reads: ['x'] }]
    ],
    [6]
  );
  expect(kept).toEqual([3, 4, 5, 6]);
  expect(why[4]).toEqual(['changes `x` in place before [5]']);
});

test('a change through another name counts', async () => {
  const { kept, why } = await sliceOf(
    [
      ['a = [1]', { bound: ['a'] }],
      ['b = a[:]', { reads: ['a'], bound: ['b'], shared: [['a', 'b']] }],
      ['b[0] = 2', { reads: ['b'], changed: ['b'], shared: [['a', 'b']] }],
      ['b = None', { bound: ['b'] }],
      ['b = [3]; b[0] = 4', { bound: ['b'] }],
      ['log(a)', { reads: ['a'] }]
    ],
    [6]
  );
  expect(kept).toEqual([1, 2, 3, 6]);
  expect(why[3]).toEqual(['changes `a` in place before [6]']);
});

test('what was an alias once and is no more does not count', async () => {
  const { kept } = await sliceOf(
    [
      ['a = [1]', { bound: ['a'] }],
      ['b = a', { reads: ['a'], bound: ['b'], shared: [['a', 'b']] }],
      ['b = [1]', { bound: ['b'] }],
      ['b.append(2)', { reads: ['b'], changed: ['b'] }],
      ['log(a)', { reads: ['a'] }]
    ],
    [5]
  );
  expect(kept).toEqual([1, 5]);
});

test('a value that cannot be compared may be changed by whoever reads it', async () => {
  const opaque = { type: 'generator', seen: 'opaque' };
  const { kept, why } = await sliceOf(
    [
      ['g = make()', { bound: ['g'], g: opaque }],
      ['next(g)', { reads: ['g'] }],
      ['log(next(g))', { reads: ['g'] }]
    ],
    [3]
  );
  expect(kept).toEqual([1, 2, 3]);
  expect(why[2]).toEqual(['may change `g` before [3]: what it holds cannot be compared']);
});

test('to use a module or a function does not change it', async () => {
  const { kept } = await sliceOf(
    [
      ['import numpy as np', { bound: ['np'], np: { type: 'module', seen: 'opaque' } }],
      ['x = np.ones(3)', { reads: ['np'], bound: ['x'] }],
      ['log(np.pi)', { reads: ['np'] }]
    ],
    [3]
  );
  expect(kept).toEqual([1, 3]);
});

test('a file that is read back needs the cell that wrote it', async () => {
  const file = { run: RUN, path: 'data/x.csv', sha256: sha('a'), size: 3 };
  const { kept, why } = await sliceOf(
    [
      ['a = 1', { bound: ['a'] }],
      ['write(a)', { reads: ['a'] }, { event: 'output', ...file, cell: 2, run: 'other' }],
      ['b = read()', { bound: ['b'] }, { event: 'input', ...file, how: 'open', cell: 3 }],
      ['log(b)', { reads: ['b'] }]
    ],
    [4]
  );
  expect(kept).toEqual([1, 2, 3, 4]);
  expect(why[2]).toEqual(['writes data/x.csv, read by [3]']);
});

test('a folder that is read as a whole needs whoever wrote into it', async () => {
  const { kept } = await sliceOf(
    [
      ['w()', {}, { event: 'output', run: 'other', path: 'img/a.png', sha256: sha('a'), cell: 1 }],
      ['w()', {}, { event: 'output', run: 'other', path: 'imgs/b.png', sha256: sha('b'), cell: 2 }],
      [
        'log()',
        {},
        { event: 'input', run: RUN, path: 'img', sha256: null, kind: 'directory', cell: 3 }
      ]
    ],
    [3]
  );
  expect(kept).toEqual([1, 3]);
});

test('a folder that is made is kept where files are used after it', async () => {
  const told: Told[] = [
    ["os.makedirs('out')", { reads: ['os'] }],
    ["y = open('out/a').read()", { bound: ['y'] }],
    ['log(1)', {}]
  ];
  const read = { event: 'input', run: RUN, path: 'out/a', sha256: sha('a'), kind: 'file', cell: 2 };
  const file: Told = ['z = open(p).read()', { bound: ['z'] }, { ...read }];
  expect((await sliceOf([told[0], file, ['log(z)', { reads: ['z'] }]], [3])).kept).toEqual([
    1, 2, 3
  ]);
  expect((await sliceOf([told[0], told[2]], [2])).kept).toEqual([2]);
});

test('the current folder and the environment act on everything after', async () => {
  const { kept, why } = await sliceOf(
    [
      ['os.chdir("data")', { reads: ['os'], hidden: { writes: ['cwd'] } }],
      ['os.environ["A"] = "1"', { reads: ['os'], hidden: { writes: ['environ'] } }],
      ['plt.style.use("dark")', { reads: ['plt'], hidden: { writes: ['matplotlib'] } }],
      ['log(1)', {}]
    ],
    [4]
  );
  expect(kept).toEqual([1, 2, 4]);
  expect(why[1]).toEqual(['sets the current folder']);
  expect(why[2]).toEqual(['sets environment variables']);
});

test('how figures are drawn matters to cells that draw', async () => {
  const { kept } = await sliceOf(
    [
      ['plt.style.use("dark")', { reads: ['plt'], hidden: { writes: ['matplotlib'] } }],
      ['plt.plot([1]); log_figure()', { reads: ['plt'] }]
    ],
    [2]
  );
  expect(kept).toEqual([1, 2]);
});

test('what an import changes in passing matters only with what is imported', async () => {
  const writes = ['warnings', 'matplotlib'];
  const { kept, why } = await sliceOf(
    [
      ['import seaborn as sns', { bound: ['sns'], hidden: { writes } }],
      ['sns.plot()', { reads: ['sns'] }],
      ['log(1)', {}]
    ],
    [3]
  );
  expect(kept).toEqual([3]);
  expect(why[1]).toEqual(['nothing kept reads its `sns`']);
});

test('an import of which nothing is ever read is there for what it does', async () => {
  const imports = { event: 'imports', n: 1, packages: { hvplot: '0.11.0' } };
  const { kept } = await sliceOf(
    [
      ['import hvplot.pandas', { bound: ['hvplot'] }, imports],
      ['log(1)', {}]
    ],
    [2]
  );
  expect(kept).toEqual([1, 2]);
});

test('a cell that reads nobody knows what needs everything that there is', async () => {
  const { kept, why } = await sliceOf(
    [
      ['a = 1', { bound: ['a'] }],
      ['a = 2', { bound: ['a'] }],
      ['b = 1', { bound: ['b'] }],
      ['x = eval(code)', { bound: ['x'], unknown: ['eval'] }],
      ['c = 1', { bound: ['c'] }],
      ['log(x)', { reads: ['x'] }]
    ],
    [6]
  );
  expect(kept).toEqual([2, 3, 4, 6]);
  expect(why[2]).toEqual(['defines `a`, which [4] may read']);
  expect(why[4]).toEqual(['defines `x`, read by [6]', 'not known what it reads and changes: eval']);
});

test('a cell of which the log says nothing is kept, unless it cannot have done anything', async () => {
  const { kept, why } = await sliceOf(
    [['x = 1'], ['# a comment'], ['%matplotlib inline'], ['log(1)', {}]],
    [4]
  );
  expect(kept).toEqual([1, 4]);
  expect(why[1]).toEqual(['not known what it reads and changes']);
});

test('a cell that read and changed nothing has nothing in the log, and is left out', async () => {
  const { kept } = await sliceOf(
    [
      ['x = 1', { bound: ['x'] }],
      ['raise ValueError("no")'],
      ['print("a = 1 as text")'],
      ['log(x)', { reads: ['x'] }]
    ],
    [4]
  );
  expect(kept).toEqual([1, 4]);
});

test('a cell that failed is kept for what it had done', async () => {
  const failed = (source: string): Cell => ({
    source,
    status: 'failed',
    error: { type: 'ValueError', message: 'no', line: 2, unparsable: false }
  });
  const { kept, why } = await sliceOf(
    [
      [
        failed('x = 1; raise ValueError'),
        { bound: ['x'], unknown: ['failed after changing state'] }
      ],
      [failed('raise ValueError'), { reads: ['x'] }],
      [{ source: 'x = = 1', status: 'failed', error: { type: 'SyntaxError', unparsable: true } }],
      ['log(x)', { reads: ['x'] }]
    ],
    [4]
  );
  expect(kept).toEqual([1, 4]);
  expect(why[3]).toEqual(['never ran: it is no Python']);
});

test('cells that hand a stream of random numbers on are replaced by its state', async () => {
  const drew = (n: number, before: string, after: string) => ({
    event: 'random',
    n,
    streams: { numpy: { before: sha(before), after: sha(after) } },
    generators: {}
  });
  const state = (n: number, at: string, digest: string) => ({
    event: 'random_state',
    n,
    stream: 'numpy',
    at,
    state: sha(digest)
  });
  const cells: Told[] = [
    ['np.random.seed(0)', { reads: ['np'] }, drew(1, 'a', 'b')],
    ['noise = np.random.rand()', { reads: ['np'], bound: ['noise'] }, drew(2, 'b', 'c')],
    ['log(np.random.rand())', { reads: ['np'] }, drew(3, 'c', 'd')]
  ];
  const seeded = { event: 'seed', run: RUN, library: 'numpy', value: 0, cell: 1 };
  const start = [state(0, 'start', 'a')];
  const without = await sliceOf(cells, [3], { events: { 1: [...start], [-1]: [seeded] } });
  expect(without.kept).toEqual([1, 2, 3]);
  expect(without.why[1]).toEqual(["sets the seed of numpy's stream before [2]"]);
  expect(without.why[2]).toEqual(["draws from numpy's stream before [3]"]);
  const events = { 1: [...start], 3: [state(3, 'before', 'c')], [-1]: [seeded] };
  const { kept, history, why } = await sliceOf(cells, [3], { events });
  expect(kept).toEqual([3]);
  expect(why[2]).toEqual(['nothing kept reads its `noise`']);
  expect([...history.randomness.before.keys()]).toEqual([3]);
  expect(history.randomness.initial).toEqual([]);
});

test('a seed that was set just before is set again, and its cell kept', async () => {
  const random = {
    event: 'random',
    n: 2,
    streams: { numpy: { before: sha('a'), after: sha('b') } }
  };
  const seeded = { event: 'seed', run: RUN, library: 'numpy', value: 0, cell: 2 };
  const draws = { ...random, n: 3, streams: { numpy: { before: sha('b'), after: sha('c') } } };
  const state = { event: 'random_state', n: 3, stream: 'numpy', at: 'before', state: sha('b') };
  const { kept } = await sliceOf(
    [
      ['import numpy as np', { bound: ['np'] }],
      ['np.random.seed(0)', { reads: ['np'] }, random, seeded],
      ['log(np.random.rand())', { reads: ['np'] }, draws, state]
    ],
    [3]
  );
  expect(kept).toEqual([1, 2, 3]);
});

test('a generator that is bound to a name is changed by drawing from it', async () => {
  const drew = (n: number) => ({
    event: 'random',
    n,
    streams: {},
    generators: { rng: { before: sha('a'), after: sha('b') } }
  });
  const { kept } = await sliceOf(
    [
      ['rng = default_rng()', { bound: ['rng'] }],
      ['rng.random()', { reads: ['rng'] }, drew(2)],
      ['log(rng.random())', { reads: ['rng'] }, drew(3)]
    ],
    [3]
  );
  expect(kept).toEqual([1, 2, 3]);
});

test('params that were logged by hand, artifacts and files are results; what was captured is none', async () => {
  const param = (cell: number, origin: string) => ({
    event: 'param',
    run: RUN,
    key: `p${cell}`,
    value: 1,
    cell,
    origin
  });
  const { kept, why } = await sliceOf(
    [
      ['log_param()', {}, param(1, 'logged')],
      ['lr = 1', { bound: ['lr'] }, param(2, 'name')],
      ['log_artifact()', {}, { event: 'artifact', run: RUN, name: 'a', path: 'a', cell: 3 }],
      ['save()', {}, { event: 'output', run: RUN, path: 'b', sha256: sha('b'), cell: 4 }],
      ['print()', {}]
    ],
    []
  );
  expect(kept).toEqual([1, 3, 4]);
  expect(why[4]).toEqual(['writes files of the run']);
});

test('a file that a cell wrote and kept is its own, also where an earlier one wrote the same', async () => {
  const written = (run: string, cell: number) => [
    { event: 'artifact', run, name: 'm', path: 'm', sha256: sha('b'), size: 1, cell },
    { event: 'output', run, path: 'm', sha256: sha('b'), cell }
  ];
  const { kept } = await sliceOf(
    [
      ['x = 1', { bound: ['x'] }],
      ['save(x)', { reads: ['x'] }, ...written('20261123-090000000-cccc', 2)],
      ['x = 2', { bound: ['x'] }],
      ['save(x)', { reads: ['x'] }, ...written(RUN, 4)]
    ],
    []
  );
  expect(kept).toEqual([3, 4]);
});

test('a run without results is about what its cells showed', async () => {
  const shown = { event: 'outputs', n: 2, streams: {}, displays: [{ mimes: {} }] };
  const { kept } = await sliceOf(
    [
      ['x = 1', { bound: ['x'] }],
      ['y', {}, shown],
      ['z', {}]
    ],
    []
  );
  expect(kept).toEqual([2]);
});

test('results by number need the cells that had them', async () => {
  const shown = (n: number) => ({ event: 'outputs', n, streams: {}, displays: [{ mimes: {} }] });
  const { kept } = await sliceOf(
    [
      ['1 + 1', {}, shown(1)],
      ['2 + 2', {}, shown(2)],
      ['log(_1)', { reads: ['_1'] }]
    ],
    [3]
  );
  expect(kept).toEqual([1, 3]);
});

test('what ran inside another execution is part of it', async () => {
  const { kept } = await sliceOf(
    [
      ['x = 1', { bound: ['x'] }],
      ['%%capture\ny = x', {}],
      [
        { source: 'y = x', parent: 2 },
        { reads: ['x'], bound: ['y'] }
      ],
      ['log(y)', { reads: ['y'] }]
    ],
    [4]
  );
  expect(kept).toEqual([1, 2, 4]);
});

test('what is changed inside a module is kept for who uses the module', async () => {
  const module = (name: string) => ({ type: 'module', preview: `module ${name}` });
  const { kept, why } = await sliceOf(
    [
      [
        'import settings as s\nimport sklearn\nfrom settings import total',
        {
          bound: ['s', 'sklearn', 'total'],
          s: module('settings'),
          sklearn: module('sklearn 1.9.1')
        },
        { event: 'modules', n: 1, modules: { settings: { path: 'settings.py', sha256: sha('a') } } }
      ],
      ['s.known["a"] = 1', { reads: ['s'] }],
      ['s.start(3)', { reads: ['s'] }],
      ['sklearn.set_config(display="text")', { reads: ['sklearn'] }],
      ['sklearn.show_versions()', { reads: ['sklearn'] }],
      ['x = s.known["a"]', { reads: ['s'], bound: ['x'] }],
      ['log(total())', { reads: ['total'] }]
    ],
    [7]
  );
  expect(kept).toEqual([1, 2, 3, 4, 7]);
  expect(why[2]).toContain('may change `total` before [7]: sets something that the module holds');
  expect(why[3][0]).toContain('calls s.start');
  expect(why[4]).toEqual(['changes the module sklearn']);
});

test('a change that the log only assumes is kept, and said to be assumed', async () => {
  const { kept, why } = await sliceOf(
    [
      ['m = open("x")', { bound: ['m'] }],
      ['m.read()', { reads: ['m'] }, changedAssumed(2, 'm')],
      ['log(m)', { reads: ['m'] }]
    ],
    [3]
  );
  expect(kept).toEqual([1, 2, 3]);
  expect(why[2]).toEqual(['may change `m` before [3]: it was used, and cannot be compared']);
});

const changedAssumed = (n: number, name: string) => ({
  event: 'variables',
  n,
  reads: [name],
  changed: { [name]: { type: 'TextIOWrapper', seen: 'opaque', assumed: true } }
});

test('files that are taken away are missed by who looks for files', async () => {
  const { kept } = await sliceOf(
    [
      ['import os', { bound: ['os'] }],
      ['os.remove("a.npy")', { reads: ['os'] }],
      [
        'n = len(os.listdir("."))',
        { reads: ['os'], bound: ['n'] },
        { event: 'input', run: RUN, path: 'data', sha256: null, kind: 'directory', cell: 3 }
      ],
      ['log(n)', { reads: ['n'] }],
      ['os.remove("b.npy")', { reads: ['os'] }]
    ],
    [4]
  );
  expect(kept).toEqual([1, 2, 3, 4]);
});

test('who uses a patched module uses what the patch does', async () => {
  const { kept, why } = await sliceOf(
    [
      ['import np', { bound: ['np'], np: { type: 'module', preview: 'module np 2.0' } }],
      ['calls = []', { bound: ['calls'] }],
      [
        'np.mean = lambda x: calls.append(x)',
        { reads: ['np', 'calls'], hidden: { writes: ['module:np'] } }
      ],
      ['np.mean(1)', { reads: ['np'] }],
      ['log(calls)', { reads: ['calls'] }]
    ],
    [5]
  );
  expect(kept).toEqual([1, 2, 3, 4, 5]);
  expect(why[4]).toEqual(['may change `calls` before [5]: np was patched']);
});

test('the first figure is not kept for the next ones, but what sets how they are drawn is', async () => {
  const drawn = { reads: ['plt'], hidden: { writes: ['matplotlib'] } };
  const first = async (source: string) =>
    sliceOf(
      [
        ['import matplotlib.pyplot as plt', { bound: ['plt'] }],
        [source, drawn],
        ['plt.plot([1])\nlog(1)', { reads: ['plt'] }]
      ],
      [3]
    );
  expect((await first('plt.plot([2])')).kept).toEqual([1, 3]);
  expect((await first('plt.rcParams["font.size"] = 9')).kept).toEqual([1, 2, 3]);
  expect((await first('mine.paint(plt)')).kept).toEqual([1, 2, 3]);
});

test('that a name is gone counts where its absence shows, and needs the name to have been there', async () => {
  const deleted = (name: string, source: string) =>
    sliceOf(
      [
        [`${name} = [1]`, { bound: [name] }],
        [`del ${name}`, { deleted: [name] }],
        ['other = 1', { bound: ['other'] }],
        ['del other', { deleted: ['other'] }],
        [source, { bound: ['y'] }],
        ['log(y)', { reads: ['y'] }]
      ],
      [6]
    );
  const { kept, why } = await deleted('x', 'try:\n    y = x\nexcept NameError:\n    y = 2');
  expect(kept).toEqual([1, 2, 5, 6]);
  expect(why[2]).toEqual(['deletes `x`, which shows in [5]']);
  expect((await deleted('list', 'y = called()')).kept).toEqual([1, 2, 5, 6]);
  expect((await deleted('x', 'y = a.x')).kept).toEqual([5, 6]);
});

test('a name that is deleted and bound again needs no deletion', async () => {
  const { kept } = await sliceOf(
    [
      ['x = 1', { bound: ['x'] }],
      ['del x', { deleted: ['x'] }],
      ['x = 2', { bound: ['x'] }],
      ['log(x)', { reads: ['x'] }]
    ],
    [4]
  );
  expect(kept).toEqual([3, 4]);
});

test('what shell lines and other programs do is in the record of files, and a reason stands once', async () => {
  const wrote = (n: number, path: string) => ({
    event: 'output',
    run: RUN,
    path,
    sha256: sha('a'),
    mode: 'w',
    cell: n
  });
  const { kept, why } = await sliceOf(
    [
      ['print(1)', undefined],
      ['!echo 1 > a.txt', { bound: ['_exit_code'] }, wrote(2, 'a.txt'), wrote(2, 'a.txt')],
      ['%%writefile b.txt\nx = 1', undefined, wrote(3, 'b.txt')],
      ['%%bash\nls -l', undefined],
      ['!echo 2', undefined],
      ['!make all', undefined],
      ['%%writefile unseen.txt\nx = 1', undefined],
      [
        'log(open("a.txt"))',
        { reads: [] },
        { event: 'input', run: RUN, path: 'a.txt', sha256: sha('a'), cell: 8 }
      ]
    ],
    [8]
  );
  expect(kept).toEqual([2, 3, 6, 7, 8]);
  expect(why[2]).toEqual([
    'writes files of the run',
    'writes a.txt, read by [8]',
    'runs a program, which may write more files than were seen'
  ]);
  expect(why[6]).toEqual(['runs a program, which may write more files than were seen']);
  expect(why[7]).toEqual(['not known what it reads and changes']);
});

test('what is set of the interpreter counts, and a change through a package counts for its parts', async () => {
  const module = (name: string) => ({ type: 'module', preview: `module ${name}` });
  const { kept } = await sliceOf(
    [
      [
        'import sys, lib\nfrom lib import part',
        {
          bound: ['sys', 'lib', 'part'],
          sys: module('sys'),
          lib: module('lib'),
          part: module('lib.part')
        },
        { event: 'modules', n: 1, modules: { lib: { path: 'lib/__init__.py', sha256: sha('a') } } },
        {
          event: 'modules',
          n: 1,
          modules: { 'lib.part': { path: 'lib/part.py', sha256: sha('b') } }
        }
      ],
      ['sys.setrecursionlimit(5000)', { reads: ['sys'] }],
      ['sys.getrefcount(1)', { reads: ['sys'] }],
      ['lib.part.known["a"] = 1', { reads: ['lib'] }],
      ['lib.part.known.update(b=2)', { reads: ['lib'] }],
      ['log(part.known)', { reads: ['part'] }]
    ],
    [6]
  );
  expect(kept).toEqual([1, 2, 4, 5, 6]);
});

test('how loggers are set up counts', async () => {
  const { kept, why } = await sliceOf(
    [
      [
        'import logging\nlog = logging.getLogger("a")',
        {
          bound: ['logging', 'log'],
          logging: { type: 'module', preview: 'module logging' },
          log: { type: 'Logger', seen: 'opaque' }
        }
      ],
      ['log.setLevel(10)', { reads: ['log'] }],
      ['logging.getLogger("b").addHandler(h)', { reads: ['logging'] }],
      ['log.info("idle")', { reads: ['log'] }],
      ['log.debug("x")\nlog_metric()', { reads: ['log'] }]
    ],
    [5]
  );
  expect(kept).toEqual([1, 2, 3, 5]);
  expect(why[2]).toEqual(['changes the module logging']);
});
