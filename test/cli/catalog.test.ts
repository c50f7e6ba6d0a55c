import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { NotebookCatalog } from '../../src/cli/catalog/notebookcatalog.js';
import type { RunSummary } from '../../src/runlog/index.js';
import { Notebook } from '../../src/cli/store.js';

const home = mkdtempSync(join(tmpdir(), 'backtrail-catalog-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const SESSIONS = 6;
const sessionId = (n: number) => `20261101-10000000${n}-sess`;
const runId = (n: number, of = 0) => `20261101-1000000${n}${of}-runs`;
let clock = 0;
const time = () => `2026-11-01T10:00:00.${String(++clock).padStart(6, '0')}Z`;
const line = (event: object) => `${JSON.stringify({ time: time(), ...event })}\n`;

let place: { runs: string; folder: string; name: string };
let cache: string;
const log = (id: string) => join(place.folder, 'sessions', `${id}.jsonl`);
const points = (run: string) => join(place.folder, run, 'metrics.jsonl');

/** A notebook of six sessions with a run each, the last of which is still open. */
beforeEach(() => {
  const runs = mkdtempSync(join(home, 'runs-'));
  place = { runs, folder: join(runs, 'nb'), name: 'nb' };
  cache = join(runs, 'cache.json');
  mkdirSync(join(place.folder, 'sessions'), { recursive: true });
  for (let n = 1; n <= SESSIONS; n += 1) {
    const run = runId(n);
    const session = sessionId(n);
    const process = { pid: 1, started: 'long ago', host: 'elsewhere', boot: 'x' };
    const events = [
      {
        event: 'session',
        format: 1,
        session,
        notebook: { path: '/nb.ipynb', name: 'nb' },
        process
      },
      { event: 'run_start', run, number: n, name: `nb ${n}`, cell: 1, opened: 'first cell' },
      { event: 'param', run, key: '__proto__', value: n },
      ...(n < SESSIONS ? [{ event: 'run_end', run, status: 'finished', cell: 1 }] : [])
    ];
    writeFileSync(log(session), events.map(line).join(''));
    mkdirSync(join(place.folder, run));
    writeFileSync(points(run), `{"step":0,"time":1793527200,"cell":1,"loss":${n},"__proto__":1}\n`);
  }
  catalog();
});

const catalog = () => new NotebookCatalog(place, cache);
const byId = <Run extends { id: string }>(runs: Run[]) =>
  runs.sort((a, b) => (a.id < b.id ? -1 : 1));

/** What the cache gives is what reading everything gives. */
function expectTrue(): void {
  const notebook = new Notebook(place);
  const whole = notebook.runs().map(id => {
    const run: Partial<RunSummary> & { id: string } = notebook.summary(id);
    delete run.cells;
    return run;
  });
  expect(byId(catalog().runs())).toEqual(byId(whole));
  expect(byId(new NotebookCatalog(place, undefined).runs())).toEqual(byId(whole));
}

test('what was kept of runs is what their logs say', () => {
  expect(readFileSync(cache, 'utf8')).toContain(runId(3));
  expectTrue();
  expect(Object.getPrototypeOf(catalog().runs()[0]?.metrics)).toBe(Object.prototype);
});

test('a log that has grown is read again, and a run that is new in it is there', () => {
  const run = runId(SESSIONS, 1);
  appendFileSync(
    log(sessionId(SESSIONS)),
    line({ event: 'run_end', run: runId(SESSIONS), status: 'failed', cell: 2 }) +
      line({ event: 'run_start', run, number: 7, name: 'seven', cell: 3, opened: 'after end' })
  );
  expectTrue();
  expect(catalog().runs()).toHaveLength(SESSIONS + 1);
});

test('points that an open run was given since are counted', () => {
  appendFileSync(points(runId(SESSIONS)), '{"step":1,"time":1793527201,"cell":1,"loss":0.25}\n');
  expectTrue();
  expect(byId(catalog().runs()).at(-1)?.metrics.loss?.last).toBe(0.25);
});

test('an edit in a log of its own changes the run it names, and is gone when that log is', () => {
  const editor = '20261102-100000000-edit';
  writeFileSync(
    log(editor),
    line({ event: 'editor', format: 1, editor }) +
      line({ event: 'stage', run: runId(2), stage: 'production', by: 'ada' }) +
      line({ event: 'rename_notebook', session: sessionId(3), from: '/nb.ipynb', to: '/new.ipynb' })
  );
  expectTrue();
  const [, second, third] = byId(catalog().runs());
  expect(second?.stage).toBe('production');
  expect(third?.notebook.path).toBe('/new.ipynb');
  expect(catalog().logsOf({ id: runId(2), session: sessionId(2) })).toEqual(
    new Set([sessionId(2), editor])
  );
  // Enough logs change for the cache to be written with the edit in it.
  for (let n = 1; n < SESSIONS; n += 1) {
    appendFileSync(log(sessionId(n)), line({ event: 'session_end', reason: 'shutdown' }));
  }
  catalog();
  appendFileSync(log(sessionId(2)), line({ event: 'tag', run: runId(2), key: 'a', value: 1 }));
  expectTrue();
  rmSync(log(editor));
  expectTrue();
});

test('a log that is gone takes its runs with it, and one of the same name is another', () => {
  rmSync(log(sessionId(1)));
  expectTrue();
  expect(catalog().runs()).toHaveLength(SESSIONS - 1);
  writeFileSync(log(sessionId(1)), readFileSync(log(sessionId(2)), 'utf8').replaceAll('nb 2', 'x'));
  rmSync(log(sessionId(2)));
  expectTrue();
});

test('a cache that is damaged, or of another version, is as if there were none', () => {
  for (const text of ['', '{', 'null', '{"by":"0/0","shared":[],"logs":{}}']) {
    writeFileSync(cache, text);
    expectTrue();
  }
});
