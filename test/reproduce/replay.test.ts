import { expect, test } from 'vitest';
import { record, RUN, runStart, type Cell, type IRecord } from './log.js';
import { replay } from './python.js';

const run = (cells: Cell[], more: IRecord = {}, files: Record<string, string> = {}) =>
  replay(record(cells, more), files);

/** The metrics without the time at which they were logged. */
const points = (metrics: Array<Record<string, unknown>>) =>
  metrics.map(({ time: _, cell: __, ...point }) => point);

const failed = (source: string, type: string, message = 'no', unparsable = false): Cell => ({
  source,
  status: 'failed',
  error: { type, message, line: 1, unparsable }
});

test('cells run in the order and with the sources of the session', async () => {
  const { out, err, code, problems } = await run([
    'x = 1',
    'x = x + 1',
    'x = 1',
    'x = x * 10',
    'x'
  ]);
  expect({ out, err, code, problems }).toEqual({
    out: '10\n',
    err: '',
    code: 0,
    problems: ['The record has no list of packages, so the script names no versions.']
  });
});

test('values are shown as in the notebook', async () => {
  const { out } = await run([
    '1 + 1',
    '"a"',
    'None',
    '3;',
    'x = 4',
    'print(5)',
    '(6,\n 7)',
    '8, 9'
  ]);
  expect(out).toBe("2\n'a'\n5\n(6, 7)\n(8, 9)\n");
});

test('the metrics of a replay are those that were logged', async () => {
  const { metrics, code } = await run([
    'import backtrail\nimport math',
    'for epoch in range(3):\n    backtrail.log_metric("loss", 1 / (epoch + 3))\n    backtrail.log(acc=epoch, step=epoch * 10)',
    'backtrail.log_metrics({"step": 1, "/x": math.nan, "y": -math.inf, "no": "text"})'
  ]);
  expect(code).toBe(0);
  expect(points(metrics)).toEqual([
    { step: 0, loss: 1 / 3 },
    { step: 0, acc: 0 },
    { step: 1, loss: 1 / 4 },
    { step: 10, acc: 1 },
    { step: 2, loss: 1 / 5 },
    { step: 20, acc: 2 },
    { step: 0, '/step': 1, '//x': 'NaN', y: '-Infinity' }
  ]);
});

test('a notebook written for MLflow runs without either', async () => {
  const { out, err, metrics, code } = await run(
    [
      'import backtrail as mlflow',
      `
mlflow.set_tracking_uri("http://localhost")
mlflow.set_experiment("e")
mlflow.sklearn.autolog()
with mlflow.start_run(run_name="a", tags={"t": 1}) as run:
    mlflow.log_params({"lr": 0.1})
    mlflow.set_tag("k", "v")
    mlflow.log_metric("m", 0.5, step=2)
    mlflow.log_artifact("nowhere.txt")
    print(run.info.run_name, mlflow.active_run().data.metrics)
print(mlflow.active_run())`
    ],
    { events: { [-2]: [{ event: 'run_adopt', run: RUN, name: 'a' }] } }
  );
  expect({ out, err, code }).toEqual({ out: "a {'m': 0.5}\nNone\n", err: '', code: 0 });
  expect(points(metrics)).toEqual([{ step: 2, m: 0.5 }]);
});

test('of several runs in one cell, the metrics are those of the exported one', async () => {
  const other = '20261123-100002000-cccc';
  const cells = [
    'import backtrail',
    'for k in range(3):\n    with backtrail.start_run(f"r{k}"):\n        backtrail.log_metric("k", k)',
    'backtrail.log_metric("after", 1)'
  ];
  const adopted = { event: 'run_adopt', run: RUN, name: 'r0' };
  const opened = [
    adopted,
    runStart(other, 2, 'start_run'),
    runStart('20261123-100003000-dddd', 2, 'start_run')
  ];
  const last = runStart('20261123-100004000-eeee', 3, 'after end');
  const events = { [-2]: opened, 3: [last] };
  const metricsOf = async (id: string) => points((await run(cells, { events, run: id })).metrics);
  expect(await metricsOf(RUN)).toEqual([{ step: 0, k: 0 }]);
  expect(await metricsOf(other)).toEqual([{ step: 0, k: 1 }]);
  expect(await metricsOf('20261123-100004000-eeee')).toEqual([{ step: 0, after: 1 }]);
});

test('a run that opened by itself begins with its cell', async () => {
  const second = '20261123-100002000-cccc';
  const cells = ['import backtrail', 'backtrail.log(x=1)', 'backtrail.log(x=2)'];
  const events = {
    3: [
      { event: 'run_end', run: RUN, status: 'finished', cell: 2 },
      runStart(second, 3, 'cell run again')
    ]
  };
  expect(points((await run(cells, { events, run: second })).metrics)).toEqual([{ step: 0, x: 2 }]);
  const first = await run(cells, { events });
  expect(points(first.metrics)).toEqual([{ step: 0, x: 1 }]);
  expect(first.script).not.toContain('x=2');
});

test('nested runs keep their metrics apart', async () => {
  const inner = '20261123-100002000-cccc';
  const cells = [
    'import backtrail\nwith backtrail.start_run("outer"):\n    backtrail.log(o=1)\n    with backtrail.start_run("inner", nested=True):\n        backtrail.log(i=2)\n    backtrail.log(o=3)'
  ];
  const events = {
    [-1]: [{ event: 'run_adopt', run: RUN, name: 'outer' }, runStart(inner, 1, 'start_run')]
  };
  expect(points((await run(cells, { events })).metrics)).toEqual([
    { step: 0, o: 1 },
    { step: 1, o: 3 }
  ]);
  expect(points((await run(cells, { events, run: inner })).metrics)).toEqual([{ step: 0, i: 2 }]);
});

test('seeds that were set through Backtrail are set', async () => {
  const cells = [
    'import backtrail, random\nbacktrail.set_seed(7)\na = random.random()',
    'random.seed(7)\na == random.random()'
  ];
  expect((await run(cells)).out).toBe('True\n');
});

test('a cell that failed is gone through, and the next one runs', async () => {
  const { out, err, code } = await run([
    failed('x = """a\n  b"""\nraise ValueError(x)', 'ValueError'),
    failed('import sys\nsys.exit(3)', 'SystemExit'),
    'print(len(x))'
  ]);
  expect({ out, code }).toEqual({ out: '5\n', code: 0 });
  expect(err).toContain('ValueError: a\n  b');
});

test('a module that is written again in the same second is loaded anew', async () => {
  const { out } = await run([
    '%%writefile tool.py\nfactor = 1',
    'import sys, importlib\nsys.path.insert(0, "")\nimport tool',
    '%%writefile tool.py\nfactor = 2',
    'importlib.reload(tool);',
    'tool.factor'
  ]);
  expect(out).toBe('2\n');
});

test('what follows a magic that IPython did not take does not run, and the next cell does', async () => {
  const unknown = (source: string, line: number, message: string): Cell => ({
    source,
    status: 'failed',
    error: { type: 'UsageError', message, line, unparsable: false }
  });
  const { script, out, err, code } = await run([
    unknown('x = 1\n%nosuch a\nx = 2', 2, 'Line magic function `%nosuch` not found.'),
    unknown('%%writefile empty.txt', 1, 'the cell body is empty.'),
    unknown('if x:\n    y = %env NOVAR_\nx = 3', 2, 'Environment does not have key: NOVAR_'),
    failed('%run gone.py\nx = 4', 'Exception', "File `'gone.py'` not found."),
    '%cd no/such/folder\nx += 10',
    '%%bash\necho from bash',
    'print(x, __import__("os").path.exists("empty.txt"))'
  ]);
  expect(script).toContain('_nb.fails("UsageError", "Line magic function `%nosuch` not found.")');
  expect(code).toBe(0);
  expect(out).toContain('from bash\n11 False\n');
  expect(err).toContain('UsageError: Environment does not have key: NOVAR_');
  expect(err).toContain("Exception: File `'gone.py'` not found.");
  expect(err).not.toContain('but not here');
});

test('a cell that failed only in the notebook says so', async () => {
  const { err, code } = await run([failed('x = 1', 'NameError')]);
  expect({ err, code }).toEqual({
    err: 'Cell 1 raised NameError in the notebook, but not here.\n',
    code: 0
  });
});

test('a cell that fails only in the replay ends it', async () => {
  const { err, code, out } = await run(['1 / 0', 'print("no")']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('ZeroDivisionError');
});

test('what was never run stays a comment', async () => {
  const { out, err, code, script } = await run([
    failed('x = = 1\n"""', 'SyntaxError', 'invalid syntax', true),
    failed('%%time\ny = = 1', 'SyntaxError'),
    { source: '%%capture\nz = = 1' },
    {
      source: 'z = = 1',
      parent: 3,
      status: 'failed',
      error: { type: 'SyntaxError', message: 'no', unparsable: true }
    },
    'print(1)'
  ]);
  expect({ out, err, code }).toEqual({ out: '1\n', err: '', code: 0 });
  expect(script).toContain('# Never run: SyntaxError: invalid syntax\n# x = = 1\n# """');
});

test('a cell that was interrupted is interrupted', async () => {
  const { out, err, code, problems } = await run([
    { source: 'import time\nwhile True: time.sleep(0.01)', status: 'interrupted', duration: 0.2 },
    'print("on")'
  ]);
  expect({ out, err, code }).toEqual({
    out: 'on\n',
    err: 'Cell 1 was interrupted, as in the notebook.\n',
    code: 0
  });
  expect(problems.join()).toContain('Cell 1 was interrupted');
});

test('a cell that interrupted itself does so again', async () => {
  const { out, err, code } = await run([
    { source: 'done = 1\nraise KeyboardInterrupt', status: 'interrupted', duration: 60 },
    'print(done)'
  ]);
  expect({ out, err, code }).toEqual({
    out: '1\n',
    err: 'Cell 1 was interrupted, as in the notebook.\n',
    code: 0
  });
});

test('who stops a script while it waits for an interruption stops it', async () => {
  const { out, err, code } = await run([
    {
      source: 'import signal\nsignal.raise_signal(signal.SIGINT)',
      status: 'interrupted',
      duration: 60
    },
    'print("on")'
  ]);
  expect(code).not.toBe(0);
  expect(out).toBe('');
  expect(err).toContain('KeyboardInterrupt');
});

test('a cell whose end is not recorded runs to its end, and that is said', async () => {
  const { out, problems } = await run([{ source: 'print(1)', ended: false }]);
  expect(out).toBe('1\n');
  expect(problems.join()).toContain('Cell 1 had not ended');
});

test('cells await as in a notebook, where a loop always runs', async () => {
  const { out, err, code } = await run([
    'import asyncio\nasync def f(x):\n    await asyncio.sleep(0)\n    return x',
    'await f("a")',
    'task = asyncio.create_task(f(2))',
    'x = [i async for i in (lambda: (await_ async for await_ in agen()))()] if False else await task\nx',
    'async def agen():\n    yield 3\nasync for y in agen():\n    print(y, """\n%not""")',
    failed('await f(1)\nraise KeyError(5)', 'KeyError'),
    'import inspect\nprint(inspect.getsource(agen))'
  ]);
  expect({ out, code }).toEqual({
    out: "'a'\n2\n3 \n%not\nasync def agen():\n    yield 3\n\n",
    code: 0
  });
  expect(err).toContain('KeyError: 5');
});

test('tasks go on between the cells, as long as they did in the notebook', async () => {
  const { out, script, code } = await run([
    'import asyncio\nseen = []\nasync def f():\n    seen.append(1)\n    await asyncio.sleep(0.01)\n    seen.append(2)',
    'task = asyncio.create_task(f())\nseen',
    'seen',
    'await task'
  ]);
  expect({ out, code }).toEqual({ out: '[]\n[1, 2]\n', code: 0 });
  expect(script).toContain('_nb.meanwhile(1.00)');
});

test('imports from the future stand at the top', async () => {
  const { out, script, code } = await run([
    'import os',
    'from __future__ import annotations\nx = 1',
    'def f(a: nowhere): pass\nf.__annotations__'
  ]);
  expect({ out, code }).toEqual({ out: "{'a': 'nowhere'}\n", code: 0 });
  expect(script.indexOf('from __future__')).toBeLessThan(script.indexOf('# %% [1]'));
});

test('what is right in a cell and wrong in a script does no harm', async () => {
  const { out, err, code } = await run([
    'x = 1',
    'global x\nx = 2',
    'if x:\n    global x; x += 1\ndef f():\n    global x\n    x += 1\nf()',
    'from __future__ import (annotations,\n    division as d); x'
  ]);
  expect({ out, err, code }).toEqual({ out: '4\n', err: '', code: 0 });
});

test('results are kept under the names of IPython where cells use them', async () => {
  const { out } = await run(['2', '_ + 1', '_ * __ + Out[1] + _2']);
  expect(out).toBe('2\n3\n11\n');
});

test('magics do what they did', async () => {
  const { out, code, problems } = await run(
    [
      'x = 3',
      '%%capture text\nprint("kept")\nx',
      'text.stdout',
      '%env BACKTRAIL_TEST_A={x}$x$$x',
      'import os\nos.environ["BACKTRAIL_TEST_A"]',
      '%%writefile w.py\nimport sys\ny = sys.argv[1:]\n',
      '%run w.py a "b c"\ny',
      '%run other.ipynb\nz',
      'for i in range(2):\n    !echo {i}-$x',
      'lines = !echo a; echo b\nlines, lines.n, _exit_code',
      '%%sh\nread line <<END\n$x\nEND\necho "$BACKTRAIL_TEST_A"',
      '%%python --out answer\nprint(6 * 7)\n',
      'answer',
      't = %timeit -o -n 2 -r 2 x + 1\nt.loops * t.repeat',
      '%mkdir d\n%cd d\nos.path.basename(os.getcwd())',
      'cd ..',
      '%cd -\nos.path.basename(os.getcwd())',
      'y = %sql select 1\ny is None'
    ],
    {},
    {
      'other.ipynb': JSON.stringify({
        cells: [
          { cell_type: 'markdown', source: '#' },
          { cell_type: 'code', source: ['z = x\n', 'z += 1'] }
        ]
      })
    }
  );
  expect(out.split('\n').filter(line => !line.includes('per loop'))).toEqual([
    "'kept\\n'",
    "'33$x'",
    "['a', 'b c']",
    '4',
    '0-3',
    '1-3',
    "(['a', 'b'], 'a\\nb', 0)",
    '33$x',
    "'42\\n'",
    '4',
    "'d'",
    "'d'",
    'True',
    ''
  ]);
  expect(code).toBe(0);
  expect(problems[0]).toBe('%sql in cell 18 is not translated: it stands as a comment.');
});

test('a line with braces that are no expression stays as it is, as in IPython', async () => {
  expect((await run(["!echo '{not a name}' $x"])).out).toMatch(/^\{not a name\}/);
});

test('figures are drawn without a display, and end with their cell', async () => {
  const { out, err, code, script } = await run([
    '%matplotlib inline\nimport matplotlib.pyplot as plt',
    'plt.plot([1, 2])\nplt.show()',
    'plt.get_fignums()'
  ]);
  expect({ out, err, code }).toEqual({ out: '[]\n', err: '', code: 0 });
  expect(script).toContain('# %matplotlib inline');
});

test('worker processes do not run the script again', async () => {
  const { out, code } = await run([
    'print("once")',
    'import multiprocessing\nwith multiprocessing.get_context("spawn").Pool(1) as pool:\n    print(pool.map(abs, [-1]))'
  ]);
  expect({ out, code }).toEqual({ out: 'once\n[1]\n', code: 0 });
});

test('modules beside the notebook can be imported', async () => {
  expect((await run(['import beside\nbeside.x'], {}, { 'beside.py': 'x = 5' })).out).toBe('5\n');
});

test('the script leaves one name, and none of its own names gets in the way', async () => {
  const { out } = await run(['sorted(name for name in dir() if name[:2] != "__")', '_nb = 1\n_nb']);
  expect(out).toBe("['_nb_']\n1\n");
});

test('display and get_ipython are what plain Python has of them', async () => {
  const { out, problems } = await run(['display("a", 1)', 'print(get_ipython())']);
  expect(out).toBe("'a'\n1\nNone\n");
  expect(problems.join()).toContain('get_ipython()');
});
