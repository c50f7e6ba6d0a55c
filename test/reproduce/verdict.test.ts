import { describe, expect, test } from 'vitest';
import { judge, readPlayed, type IJudgeOptions, type IPlayed } from '../../src/reproduce/index.js';
import { sentence } from '../../src/reproduce/verify/verdict.js';

/** A cell of a play: its source, and what it came to. */
interface ICell {
  source?: string;
  values?: Record<string, string | object>;
  metrics?: Record<string, number[]>;
  /** Metrics that nobody logged by hand, and whether they are exact. */
  captured?: Record<string, boolean>;
  files?: Record<string, string | null>;
  /** What the files hold without the dates in them. */
  undated?: Record<string, string>;
  printed?: string;
  failed?: string;
  status?: string;
  unparsable?: boolean;
  reads?: string[];
  streams?: Record<string, string>;
}

const sha = (text: string): string => text.repeat(64).slice(0, 64);

/** A play as its log tells it. */
function played(cells: ICell[], environment: object = {}, packages: object = {}): IPlayed {
  const events: object[] = [
    { event: 'environment', python: '3.11.4', variables: { PYTHONHASHSEED: '1' }, ...environment },
    { event: 'imports', n: 1, packages }
  ];
  const points: object[] = [];
  cells.forEach((cell, index) => {
    const n = index + 1;
    const { source = '', values = {}, metrics = {}, files = {}, printed, failed, reads } = cell;
    const bound = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? { fingerprint: value, seen: 'exact', preview: value } : value
    ]);
    events.push({ event: 'cell_start', n, source, sha256: sha('0') });
    events.push({ event: 'variables', n, reads, bound: Object.fromEntries(bound) });
    events.push({
      event: 'random',
      n,
      streams: Object.fromEntries(
        Object.entries(cell.streams ?? {}).map(([name, before]) => [name, { before, after: null }])
      )
    });
    for (const [path, sha256] of Object.entries(files)) {
      const undated = cell.undated?.[path];
      events.push({ event: 'output', run: 'r', path, sha256, cell: n, undated });
    }
    if (printed !== undefined) {
      events.push({ event: 'outputs', n, streams: { stdout: { sha256: sha(printed) } } });
    }
    for (const [key, exact] of Object.entries(cell.captured ?? {})) {
      events.push({ event: 'metric', run: 'r', key, cell: n, ...(exact ? {} : { exact }) });
    }
    const { unparsable } = cell;
    const error =
      failed === undefined ? {} : { error: { type: failed, message: 'no', unparsable } };
    const status = cell.status ?? (failed === undefined ? 'finished' : 'failed');
    events.push({ event: 'cell_end', n, status, duration: 1, ...error });
    for (const [key, list] of Object.entries(metrics)) {
      list.forEach((value, step) => points.push({ step, time: 1, cell: n, [key]: value }));
    }
  });
  const text = points.map(point => `${JSON.stringify(point)}\n`).join('');
  return readPlayed(events as never, [text]);
}

function verdict(recorded: IPlayed, replays: IPlayed[], more: Partial<IJudgeOptions> = {}) {
  return judge({
    recorded,
    replays,
    changed: [],
    altered: [],
    gaps: [],
    label: n => `[${n}]`,
    tolerance: 0,
    ...more
  });
}

describe('identical', () => {
  test('says how much was compared', () => {
    const play = () =>
      played([
        { values: { x: '1', y: { seen: 'opaque', type: 'generator' } }, printed: 'a' },
        { metrics: { loss: [1, 2] }, files: { 'a.csv': sha('a'), big: null } }
      ]);
    const found = verdict(play(), [play()]);
    expect(found.verdict).toBe('identical');
    expect(found.compared).toEqual({
      cells: 2,
      points: 2,
      variables: 1,
      files: 1,
      outputs: 1,
      uncovered: 2
    });
    expect(found.says).toBe(
      '2 cells came to the same (2 points of its metrics, 1 value, 1 file, 1 output). 2 values or outputs could not be compared.'
    );
  });

  test('does not compare the names that temporary files get, but what stands in them', () => {
    const play = (name: string, text = 'a', folder = '../..') =>
      played([
        {
          values: { folder: { fingerprint: name, seen: 'exact', preview: `'/tmp/${name}'` } },
          files: { [`${folder}/${name}/x.txt`]: sha(text) }
        }
      ]);
    const found = verdict(play('tmpab12cd_f'), [play('tmpzz00zz00', 'a', '/tmp')]);
    expect(found.verdict).toBe('identical');
    expect(found.compared).toMatchObject({ variables: 0, files: 1, uncovered: 1 });
    expect(verdict(play('tmpab12cd_f'), [play('tmpzz00zz00', 'b')]).first?.kind).toBe('file');
    expect(verdict(play('tmpab12cd_f'), [play('tmp_of_mine_')]).first?.name).toBe('folder');
  });

  test('a file that a program wrote may stand with the cell beside', () => {
    const recorded = played([{}, { files: { 'a.txt': sha('a') } }, {}, {}]);
    const other = (...files: string[]) =>
      verdict(recorded, [
        played(files.map(name => (name ? { files: { 'a.txt': sha(name) } } : {})))
      ]);
    expect(other('a', '', '', '').verdict).toBe('identical');
    expect(other('', '', 'a', '').verdict).toBe('identical');
    expect(other('', '', 'b', '').first?.kind).toBe('file');
    expect(other('', '', '', 'a').first?.replayed).toBe('not written');
  });

  test('leaves out another name for what changed, where no cell that was replayed gave it', () => {
    const array = { fingerprint: 'a', seen: 'exact', preview: 'array' };
    const play = (changed: object[], bound: string[] = []) => {
      const events = changed.flatMap((values, index) => [
        { event: 'cell_start', n: index + 1, source: '', sha256: sha('0') },
        {
          event: 'variables',
          n: index + 1,
          bound: Object.fromEntries(
            index ? [] : bound.map(name => [name, { ...array, fingerprint: '0', preview: 'zeros' }])
          ),
          changed: values
        },
        { event: 'cell_end', n: index + 1, status: 'finished' }
      ]);
      return readPlayed(events, ['']);
    };
    const recorded = play([{ a: array, view: array }]);
    const replay = play([{ a: array }]);
    expect(verdict(recorded, [replay]).verdict).toBe('identical');
    const found = verdict(play([{}, { view: array }], ['view']), [play([{}, {}], ['view'])]);
    expect([found.verdict, found.first?.name, found.first?.replayed]).toEqual([
      'differs',
      'view',
      'zeros'
    ]);
  });

  test('a change of what a busy machine had no time to look at cannot be compared', () => {
    const empty = { fingerprint: '0', seen: 'exact', preview: 'list of 0' };
    const two = { fingerprint: '2', seen: 'exact', preview: 'list of 2' };
    const play = (first: object, changed: object = {}) =>
      readPlayed(
        [
          { event: 'cell_start', n: 1, source: 'calls = []' },
          { event: 'variables', n: 1, bound: { calls: first } },
          { event: 'cell_start', n: 2, source: 'len(calls)' },
          { event: 'variables', n: 2, reads: ['calls'], changed }
        ] as never,
        ['']
      );
    const recorded = play(empty, { calls: two });
    const late = verdict(recorded, [play({ type: 'list', seen: 'skipped' })]);
    expect([late.verdict, late.compared.uncovered]).toEqual(['identical', 2]);
    const other = verdict(recorded, [play(empty)]);
    expect(other.first).toMatchObject({ recorded: 'list of 2', replayed: 'list of 0' });
  });

  test('says under which condition it would be another', () => {
    const play = (value: string) => played([{ values: { order: value } }]);
    const varied = [
      { condition: 'hash seed' as const, replay: play('b') },
      { condition: 'threads' as const, replay: play('a') }
    ];
    const found = verdict(play('a'), [play('a')], { varied });
    expect(found.verdict).toBe('identical');
    expect(found.says).toBe(
      '1 cell came to the same (1 value). It differs under another hash seed, first in cell [1]: `order` was a, and here it is b.'
    );
  });

  test('a value that one side looked at only in part is not compared', () => {
    const play = (seen: string) =>
      played([{ values: { x: { seen, fingerprint: seen, type: 'ndarray' } } }]);
    const found = verdict(play('exact'), [play('sampled')]);
    expect(found).toMatchObject({ verdict: 'identical', compared: { variables: 0, uncovered: 1 } });
  });

  test('NaN is the same as NaN', () => {
    const play = () => played([{ metrics: { loss: [NaN, Infinity] } }]);
    expect(verdict(play(), [play()]).verdict).toBe('identical');
  });

  test('times are not compared, nor what is computed from them', () => {
    const play = (time: string) =>
      played([
        { source: 'start = time.time()', values: { start: time } },
        { source: 'took = 9 - start', values: { took: `${time}1` }, reads: ['start'] }
      ]);
    expect(verdict(play('1.5'), [play('2.5')]).verdict).toBe('identical');
  });

  test('a cell that failed as it did in the notebook is no difference', () => {
    const play = () => played([{ failed: 'ValueError' }]);
    expect(verdict(play(), [play()]).verdict).toBe('identical');
  });

  test('what scikit-learn measures while it searches is not compared, nor what shows it', () => {
    const cell = (mark: string) => ({
      source: 'search = GridSearchCV(Ridge(), {}).fit(X, y)\nsearch.cv_results_',
      values: { search: { fingerprint: mark, seen: 'exact', preview: 'GridSearchCV' } },
      printed: mark
    });
    expect(verdict(played([cell('1')]), [played([cell('2')])]).verdict).toBe('identical');
  });

  test('an import from the future stands at the top of a script, and binds nothing in its cell', () => {
    const values = { annotations: { type: '_Feature', fingerprint: 'a', seen: 'exact' } };
    expect(verdict(played([{ values }]), [played([{}])]).verdict).toBe('identical');
  });

  test('a cell that is no Python did not run on either side', () => {
    const recorded = played([{ failed: 'SyntaxError', unparsable: true }]);
    expect(verdict(recorded, [played([{}])]).verdict).toBe('identical');
  });

  test('a captured metric may have the name of a print on one side, and of a variable on the other', () => {
    const by = (captured: Record<string, boolean>, metrics: Record<string, number[]>) =>
      played([{ captured, metrics }]);
    const recorded = by({ accuracy: true }, { accuracy: [0.4736842] });
    const other = by({ acc: true }, { acc: [0.4736842] });
    expect(verdict(recorded, [other]).verdict).toBe('identical');
    expect(verdict(recorded, [by({ acc: true }, { acc: [0.4736843] })]).verdict).toBe('differs');
    expect(verdict(recorded, [by({}, { acc: [0.4736842] })]).verdict).toBe('differs');
    const rounded = by({ accuracy: false }, { accuracy: [0.4737] });
    expect(verdict(rounded, [other]).verdict).toBe('identical');
    expect(verdict(rounded, [recorded]).verdict).toBe('identical');
    expect(verdict(rounded, [by({ accuracy: false }, { accuracy: [0.4738] })]).verdict).toBe(
      'differs'
    );
  });
});

describe('differs', () => {
  test('names the first cell and variable, both values and their cause', () => {
    const found = verdict(
      played([{ values: { a: '1' } }, { values: { b: '2' } }, { metrics: { loss: [0.5] } }]),
      [played([{ values: { a: '1' } }, { values: { b: '3' } }, { metrics: { loss: [0.6] } }])],
      { changed: [{ path: 'x.csv', n: 2, module: false, missing: false }] }
    );
    expect(found).toMatchObject({
      verdict: 'differs',
      first: { kind: 'variable', n: 2, name: 'b', recorded: '2', replayed: '3' },
      cause: { kind: 'input changed', says: 'x.csv, which cell [2] reads, is not what it was.' },
      differences: { variable: 1, metric: 1 }
    });
    expect(found.says).toBe(
      'The replay differs, first in cell [2]: `b` was 2, and here it is 3. x.csv, which cell [2] reads, is not what it was. In the end `loss` was 0.5 at step 0, and here it is 0.6 at step 0.'
    );
  });

  test('of values too large to be shown it says that their contents differ', () => {
    const shape = 'DataFrame (200, 3)';
    const difference = { at: 1, name: 'data', recorded: shape, replayed: shape };
    expect(sentence({ kind: 'variable', ...difference })).toBe(
      '`data` is DataFrame (200, 3) again, but its content is another.'
    );
  });

  test('a changed file that only later cells read is not the cause', () => {
    const found = verdict(
      played([{ values: { a: '1' } }, {}]),
      [played([{ values: { a: '2' } }, {}])],
      {
        changed: [{ path: 'x.csv', n: 2, module: false, missing: false }]
      }
    );
    expect(found.cause?.kind).toBe('not captured');
  });

  test.each([
    [[1, 2], [1]],
    [[1], [1, 2]],
    [[1, 2], []]
  ])('points %j and %j are not the same', (one, other) => {
    const found = verdict(played([{ metrics: { m: one } }]), [played([{ metrics: { m: other } }])]);
    expect(found).toMatchObject({ verdict: 'differs', first: { kind: 'metric', name: 'm' } });
  });

  test.each([
    ['package changed', {}, { numpy: '2.0' }],
    ['package changed', { python: '3.12.0' }, { numpy: '1.0' }],
    [
      'environment variable',
      { variables: { PYTHONHASHSEED: '1', OMP_NUM_THREADS: '3' } },
      { numpy: '1.0' }
    ]
  ])('%s', (kind, environment, packages) => {
    const recorded = played(
      [{ values: { a: '1' } }],
      { variables: { PYTHONHASHSEED: '1', OMP_NUM_THREADS: '2' } },
      { numpy: '1.0' }
    );
    const replay = played(
      [{ values: { a: '2' } }],
      { variables: { PYTHONHASHSEED: '1', OMP_NUM_THREADS: '2' }, ...environment },
      packages
    );
    expect(verdict(recorded, [replay]).cause?.kind).toBe(kind);
  });

  test('a stream that began in another state is the cause of what was drawn', () => {
    const play = (state: string) =>
      played([{ streams: { numpy: sha(state) }, values: { a: state } }]);
    expect(verdict(play('a'), [play('b')]).cause).toEqual({
      kind: 'random numbers',
      says: 'The random numbers of numpy began cell [1] in another state than in the notebook.'
    });
  });

  test('a condition that changes the result when it alone is varied is the cause', () => {
    const play = (value: string) => played([{ values: { a: value } }]);
    const varied = [{ condition: 'hash seed' as const, replay: play('3') }];
    expect(verdict(play('1'), [play('2')], { varied }).cause?.kind).toBe('hash seed');
  });

  test('a condition that changes something else is not the cause', () => {
    const play = (a: string, b: string) => played([{ values: { a } }, { values: { b } }]);
    const varied = [{ condition: 'hash seed' as const, replay: play('2', '9') }];
    expect(verdict(play('1', '5'), [play('2', '5')], { varied }).cause?.kind).toBe('not captured');
  });

  test('another tslab, which makes other JavaScript of a cell', () => {
    const play = (value: string, version: string) =>
      played([{ values: { a: value } }], { tslab: { version, path: '/tslab' } });
    expect(verdict(play('1', '1.0.21'), [play('2', '1.0.22')]).cause).toEqual({
      kind: 'package changed',
      says: 'tslab was 1.0.21 and is 1.0.22.'
    });
  });

  test('a source that is not the one that was executed', () => {
    const play = (value: string) => played([{}, { values: { a: value } }]);
    expect(verdict(play('1'), [play('2')], { altered: [2] }).cause).toEqual({
      kind: 'code changed',
      says: 'The log holds another source of cell [2] than was executed.'
    });
  });
});

test('a file that could not be read in a replay before it was written over is not compared', () => {
  const play = (sha256: string | null) => played([{ files: { 'a.log': sha256 } }]);
  expect(verdict(play(sha('a')), [play(null)])).toMatchObject({
    verdict: 'identical',
    compared: { files: 0, uncovered: 1 }
  });
});

test('a file that is the same but for the dates in it is the same, and is named', () => {
  const play = (date: string, text = 'x') =>
    played([{ files: { 'a.zip': sha(date) }, undated: { 'a.zip': sha(text) } }]);
  const found = verdict(play('a'), [play('b')]);
  expect(found).toMatchObject({ verdict: 'identical', compared: { files: 1 } });
  expect(found.says).toContain('The same but for the dates in it: a.zip.');
  expect(verdict(play('a'), [play('b', 'y')]).verdict).toBe('differs');
  expect(verdict(play('a'), [played([{ files: { 'a.zip': sha('b') } }])]).verdict).toBe('differs');
});

describe('what is new each time', () => {
  const history = (fingerprint: string, text = 'dict of 2') => ({
    history: { fingerprint, seen: 'exact', preview: text }
  });
  const timer = { source: 'def timed(): return time.time()', values: { timed: 'function timed' } };
  const play = (digest: string, loss = 0.5, text?: string) =>
    played([
      timer,
      { source: 'fit()', reads: ['timed'], values: history(digest, text), printed: digest },
      { source: 'print(loss)', metrics: { loss: [loss] } }
    ]);

  test('is not compared where all results are the same, and is named', () => {
    const found = verdict(play('a'), [play('b'), play('c')]);
    expect(found).toMatchObject({
      verdict: 'identical',
      compared: { points: 1, variables: 1, uncovered: 2 }
    });
    expect(found.says).toContain('New each time, by the clock or by the system: `history`.');
  });

  test('is compared where a result is another, and named as what that comes from', () => {
    const found = verdict(play('a', 0.1), [play('b', 0.2), play('c', 0.3)]);
    expect(found).toMatchObject({ verdict: 'nondeterministic', first: { name: 'history' } });
  });

  test('is also what a function that was decorated with a clock leaves', () => {
    const decorated = (digest: string) =>
      played([
        timer,
        { source: '@timed\ndef fit(): pass', reads: ['timed'], values: { fit: 'function fit' } },
        { source: 'fit()', reads: ['fit'], values: history(digest), metrics: { loss: [1] } }
      ]);
    expect(verdict(decorated('a'), [decorated('b'), decorated('c')]).verdict).toBe('identical');
  });

  test('are no values on which replays agree, no arrays, and none of cells without a clock', () => {
    expect(verdict(play('a'), [play('b'), play('b')]).verdict).toBe('differs');
    const arrays = [play('b', 0.5, 'ndarray float64 (3,)'), play('c', 0.5, 'ndarray float64 (3,)')];
    expect(verdict(play('a'), arrays).verdict).toBe('nondeterministic');
    const blind = (digest: string) =>
      played([{ source: 'fit()', values: history(digest), metrics: { loss: [1] } }]);
    expect(verdict(blind('a'), [blind('b'), blind('c')]).verdict).toBe('nondeterministic');
  });

  test('in the path of a file is no difference; what stands in the file is compared', () => {
    const saved = (id: string, text = 'a') =>
      played([
        {
          source: 'name = uuid.uuid4().hex[:8]',
          values: { name: { ...value(id), seen: 'exact' } }
        },
        { reads: ['name'], files: { [`out/${id}/log.txt`]: sha(text) } }
      ]);
    const value = (id: string) => ({ fingerprint: id, preview: `'${id}'` });
    const same = verdict(saved('aaaa1111'), [saved('bbbb2222'), saved('cccc3333')]);
    expect(same).toMatchObject({ verdict: 'identical', compared: { files: 1 } });
    const other = [saved('bbbb2222', 'b'), saved('cccc3333', 'b')];
    expect(verdict(saved('aaaa1111'), other).verdict).not.toBe('identical');
  });

  test('is also a name that is made in the call that opens the file', () => {
    const source = 'open(f"log-{datetime.now():%H%M%S}.txt", "w").write(text)';
    const saved = (time: string, text = 'a') =>
      played([{ source, files: { [`log-${time}.txt`]: sha(text) } }]);
    expect(verdict(saved('101010'), [saved('111111')]).verdict).toBe('identical');
    expect(verdict(saved('101010'), [saved('111111', 'b')]).verdict).toBe('differs');
  });

  test('is also what names a file that is called otherwise each time', () => {
    const listed = (time: string) =>
      played([
        {
          source: 'open(f"log-{datetime.now():%H%M%S}.txt", "w").write(text)',
          files: { [`log-${time}.txt`]: sha('a') }
        },
        {
          source: 'latest = sorted(Path().glob("log-*.txt"))[-1]',
          values: {
            latest: { fingerprint: time, seen: 'exact', preview: `Path('log-${time}.txt')` }
          }
        }
      ]);
    const found = verdict(listed('101010'), [listed('111111'), listed('121212')]);
    expect(found.verdict).toBe('identical');
    expect(found.says).toContain('`latest`');
  });

  test('by the system is said to be so, in a cell that looks at a clock too', () => {
    const source = 'started = datetime.now()\nid = uuid.uuid4().hex';
    const made = (id: string) =>
      played([{ source, values: { id: { fingerprint: id, seen: 'exact', preview: `'${id}'` } } }]);
    expect(verdict(made('ab'), [made('cd'), made('ef')]).cause?.says).toBe(
      'The cell takes something from the system that is new each time.'
    );
  });
});

test('draws from crypto are the cause where they decide, by a function of another cell too', () => {
  const cause = (source: string, use: string): string | undefined => {
    const cells = (loss: number) =>
      played([
        { source, values: { draw: 'function draw' } },
        { source: use, values: { loss: `${loss}` }, metrics: { loss: [loss] } }
      ]);
    return verdict(cells(0.1), [cells(0.2), cells(0.3)]).cause?.says;
  };
  const says = (cell: string): string =>
    `Cell ${cell} draws from \`crypto\`, which no seed governs; draws from \`Math.random\` are recorded.`;
  const draw = 'const draw = () => crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32';
  expect(cause(draw, 'const loss = draw()')).toBe(says('[1]'));
  expect(cause('const draw = 1', 'const loss = randomInt(5)')).toBe(says('[2]'));
  expect(cause(draw, 'const loss = 1')).toBe(
    'Each replay comes to something else, for a reason that is not known.'
  );
});

test('how much memory was freed is not compared', () => {
  const play = (text: string, source: string) => played([{ source, printed: text }]);
  const counts = (source: string) => verdict(play('a', source), [play('b', source)]).verdict;
  expect(counts('print(gc.collect())')).toBe('identical');
  expect(counts('print(garbage.collect())')).toBe('differs');
});

test('a copy of the whole environment is not compared, other values of the cell are', () => {
  const play = (size: number, x = '1') =>
    played([
      {
        source: 'env = {**os.environ, "A": "b"}',
        values: { env: { fingerprint: `${size}`, seen: 'exact', preview: `dict of ${size}` }, x }
      }
    ]);
  expect(verdict(play(52), [play(42)])).toMatchObject({
    verdict: 'identical',
    compared: { variables: 1, uncovered: 1 }
  });
  expect(verdict(play(52), [play(42, '2')]).verdict).toBe('differs');
});

test('what programs print is not compared', () => {
  const play = (text: string, source: string, reads: string[] = []) =>
    played([{ source, reads, printed: text }]);
  const verdicts = (...cell: [string, string[]?]) =>
    verdict(play('a', ...cell), [play('b', ...cell)]).verdict;
  expect(verdicts('os.system("make")')).toBe('identical');
  expect(verdicts('shell("make")', ['shell', 'subprocess'])).toBe('identical');
  expect(verdicts('shell("make")', ['shell'])).toBe('differs');
});

test('whoever asks for input is said to do so', () => {
  const source = 'try:\n    name = input()\nexcept Exception as e:\n    name = str(e)';
  const play = (name: string) => played([{ source, values: { name } }]);
  expect(verdict(play('a'), [play('b')]).cause?.says).toContain('asks for input');
});

test('a seed from a clock is the cause of what is drawn with it', () => {
  const play = (digest: string, loss: string) =>
    played([
      { source: 'seed = int(time.time())', values: { seed: digest } },
      { source: 'random.seed(seed)', reads: ['seed'] },
      { source: 'loss = random.random()', streams: { python: digest }, values: { loss } }
    ]);
  const found = verdict(play('1', '0.1'), [play('2', '0.2'), play('3', '0.3')]);
  expect(found.first).toMatchObject({ n: 3, name: 'loss' });
  expect(found.cause).toEqual({
    kind: 'clock',
    says: 'A seed of random numbers comes from a clock, in cell [1].'
  });
});

test('a file with the time in it hangs on the clock, whichever replays were too quick to show that', () => {
  const play = (text: string) => played([{ files: { 'a.zip': sha(text) } }]);
  const varied = [{ condition: 'hash seed' as const, replay: play('c') }];
  for (const replays of [
    [play('b'), play('b')],
    [play('b'), play('c')]
  ]) {
    expect(verdict(play('a'), replays, { varied }).cause?.kind).toBe('clock');
  }
});

describe('nondeterministic', () => {
  test('what an interrupt ended is another thing each time, and said to be', () => {
    const play = (total: string) =>
      played([{ source: 'while True: total += 1', values: { total }, status: 'interrupted' }]);
    expect(verdict(play('1'), [play('2'), play('3')])).toMatchObject({
      verdict: 'nondeterministic',
      cause: {
        says: 'Cell [1] was interrupted, and how far it had come is another thing each time.'
      }
    });
  });

  test('a stream that could not be put back is the cause; a varied condition never is', () => {
    const play = (value: string, before: string) =>
      played([{ values: { a: value }, streams: { python: before } }]);
    const varied = [{ condition: 'hash seed' as const, replay: play('4', 'w') }];
    const replays = [play('2', 'y'), play('3', 'z')];
    expect(verdict(play('1', 'x'), replays, { varied })).toMatchObject({
      verdict: 'nondeterministic',
      cause: { kind: 'random numbers' }
    });
  });

  test.each([
    ['clock', 'x = time.time_ns() % 7'],
    ['network', 'x = requests.get(url).json()'],
    ['threads', 'x = Parallel(n_jobs=4)(jobs)'],
    ['not captured', 'x = uuid.uuid4()']
  ])('%s', (kind, source) => {
    const play = (value: object) => played([{ source, values: { x: value } }]);
    const value = (fingerprint: string) => ({ fingerprint, seen: 'exact', preview: 'an object' });
    const found = verdict(play(value('1')), [play(value('2')), play(value('3'))]);
    expect(found).toMatchObject({ verdict: 'nondeterministic', cause: { kind }, replays: 2 });
  });

  test('replays that agree with each other are none', () => {
    const play = (value: string) => played([{ values: { x: value } }]);
    expect(verdict(play('1'), [play('2'), play('2')]).verdict).toBe('differs');
  });
});

describe('within tolerance', () => {
  const play = (value: number) =>
    played([{ values: { x: String(value) }, metrics: { loss: [1, value] } }]);

  test('what is near enough, as asked for', () => {
    expect(verdict(play(2), [play(2.001)], { tolerance: 0.01 })).toMatchObject({
      verdict: 'within tolerance',
      says: 'The metrics are the same but for 0.00050 (relative); up to 0.01 was allowed.'
    });
    expect(verdict(play(2), [play(2.1)], { tolerance: 0.01 }).verdict).toBe('differs');
    expect(verdict(play(2), [play(2.001)]).verdict).toBe('differs');
  });

  test('a file that differs is never near enough', () => {
    const write = (letter: string) => played([{ files: { a: sha(letter) } }]);
    expect(verdict(write('a'), [write('b')], { tolerance: 1 }).verdict).toBe('differs');
  });
});

describe('could not run', () => {
  test('a cell that fails where it did not', () => {
    const found = verdict(played([{}, {}]), [played([{}, { failed: 'KeyError' }])]);
    expect(found.says).toContain(
      'went another way in cell [2]: it ran to its end in the notebook, and here it failed with KeyError: no.'
    );
    expect(found.verdict).toBe('could not run');
  });

  test('cells that it did not come to', () => {
    expect(verdict(played([{}, {}]), [played([{}])])).toMatchObject({
      verdict: 'could not run',
      first: { kind: 'missing', n: 2 }
    });
  });
});

test('a cell that asks for input is told from one that fails otherwise', () => {
  const asks = { source: 'name = input("Who? ")', values: { name: 'Ada' } };
  const found = verdict(played([asks]), [played([{ ...asks, values: {}, failed: 'EOFError' }])]);
  expect([found.verdict, found.cause?.kind]).toEqual(['could not run', 'not captured']);
  expect(found.cause?.says).toBe('The cell asks for input, and nobody answers a replay.');
  const reads = { source: 'name = data.read()', failed: 'EOFError' };
  const other = verdict(played([{ source: reads.source }]), [played([reads])]);
  expect(other.cause?.says).not.toContain('input');
});

test('each cell and each metric has a verdict of its own', () => {
  const cells = (loss: number) => [
    { values: { a: '1' } },
    { metrics: { loss: [1, loss], f1: [0.5] }, printed: 'x' }
  ];
  const found = verdict(played(cells(2)), [played(cells(3))]);
  expect(
    found.cells.map(({ n, compared, differences }) => [n, compared, differences.length])
  ).toEqual([
    [1, 1, 0],
    [2, 4, 1]
  ]);
  expect(found.cells[1].metrics).toEqual([
    { name: 'loss', points: 2, same: false },
    { name: 'f1', points: 1, same: true }
  ]);
});
