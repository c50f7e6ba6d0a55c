import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunSummary } from '../../src/runlog/index.js';
import { commandLine } from './program.js';

const cli = commandLine();

const listed = (words: string[], environment?: NodeJS.ProcessEnv, cwd?: string) =>
  JSON.parse(cli.run([...words, '--json'], environment, cwd).out) as RunSummary[];

const ids = (words: string[], environment?: NodeJS.ProcessEnv, cwd?: string) =>
  listed(words, environment, cwd).map(({ id }) => id);

test('runs are listed newest first, in a table whose columns are those that the runs have', () => {
  const { code, out, err } = cli.run(['runs', '--root', cli.vector('nested')]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const [head, ...rows] = out.trimEnd().split('\n');
  expect(head.split(/\s{2,}/)).toEqual([
    'ID',
    'NAME',
    'STATUS',
    'STARTED',
    'DURATION',
    'A',
    'LOSS'
  ]);
  expect(rows.map(row => row.split(/\s{2,}/)[1])).toEqual([
    'digits 4',
    'inner',
    'outer',
    'digits 1'
  ]);
});

test('--json gives whole summaries', () => {
  const [run] = listed(['runs', '--root', cli.vector('normal')]);
  expect(run.metrics.loss.last).toBe(0.75);
  expect(run.params.lr).toBe(0.1);
});

test('columns are fields, params and metrics, by their names or in full', () => {
  const columns = 'name,metrics.loss.min,loss,params.lr,tags.phase,nothing';
  const { out } = cli.run(['runs', '--columns', columns, '--root', cli.vector('normal')]);
  expect(out.split('\n')[1].split(/\s{2,}/)).toEqual(['digits 1', '0.5', '0.75', '0.1', 'first']);
});

test('a list is ordered by any column, and what has no value comes last', () => {
  const root = cli.vector('nested');
  expect(listed(['runs', '--sort', 'name', '--root', root]).map(({ name }) => name)).toEqual([
    'digits 1',
    'digits 4',
    'inner',
    'outer'
  ]);
  const up = ids(['runs', '--sort', 'a', '--root', root]);
  const down = ids(['runs', '--sort=-a', '--root', root]);
  expect(up.slice(0, 3)).toEqual(down.slice(0, 3).reverse());
  expect(up[3]).toBe(down[3]);
});

test('text of a log cannot steer the terminal', () => {
  const root = cli.vector('normal');
  const log = join(
    root,
    'runs',
    'digits',
    'sessions',
    readdirSync(join(root, 'runs', 'digits', 'sessions'))[0]
  );
  writeFileSync(
    log,
    readFileSync(log, 'utf8').replaceAll('"digits 1"', '"\\u001b[31mred\\u0007\\n\\u202e"')
  );
  const { out } = cli.run(['runs', '--root', root]);
  expect(out).toContain('[31mred');
  // eslint-disable-next-line no-control-regex
  expect(out).not.toMatch(/[\u001b\u0007\u202e]/);
  expect(out.trimEnd().split('\n')).toHaveLength(2);
});

test('runs that recorded nothing are listed only when asked for', () => {
  const root = mkdtempSync(join(cli.home, 'empty-'));
  const sessions = join(root, 'runs', 'nb', 'sessions');
  mkdirSync(sessions, { recursive: true });
  const time = '2026-11-23T10:00:00.000000Z';
  const session = '20261123-100000000-aaaa';
  const events = [
    { event: 'session', time, format: 1, session, notebook: { path: '/nb.ipynb', name: 'nb' } },
    {
      event: 'run_start',
      time,
      run: '20261123-100001000-bbbb',
      name: 'nb 1',
      cell: 1,
      opened: 'first cell'
    }
  ];
  writeFileSync(
    join(sessions, `${session}.jsonl`),
    events.map(event => `${JSON.stringify(event)}\n`).join('')
  );
  const { code, out, err } = cli.run(['runs', '--root', root]);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toContain('--all');
  expect(ids(['runs', '--all', '--root', root])).toEqual(['20261123-100001000-bbbb']);
});

test('runs are found by --root, BACKTRAIL_DIR, ./runs and what writers noted, in that order', () => {
  const [normal, killed, two] = ['normal', 'killed', 'two-sessions'].map(name => cli.vector(name));
  const data = mkdtempSync(join(cli.home, 'data-'));
  const notes = join(data, 'backtrail', 'directories');
  mkdirSync(notes, { recursive: true });
  for (const path of [join(two, 'runs'), join(killed, 'runs'), '/gone', 'relative']) {
    const name = createHash('sha256').update(path).digest('hex').slice(0, 16);
    writeFileSync(join(notes, `${name}.json`), JSON.stringify({ path }));
  }
  writeFileSync(join(notes, 'damaged.json'), '{');
  const environment = { JUPYTER_DATA_DIR: data };
  const of = (folder: string) => ids(['runs', '--root', folder]);

  expect(of(join(normal, 'runs'))).toEqual(of(normal));
  expect(ids(['runs'], { ...environment, BACKTRAIL_DIR: join(killed, 'runs') }, normal)).toEqual(
    of(killed)
  );
  expect(ids(['runs'], environment, normal).sort()).toEqual(
    [...of(normal), ...of(killed), ...of(two)].sort()
  );
  // A folder that is noted and current is one folder.
  expect(ids(['runs'], environment, killed).sort()).toEqual([...of(killed), ...of(two)].sort());
});

test('a filter chooses the runs, and can ask what changed since the run before', () => {
  const root = cli.vector('nested');
  expect(ids(['runs', '--where', 'name ~ "^digits"', '--root', root])).toHaveLength(2);
  expect(listed(['runs', '--where', 'a = 1 or loss < 0.5', '--root', root])).toEqual(
    listed(['runs', '--root', root]).filter(
      run => run.params.a === 1 || (run.metrics.loss?.last as number) < 0.5
    )
  );
  const none = cli.run(['runs', '--where', 'name = nobody', '--root', root]);
  expect(none).toMatchObject({ code: 0, out: '', err: 'No run is let through by this filter.\n' });
  const changed = listed(['runs', '--where', 'changed(status)', '--root', root]);
  expect(changed.map(({ id }) => id)).toEqual(
    listed(['runs', '--root', root])
      .filter((run, index, all) => all[index + 1] && all[index + 1].status !== run.status)
      .map(({ id }) => id)
  );
});

test('runs are grouped by a key, with the sum, mean, least and greatest of others', () => {
  const root = cli.vector('nested');
  const words = ['runs', '--group', 'experiment', '--max', 'loss', '--sum', 'duration'];
  const groups = JSON.parse(cli.run([...words, '--root', root, '--json']).out) as Record<
    string,
    number
  >[];
  const all = listed(['runs', '--root', root]);
  const losses = all.flatMap(run => (run.metrics.loss ? [run.metrics.loss.last as number] : []));
  expect(groups).toHaveLength(new Set(all.map(run => run.experiment)).size);
  expect(groups.reduce((sum, group) => sum + group.runs, 0)).toBe(all.length);
  expect(Math.max(...groups.map(group => group['max loss'] ?? -1))).toBe(Math.max(...losses));
  const { out } = cli.run([...words, '--root', root]);
  expect(out.split('\n')[0].split(/\s{2,}/)).toEqual([
    'EXPERIMENT',
    'RUNS',
    'SUM DURATION',
    'MAX LOSS'
  ]);
});

test('where there are no runs that is said, and is no error', () => {
  const empty = mkdtempSync(join(cli.home, 'none-'));
  expect(cli.run(['runs'], {}, empty)).toEqual({
    code: 0,
    out: '',
    err: 'There are no runs here.\n'
  });
  expect(listed(['runs'], {}, empty)).toEqual([]);
});

test('one notebook that cannot be read does not hide the others', () => {
  const root = cli.vector('normal');
  mkdirSync(join(root, 'runs', 'other', 'sessions', '20261123-100000000-aaaa.jsonl'), {
    recursive: true
  });
  const { code, out, err } = cli.run(['runs', '--root', root]);
  expect(code).toBe(0);
  expect(out).toContain('digits 1');
  expect(err).toContain('other cannot be read: it is a folder.');
});

test('what is foreign among the runs is ignored', () => {
  const root = cli.vector('normal');
  mkdirSync(join(root, 'runs', 'events.out.tfevents'));
  writeFileSync(join(root, 'runs', 'notes.txt'), 'mine');
  writeFileSync(join(root, 'runs', 'digits', 'sessions', 'notes.txt'), 'mine');
  expect(cli.run(['runs', '--root', root])).toMatchObject({ code: 0, err: '' });
  rmSync(root, { recursive: true });
});
