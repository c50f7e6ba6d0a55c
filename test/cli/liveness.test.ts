import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { alive } from '../../src/cli/liveness.js';
import type { Process } from '../../src/runlog/index.js';
import { python } from '../reproduce/python.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const identify =
  'import json; from backtrail.runlog import process; print(json.dumps(process.identity()), flush=True); input()';

/** A process that says who it is, as the tracker does, and lives until it is ended. */
async function writer(): Promise<{ identity: Process; end: () => Promise<void> }> {
  const child = spawn(python, ['-c', identify], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    identity: JSON.parse(line.toString()) as Process,
    end: async () => {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  };
}

test('a writer lives until it is killed', async () => {
  const { identity, end } = await writer();
  expect(alive(identity)).toBe(true);
  await end();
  expect(alive(identity)).toBe(false);
});

test('another process with the same pid, and one of an earlier boot, are not the writer', async () => {
  const { identity, end } = await writer();
  expect(alive({ ...identity, started: '1' })).toBe(false);
  expect(alive({ ...identity, boot: 'another' })).toBe(false);
  await end();
});

test('of another machine, and of what is not told, nothing is said', async () => {
  const { identity, end } = await writer();
  expect(alive({ ...identity, host: 'elsewhere' })).toBeUndefined();
  expect(alive({ ...identity, started: '' })).toBeUndefined();
  expect(alive({ ...identity, pid: -1 })).toBeUndefined();
  expect(alive({ ...identity, namespace: 'pid:[1]' } as Process)).toBeUndefined();
  await end();
});

test('the answer is that of the Python reader', async () => {
  const { identity, end } = await writer();
  const cases = [
    identity,
    { ...identity, started: '1' },
    { ...identity, boot: 'x' },
    { ...identity, host: 'x' }
  ];
  const { stdout } = spawnSync(
    python,
    [
      '-c',
      'import json, sys; from backtrail.runlog import process; print(json.dumps([process.alive(p) for p in json.load(sys.stdin)]))'
    ],
    { cwd: root, input: JSON.stringify(cases), encoding: 'utf8' }
  );
  expect(cases.map(one => alive(one) ?? null)).toEqual(JSON.parse(stdout));
  await end();
});
