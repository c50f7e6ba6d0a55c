import { expect, test } from 'vitest';
import { exportScript } from '../../src/reproduce/index.js';
import { record, RUN, sha256, type IRecord } from './log.js';
import { ask } from './python.js';

const packages = JSON.stringify({
  numpy: '2.4.6',
  'scikit-learn': '1.9.1',
  ipython: '9.18',
  torch: '2.9.0+cu126',
  tqdm: '4.0',
  backtrail: '0.1.0'
});

const surroundings = [
  { event: 'environment', python: '3.11.4', packages: sha256(packages) },
  { event: 'imports', n: 0, packages: { ipython: '9.18', tqdm: '4.0', numpy: '2.4.6' } },
  {
    event: 'imports',
    n: 1,
    packages: { 'scikit-learn': '1.9.1', torch: '2.9.0+cu126', backtrail: '0.1.0' }
  }
];

const exported = (cells: string[], more: IRecord = {}) =>
  exportScript(
    record(cells, {
      events: { [-1]: surroundings },
      blobs: { [sha256(packages)]: packages },
      ...more
    })
  );

/** Reads the metadata as PEP 723 says, with its own regular expression. */
const metadata = (script: string) =>
  ask(
    `
import json, re, sys, tomllib
script = json.load(sys.stdin)
regex = r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\\s(?P<content>(^#(| .*)$\\s)+)^# ///$"
(found,) = re.finditer(regex, script)
content = "".join(line[2:] if line.startswith("# ") else line[1:] for line in found["content"].splitlines(True))
print(json.dumps(tomllib.loads(content)))
`,
    script
  );

test('the metadata is what tools that run scripts read', async () => {
  const { script, problems } = await exported([
    'import sklearn, torch, backtrail',
    'def f():\n    import numpy.linalg'
  ]);
  expect(metadata(script)).toEqual({
    'requires-python': '==3.11.*',
    dependencies: ['numpy==2.4.6', 'scikit-learn==1.9.1', 'torch==2.9.0']
  });
  expect(script).toContain('"torch==2.9.0",  # 2.9.0+cu126');
  expect(problems).toEqual([]);
});

test('what only the kernel had loaded is left out', async () => {
  expect(metadata((await exported(['x = 1'])).script).dependencies).toEqual([
    'scikit-learn==1.9.1',
    'torch==2.9.0'
  ]);
  expect(
    metadata((await exported(['from IPython.display import HTML'])).script).dependencies
  ).toContain('ipython==9.18');
});

test('the versions that are missing are said to be', async () => {
  const { script, problems } = await exportScript(record(['x = 1']));
  expect(metadata(script).dependencies).toEqual([]);
  expect(problems).toEqual([
    'The record has no list of packages, so the script names no versions.'
  ]);
});

test('the head tells the run, its params, its metrics and its code', async () => {
  const { script, fileName } = await exported(['x = 1'], {
    events: {
      [-1]: surroundings,
      0: [
        {
          event: 'code',
          run: RUN,
          commit: 'abc123',
          branch: 'main',
          dirty: true,
          diff: 'd'.repeat(64),
          root: '..'
        },
        { event: 'param', run: RUN, key: 'lr', value: 0.1, cell: 1, origin: 'logged' },
        {
          event: 'param',
          run: RUN,
          key: 'bad\nkey',
          value: '# /// script\n"""',
          cell: 1,
          origin: 'logged'
        }
      ]
    },
    points: [
      { step: 0, time: 1, cell: 1, loss: 0.5 },
      { step: 1, time: 2, cell: 1, loss: 'NaN' }
    ]
  });
  const head = script.slice(0, script.indexOf('\n\n'));
  for (const line of [
    '# Run "demo bbbb" of demo.ipynb',
    `# run        ${RUN}`,
    '# kernel     python 3.11.4',
    '# commit     abc123 on main, with changes that were not committed',
    `# diff       runs/blobs/sha256/dd/${'d'.repeat(64)}`,
    '# params     lr = 0.1',
    '#            bad key = "# /// script\\n\\"\\"\\""',
    '# metrics    loss = NaN'
  ]) {
    expect(head.split('\n')).toContain(line);
  }
  expect(head).toMatch(/^# when {7}2026-11-23 10:00:01 UTC, \d+ s$/m);
  expect(head.split('\n').every(line => line.startsWith('#'))).toBe(true);
  expect(fileName).toBe('demo-bbbb.py');
});

test('a run without a repository says why it has no commit', async () => {
  const code = {
    event: 'code',
    run: RUN,
    commit: null,
    reason: 'the folder is not in a git repository'
  };
  const { script } = await exported(['x = 1'], { events: { [-1]: surroundings, 0: [code] } });
  expect(script).toContain('# commit     none: the folder is not in a git repository\n');
});

test.each([
  ['../../etc/passwd', 'demo-etc-passwd.py'],
  ['lr=0.1 "quoted" \u0000\n', 'demo-lr-0.1-quoted.py'],
  ['Größe 損失', 'demo-Größe-損失.py'],
  ['...', 'demo.py']
])('a run named %s gets a file name that every system takes', async (name, expected) => {
  const rename = { event: 'rename', run: RUN, name };
  expect((await exported(['x = 1'], { events: { 0: [rename] } })).fileName).toBe(expected);
});

test('threads and the hash seed are named, and variables that change results set before the first import', async () => {
  const environment = {
    event: 'environment',
    threads: { 'numpy.openblas': 3, torch: 5, 'torch.interop': 1 },
    variables: { OMP_NUM_THREADS: '2', PYTHONHASHSEED: '7', PYTHONPATH: '/mine', LANG: 'C' }
  };
  const { script } = await exported(['import os\nprint(os.environ["OPENBLAS_NUM_THREADS"])'], {
    events: { [-1]: [environment] }
  });
  expect(script).toContain('# hash seed  7\n');
  expect(script).toContain('# threads    numpy.openblas 3, torch 5, torch.interop 1\n');
  const set = /_nb\.variables\(\{\n(.*?)\}\)/s.exec(script)?.[1];
  expect(set).toBe('    "OMP_NUM_THREADS": "2",\n    "OPENBLAS_NUM_THREADS": "3",\n');
  expect(script.indexOf('_nb.variables(')).toBeLessThan(script.indexOf('_nb.hash_seed('));
});
