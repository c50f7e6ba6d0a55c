import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { RunSummary } from '../../src/runlog/index.js';
import { commandLine } from './program.js';

const cli = commandLine();
const vectors = fileURLToPath(new URL('../vectors', import.meta.url));

const expected = (name: string) =>
  (JSON.parse(readFileSync(join(vectors, name, 'expected.json'), 'utf8')) as Expected).runs;

interface Expected {
  runs: Record<string, RunSummary>;
}

/** Whether a process lives is another's question: the vectors come from another machine. */
const timeless = (run: RunSummary) => ({
  ...run,
  ...{ status: '', ended: null, duration: null },
  cells: run.cells.map(cell => ({ ...cell, status: '' }))
});

describe('show --json is the summary that every reader gives', () => {
  test.each(readdirSync(vectors).filter(name => existsSync(join(vectors, name, 'expected.json'))))(
    '%s',
    name => {
      for (const [id, summary] of Object.entries(expected(name))) {
        const { code, out, err } = cli.run(['show', id, '--json', '--root', join(vectors, name)]);
        expect(code).toBe(0);
        expect(err !== '').toBe(Object.values(expected(name)).some(one => one.damage.lines > 0));
        expect(timeless(JSON.parse(out) as RunSummary)).toEqual(timeless(summary));
      }
    }
  );
});

test('show tells a run to people', () => {
  const { code, out, err } = cli.run(['show', 'latest', '--root', cli.vector('normal')]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^digits 1\n\nrun {9}20261123-151601000-k3f9\n/);
  expect(out).toMatch(/\n {2}loss +0\.75 +0\.5 +1 +4 +1\n/);
  expect(out).toContain('\nparams\n  lr ');
});

describe('a run is named', () => {
  const names = (word: string) => {
    const { code, out, err } = cli.run(['show', word, '--json', '--root', join(vectors, 'nested')]);
    return code === 0 ? JSON.parse(out).id : { code, err };
  };

  test('by its id, a unique beginning of it, its name, or as the latest', () => {
    const inner = '20261123-152502600-ne03';
    expect(names(inner)).toBe(inner);
    expect(names('20261123-1525026')).toBe(inner);
    expect(names('inner')).toBe(inner);
    expect(names('latest')).toBe('20261123-152503000-ne04');
  });

  test('by nothing that names several runs, or none', () => {
    expect(names('2026')).toMatchObject({ code: 64, err: expect.stringContaining('names 4 runs') });
    expect(names('nothing')).toMatchObject({
      code: 3,
      err: expect.stringContaining('no run "nothing"')
    });
    expect(names('')).toMatchObject({ code: 3 });
  });
});

test('where there are no runs there is no latest one', () => {
  const empty = mkdtempSync(join(cli.home, 'none-'));
  expect(cli.run(['show', 'latest'], {}, empty)).toEqual({
    code: 3,
    out: '',
    err: 'There are no runs here.\n'
  });
});

test('rebuild writes the summaries that show gives, and nothing else', () => {
  const root = cli.vector('two-sessions');
  const wanted = expected('two-sessions');
  const done = cli.run(['rebuild', '--json', '--root', root]);
  expect({ code: done.code, err: done.err }).toEqual({ code: 0, err: '' });
  const { written } = JSON.parse(done.out) as { written: string[] };
  expect(written.length).toBeGreaterThan(0);
  for (const path of written) {
    const summary = JSON.parse(readFileSync(path, 'utf8')) as RunSummary;
    expect(timeless(summary)).toEqual(timeless(wanted[summary.id]));
    expect(readdirSync(join(path, '..')).filter(name => name.startsWith('.'))).toEqual([]);
  }
  const first = readFileSync(written[0]);
  rmSync(written[0]);
  cli.run(['rebuild', '--root', root]);
  expect(readFileSync(written[0])).toEqual(first);
});
