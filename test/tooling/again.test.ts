import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runRows, toldAlone } from '../../scripts/setup/again.mjs';

/** Stands for a row of pytest: what fails beside others, and the exit code when it is tried again. */
const ROW = `
import { appendFileSync, writeFileSync } from 'node:fs';
const [log, name, failed, first, again, option] = process.argv.slice(2);
const [kind, file] = option.split('=');
appendFileSync(log, name + ' ' + kind + '\\n');
if (kind === '--note-failed') {
  if (failed !== 'none') writeFileSync(file, failed);
  process.exit(Number(first));
}
process.exit(Number(again));
`;

describe('rows of tests', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'backtrail-again-'));
    writeFileSync(join(folder, 'row.mjs'), ROW);
    vi.stubEnv('CI', '1');
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const row = (name: string, failed: string[] | 'none', first: number, again = 0): string[] => [
    process.execPath,
    join(folder, 'row.mjs'),
    join(folder, 'log'),
    name,
    failed === 'none' ? failed : JSON.stringify(failed),
    String(first),
    String(again)
  ];

  const run = async (
    ...rows: string[][]
  ): Promise<{ code: number; alone: string[]; tried: string[] }> => {
    const found = await runRows(rows, {});
    const said = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
    return { ...found, tried: said.filter(line => line.includes('--only-failed')) };
  };

  it('are not tried again when all pass', async () => {
    expect(await run(row('a', [], 0), row('b', [], 0))).toEqual({ code: 0, alone: [], tried: [] });
  });

  it('pass, and are told of, when what failed passes alone', async () => {
    const found = await run(row('a', [], 0), row('b', ['test_b.py::test_slow'], 1));
    expect(found).toEqual({ code: 0, alone: ['test_b.py::test_slow'], tried: ['b --only-failed'] });
    expect(toldAlone(found.alone)).toBe('\n  passed only when alone: test_b.py::test_slow');
  });

  it('fail for good when it fails alone', async () => {
    const found = await run(row('a', ['x'], 1, 1), row('b', ['y'], 1));
    expect(found).toEqual({ code: 1, alone: [], tried: ['a --only-failed'] });
  });

  it('fail at once when many tests do', async () => {
    const found = await run(row('a', ['1', '2', '3'], 1), row('b', ['4', '5', '6'], 1));
    expect(found).toEqual({ code: 1, alone: [], tried: [] });
  });

  it('fail at once when one was broken off, or tells of no test', async () => {
    expect(await run(row('a', ['x'], 1), row('b', 'none', 1))).toEqual({
      code: 1,
      alone: [],
      tried: []
    });
    expect(await run(row('a', ['x'], 1), row('b', ['y'], 2))).toEqual({
      code: 2,
      alone: [],
      tried: []
    });
  });

  it('are not tried again on the machine of a developer', async () => {
    vi.stubEnv('CI', '');
    expect(await run(row('a', ['x'], 1))).toEqual({ code: 1, alone: [], tried: [] });
  });
});
