import { describe, expect, test } from 'vitest';
import {
  readPlayed,
  verdictEvent,
  verify,
  type IPlay,
  type IPlayRequest,
  type IVerifyOptions
} from '../../src/reproduce/index.js';
import { readLines } from '../../src/runlog/index.js';
import { record, RUN, sha256, type Cell, type IRecord } from './log.js';

const bound = (n: number, name: string, preview: string) => ({
  event: 'variables',
  n,
  reads: [],
  bound: { [name]: { type: 'int', seen: 'exact', fingerprint: preview, preview } }
});

/** A session that reads a file and prints what it holds. */
function session(
  value: string,
  more: Partial<IRecord> = {},
  cells: Cell[] = ['import csv', 'x = f()']
) {
  const events = {
    0: [
      { event: 'input', run: RUN, path: 'data.csv', sha256: sha256('a'), size: 1, cell: 2 },
      { event: 'output', run: RUN, path: 'out/b.txt', sha256: sha256('b'), size: 1, cell: 2 },
      bound(2, 'x', value)
    ],
    ...more.events
  };
  return record(cells, { ...more, events });
}

/** What a replay whose log is that of a session came to. */
function came(value: string, more: Partial<IPlay> = {}): IPlay {
  const [{ text }] = session(value).logs;
  const played = readPlayed(readLines(text).events, []);
  return { code: 0, timedOut: false, err: '', changed: [], played, ...more };
}

/** Verifies a session whose replays come to what is given, the last one again and again. */
async function verified(
  plays: IPlay[],
  {
    more = {},
    recorded = session('1')
  }: { more?: Partial<IVerifyOptions>; recorded?: ReturnType<typeof session> } = {}
) {
  const requests: IPlayRequest[] = [];
  const progress: number[] = [];
  const found = await verify(
    {
      ...recorded,
      place: { runs: '/home/ada/runs', name: 'demo' },
      times: 1,
      stress: false,
      tolerance: 0,
      timeout: undefined,
      whole: true,
      progress: ({ replay }) => progress.push(replay),
      ...more
    },
    {
      prepare: () => Promise.resolve(undefined),
      points: () => Promise.resolve([]),
      sha256: text => Promise.resolve(sha256(text)),
      play: request => {
        requests.push(request);
        return Promise.resolve(plays[Math.min(requests.length, plays.length) - 1]);
      }
    }
  );
  return { ...found, requests, progress };
}

describe('how often a run is replayed', () => {
  test('once where all is the same', async () => {
    const { verdict, requests } = await verified([came('1')]);
    expect([verdict.verdict, requests.length]).toEqual(['identical', 1]);
  });

  test('as often as it is asked for', async () => {
    const { verdict, progress } = await verified([came('1')], { more: { times: 3 } });
    expect([verdict.replays, progress]).toEqual([3, [1, 2, 3]]);
  });

  test('twice where something differs, which tells what changes each time', async () => {
    const { verdict } = await verified([came('2'), came('3')]);
    expect([verdict.verdict, verdict.replays]).toEqual(['nondeterministic', 2]);
  });

  test('under other conditions where nothing known explains a difference', async () => {
    const { verdict, requests } = await verified([came('2')]);
    expect(verdict.verdict).toBe('differs');
    const variables = requests.map(({ scene }) => scene.variables);
    expect(variables.map(({ PYTHONHASHSEED }) => PYTHONHASHSEED)).toEqual(['0', '0', '1', '0']);
    expect(variables.map(({ OMP_NUM_THREADS }) => OMP_NUM_THREADS)).toEqual([
      undefined,
      undefined,
      undefined,
      '1'
    ]);
  });
});

describe('a replay without results', () => {
  test('that never began says how it ended', async () => {
    const { verdict } = await verified([
      came('1', { code: 1, err: 'x\nModuleNotFoundError: no\n', played: undefined })
    ]);
    expect(verdict.says).toBe(
      'The replay ended with code 1 before its first cell: ModuleNotFoundError: no'
    );
  });

  test('that took too long names the cell', async () => {
    const { verdict } = await verified([came('1', { code: null, timedOut: true })], {
      more: { timeout: 9 }
    });
    expect([verdict.verdict, verdict.first?.n]).toEqual(['could not run', 2]);
    expect(verdict.says).toContain('stopped after 9 seconds, in cell [2]');
  });
});

test('a cell that still goes on is waited for', async () => {
  const going = session('1', {}, ['import csv', { source: 'x = f()', ended: false }]);
  const recorded = { ...going, run: { ...going.run, status: 'running' } };
  await expect(verified([came('1')], { recorded })).rejects.toThrow(
    /^Cell \[2\] is still going on: verify the run when it has ended\.$/
  );
});

test('a scene has what is read before it is written, and what must be left alone', async () => {
  const [{ scene }] = (await verified([came('1')])).requests;
  expect(scene).toMatchObject({
    notebook: 'demo.ipynb',
    folder: '/home/ada',
    cwd: '/home/ada',
    runs: '/home/ada/runs',
    files: [{ path: 'data.csv', sha256: sha256('a'), n: 2, module: false }],
    written: ['out/b.txt'],
    protect: ['/home/ada', '/home/ada/runs'],
    variables: { PYTHONHASHSEED: '0' }
  });
});

test('what is kept of a verdict names the cells, the differences and their cause', async () => {
  const changed = [{ path: 'data.csv', n: 2, module: false, missing: false }];
  const { verdict } = await verified([came('2', { changed })]);
  expect(verdictEvent(verdict, 'present')).toMatchObject({
    verdict: 'differs',
    cell: 2,
    first: { kind: 'variable', name: 'x', recorded: '1', replayed: '2' },
    cause: { kind: 'input changed' },
    cells: [1, 2],
    differs: [{ n: 2, kind: 'variable', name: 'x', recorded: '1', replayed: '2' }],
    metrics: [],
    environment: 'present'
  });
});
