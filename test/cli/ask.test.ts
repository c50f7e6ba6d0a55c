import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync
} from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readLines, type RunSummary } from '../../src/runlog/index.js';
import { SessionLogLine } from '../../src/runlog/schema.js';
import { commandLine } from './program.js';

const cli = commandLine();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const session = '20261101-100000000-sess';
const prepare = '20261101-100001000-prep';
const train = '20261101-100002000-trai';
const twin = '20261101-100003000-twin';
let root = '';
let commits: string[] = [];

const git = (...words: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
    encoding: 'utf8'
  }).trim();

/** Three runs of a notebook in a repository: one prepares data, two train on it and write the same bytes. */
beforeAll(() => {
  root = mkdtempSync(join(cli.home, 'ask-'));
  git('init', '-q');
  commits = ['one', 'two'].map(message => {
    git('commit', '-q', '--allow-empty', '-m', message);
    return git('rev-parse', 'HEAD');
  });
  const sessions = join(root, 'runs', 'nb', 'sessions');
  mkdirSync(sessions, { recursive: true });
  let clock = 0;
  const time = () => `2026-11-01T10:00:00.${String(++clock).padStart(6, '0')}Z`;
  const notebook = { path: join(root, 'nb.ipynb'), name: 'nb' };
  const file = (path: string, text: string) => ({ path, sha256: sha256(text), size: text.length });
  const start = (run: string, n: number, lr: number, commit: string) => [
    { event: 'run_start', run, number: n, name: `nb ${n}`, cell: n },
    { event: 'code', run, commit, root, branch: 'main', dirty: false },
    {
      event: 'cell_start',
      n,
      cell: `c${n}`,
      count: n + 10,
      source: `train(${n})`,
      sha256: sha256(`train(${n})`)
    },
    { event: 'param', run, key: 'lr', value: lr },
    { event: 'param', run, key: 'depth', value: n }
  ];
  const events: object[] = [
    { event: 'session', format: 1, session, notebook },
    ...start(prepare, 1, 0.1, commits[0] ?? ''),
    { event: 'input', run: prepare, ...file('raw.csv', 'raw'), cell: 1 },
    { event: 'output', run: prepare, ...file('clean.csv', 'clean'), cell: 1 },
    { event: 'run_end', run: prepare, status: 'finished', cell: 1 },
    ...start(train, 2, 0.1, commits[1] ?? ''),
    { event: 'input', run: train, ...file('clean.csv', 'clean'), cell: 2 },
    { event: 'output', run: train, ...file('model.pkl', 'model'), cell: 2 },
    { event: 'output', run: train, ...file('only.pkl', 'only'), cell: 2 },
    { event: 'run_end', run: train, status: 'finished', cell: 2 },
    ...start(twin, 3, 0.01, 'f'.repeat(40)),
    { event: 'output', run: twin, ...file('model.pkl', 'model'), cell: 3 },
    { event: 'run_end', run: twin, status: 'finished', cell: 3 },
    { event: 'session_end', reason: 'shutdown' }
  ];
  const text = events.map(event => `${JSON.stringify({ time: time(), ...event })}\n`).join('');
  writeFileSync(join(sessions, `${session}.jsonl`), text);
  writeFileSync(join(root, 'model.pkl'), 'model');
  writeFileSync(join(root, 'clean.csv'), 'clean');
  writeFileSync(join(root, 'raw.csv'), 'raw');
});

const run = (...words: string[]) => cli.run([...words, '--root', root]);
const ids = (where: string) => {
  const { code, out, err } = run('runs', '--where', where, '--json');
  expect(code).toBe(0);
  return { ids: out ? (JSON.parse(out) as RunSummary[]).map(({ id }) => id) : [], err };
};

test('a file is found by its bytes under any name, with all that it was made of', () => {
  const mystery = join(root, 'model_best_final_FINAL_USE_THIS.pkl');
  copyFileSync(join(root, 'model.pkl'), mystery);
  const { code, out, err } = run('which', mystery);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const [newest, older] = out.split('\n\n');
  expect(newest).toContain(twin);
  expect(older).toContain(`written as model.pkl in cell [12], executed 2026-11-01 10:00:00 UTC`);
  expect(older).toContain('cell      train(2)');
  expect(older).toContain('lr 0.1');
  expect(older).toMatch(/└─ clean\.csv.*\n.*by nb 1 20261101-100001000-prep.*\n.*└─ raw\.csv/);
  const answer = JSON.parse(run('which', mystery, '--json').out) as {
    runs: { run: string; execution: unknown; inputs: { made: { inputs: unknown[] } }[] }[];
  };
  expect(answer.runs[1]?.execution).toMatchObject({ n: 2, count: 12, source: 'train(2)' });
  expect(answer.runs.map(one => one.run)).toEqual([twin, train]);
  expect(answer.runs[1]?.inputs[0]?.made.inputs[0]).toMatchObject({ path: 'raw.csv', made: null });
});

test('a file that no run wrote is said to be none, with exit code 3, and who read it', () => {
  const { code, out, err } = run('which', join(root, 'raw.csv'));
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toContain(`1 read it, the last ${prepare}`);
  expect(run('which', join(root, 'nothing')).code).toBe(74);
  expect(run('which').code).toBe(64);
});

test('a folder gives a table of its files, the record itself left out', () => {
  const { code, out } = run('which', root);
  expect(code).toBe(0);
  const rows = out.trimEnd().split('\n').slice(1);
  expect(rows.find(row => row.startsWith('clean.csv'))).toContain(prepare);
  expect(rows.find(row => row.startsWith('raw.csv'))?.trim()).toBe('raw.csv');
  expect(out).not.toContain('sessions');
});

// The superuser may read everything.
test.skipIf(process.getuid?.() === 0)('what cannot be read is said, and the rest is told', () => {
  const folder = mkdtempSync(join(cli.home, 'closed-'));
  copyFileSync(join(root, 'model.pkl'), join(folder, 'copy.pkl'));
  for (const name of ['closed', 'open']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'a.pkl'), 'other');
  }
  writeFileSync(join(folder, 'shut.pkl'), 'model', { mode: 0 });
  chmodSync(join(folder, 'closed'), 0);
  const { code, out, err } = run('which', folder);
  chmodSync(join(folder, 'closed'), 0o700);
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`copy\\.pkl +${twin}`));
  expect(err.trimEnd().split('\n').sort()).toEqual([
    `${join(folder, 'closed')} cannot be read: access is denied.`,
    `${join(folder, 'shut.pkl')} cannot be read: access is denied.`
  ]);
});

test('links to files are in the table of a folder, and what is no file is never waited for', () => {
  const folder = mkdtempSync(join(cli.home, 'links-'));
  symlinkSync(join(root, 'model.pkl'), join(folder, 'latest.pkl'));
  symlinkSync(join(root, 'gone.pkl'), join(folder, 'broken.pkl'));
  symlinkSync(folder, join(folder, 'round'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const { code, out, err } = run('which', folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.trimEnd().split('\n').slice(1)).toEqual([
    expect.stringMatching(new RegExp(`^latest\\.pkl +${twin}.*1 more$`))
  ]);
  expect(run('which', join(folder, 'pipe'))).toEqual({
    code: 74,
    out: '',
    err: `${join(folder, 'pipe')} cannot be read: it is no file.\n`
  });
});

test('groups have several numbers, are sorted by one, and name files by their paths alone', () => {
  const words = [
    '--group',
    'outputs',
    '--max',
    'number,lr',
    '--mean',
    'depth',
    '--sort',
    '-number'
  ];
  const groups = JSON.parse(run('runs', ...words, '--json').out);
  expect(groups).toEqual([
    { outputs: 'model.pkl', runs: 2, 'max number': 3, 'max lr': 0.1, 'mean depth': 2.5 },
    { outputs: 'only.pkl', runs: 1, 'max number': 2, 'max lr': 0.1, 'mean depth': 2 },
    { outputs: 'clean.csv', runs: 1, 'max number': 1, 'max lr': 0.1, 'mean depth': 1 }
  ]);
  expect(run('runs', '--group', 'datasets').out).toMatch(/–\s+3/);
  expect(run('runs', '--group', 'lr', '--sort', 'depth').err).toContain('sorted by lr, runs');
  expect(run('runs', '--sum', 'lr')).toMatchObject({ code: 64 });
  expect(run('runs', '--group', 'lr', '--sum', 'nothing').err).toContain('a number for nothing');
});

test('a key that no run has is said to be none, in a filter and in a list', () => {
  expect(run('runs', '--where', 'acuracy > 0.9 and lr > 0').err).toBe(
    'No run is let through by this filter: no run here has a value for acuracy.\n'
  );
  const { out, err } = run('runs', '--columns', 'id,dept', '--sort', '-depth');
  expect(out.split('\n')[1]).toBe(twin);
  expect(err).toBe('No run here has a value for dept.\n');
});

test('a run comes to a stage, and the history of its stages can be asked', () => {
  const { code, out } = run('promote', train, '--stage', 'production', '--reason', 'The best.');
  expect({ code, out }).toEqual({ code: 0, out: `nb 2 (${train}) is in production now.\n` });
  expect(ids('stage = production').ids).toEqual([train]);
  const today = new Date().toISOString();
  expect(ids(`stage_at("production", "${today}")`).ids).toEqual([train]);
  expect(ids('stage_at(production, 2026-11-02)').ids).toEqual([]);

  writeFileSync(join(root, 'only.pkl'), 'only');
  expect(run('promote', join(root, 'only.pkl'), '--stage', 'staging').out).toContain(train);
  expect(run('promote', prepare, '--stage', 'staging', '--replace').out).toContain('has left it');
  expect(ids('stage = staging').ids).toEqual([prepare]);
  expect(ids('stages = staging').ids).toEqual([train, prepare]);
  expect(run('demote', prepare).out).toContain('has left staging');
  expect(run('demote', prepare)).toMatchObject({
    code: 0,
    err: expect.stringContaining('no stage')
  });
  expect(JSON.parse(run('demote', prepare, '--json').out)).toEqual({
    run: prepare,
    stage: null,
    left: null
  });

  const [summary] = JSON.parse(run('runs', '--where', `id = "${train}"`, '--json').out);
  expect(summary.stages[0]).toMatchObject({ stage: 'production', reason: 'The best.' });
  expect(summary.stages[0].by).toEqual(userInfo().username);
  expect(summary.stages[1]).toMatchObject({ stage: 'staging', path: 'only.pkl' });
});

test('a secret in the reason of a promotion does not reach the log', () => {
  const key = ['AKIA', 'IOSFODNN7', 'EXAMPLQ'].join('');
  const words = ['--stage', 'test', '--reason', `see ${key} there`, '--json'];
  const answer = run('promote', train, ...words);
  expect(answer.code).toBe(0);
  expect(JSON.parse(answer.out)).toMatchObject({
    event: 'stage',
    stage: 'test',
    reason: 'see [withheld: AWS key] there',
    replaced: []
  });
  const out = run('runs', '--where', `id = "${train}"`, '--json').out;
  const [summary] = JSON.parse(out) as RunSummary[];
  expect(summary?.stages.at(-1)?.reason).toBe('see [withheld: AWS key] there');
  const text = execFileSync('cat', names(), { encoding: 'utf8' });
  expect(text).not.toContain(key);
});

/** The logs of the notebook. */
function names(): string[] {
  const folder = join(root, 'runs', 'nb', 'sessions');
  return readdirSync(folder).map(name => join(folder, name));
}

test('what a promotion writes is an event of the log, in a file of its own', () => {
  const found = execFileSync('ls', [join(root, 'runs', 'nb', 'sessions')], { encoding: 'utf8' });
  const logs = found
    .trim()
    .split('\n')
    .filter(name => !name.startsWith(session));
  for (const name of logs) {
    const { events } = readLines(readFileSync(join(root, 'runs', 'nb', 'sessions', name)));
    expect(events[0]?.event).toBe('editor');
    for (const event of events) {
      expect(SessionLogLine.safeParse(event).error).toBeUndefined();
    }
  }
});

test('bytes of several runs are no name for one of them', () => {
  const { code, err } = run('promote', join(root, 'model.pkl'), '--stage', 'production');
  expect(code).toBe(64);
  expect(err).toContain(`2 runs wrote the bytes`);
  expect(run('promote', join(root, 'raw.csv'), '--stage', 'production').code).toBe(3);
  expect(run('promote', train).code).toBe(64);
});

test('whether code had a commit is what the graph of git says; what it cannot tell is left out and said', () => {
  const [first, second] = commits;
  expect(ids(`contains_commit("${first}")`).ids).toEqual([train, prepare]);
  const had = ids(`contains_commit("${second?.slice(0, 10)}")`);
  expect(had.ids).toEqual([train]);
  expect(had.err).toContain('git cannot tell');
  expect(had.err).toContain('1 run.');
  expect(ids(`not contains_commit("${second}")`).ids).toEqual([prepare]);
  expect(ids(`contains_commit("${second}") or lr = 0.01`)).toEqual({ ids: [twin, train], err: '' });
  expect(ids('contains_commit("0000000")').ids).toEqual([]);
  expect(run('runs', '--where', 'contains_commit()').code).toBe(64);
});

test('the grid of tried params shows what was never tried', () => {
  const { code, out } = run('coverage', '--max', 'number');
  expect(code).toBe(0);
  expect(out).toContain('3 runs tried 3 of 6 combinations of lr × depth.');
  expect(out).toMatch(/0\.1\s+1 \(1\)\s+2 \(1\)\s+·/);
  const grid = JSON.parse(run('coverage', '--params', 'lr', '--json').out);
  expect(grid.combinations).toEqual([
    { values: { lr: 0.01 }, runs: [twin] },
    { values: { lr: 0.1 }, runs: [train, prepare] }
  ]);
});
