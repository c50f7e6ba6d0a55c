import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLine } from './program.js';

const cli = commandLine();

const check = (root: string) => {
  const { code, out } = cli.run(['check', '--json', '--root', root]);
  const { damage, notes } = JSON.parse(out) as Record<
    string,
    Array<{ file: string; what: string }>
  >;
  return { code, damage: damage.map(({ what }) => what), notes: notes.map(({ what }) => what) };
};

const logOf = (root: string) => {
  const folder = join(root, 'runs', 'digits', 'sessions');
  return join(folder, readdirSync(folder)[0]);
};

const blobs = (root: string) => {
  const folder = join(root, 'runs', 'blobs', 'sha256');
  return readdirSync(folder).flatMap(name =>
    readdirSync(join(folder, name)).map(hash => join(folder, name, hash))
  );
};

test('a whole record has no damage', () => {
  expect(check(cli.vector('normal'))).toEqual({ code: 0, damage: [], notes: [] });
  expect(cli.run(['check', '--root', cli.vector('normal')]).out).toBe('6 files read, no damage.\n');
});

test('a line that was torn by a kill is no damage, and is said', () => {
  const { code, damage, notes } = check(cli.vector('killed'));
  expect({ code, damage }).toEqual({ code: 0, damage: [] });
  expect(notes).toContain('the last line was torn, and is left out');
});

test('damaged lines are counted, and exit 1', () => {
  expect(check(cli.vector('damaged'))).toMatchObject({
    code: 1,
    damage: ['4 lines are damaged', '4 lines are damaged']
  });
});

test('a blob that changed or is gone is damage', () => {
  const root = cli.vector('normal');
  const [first, second] = blobs(root);
  appendFileSync(first, 'x');
  rmSync(second);
  const { code, damage } = check(root);
  expect(code).toBe(1);
  expect(damage).toHaveLength(2);
  expect(damage.join('\n')).toContain('its content is not the one that was written');
  expect(damage.join('\n')).toContain('cannot be read (it is not there)');
});

test('an artifact that changed is damage', () => {
  const root = cli.vector('normal');
  writeFileSync(
    join(root, 'runs', 'digits', '20261123-151601000-k3f9', 'artifacts', 'model.txt'),
    'other'
  );
  expect(check(root)).toMatchObject({
    code: 1,
    damage: ['its content is not the one that was written']
  });
});

test('a source that changed is damage', () => {
  const root = cli.vector('normal');
  const log = logOf(root);
  writeFileSync(log, readFileSync(log, 'utf8').replace(/"source":"/, '"source":"import evil; '));
  const { code, damage } = check(root);
  expect(code).toBe(1);
  expect(damage).toEqual(['the source of execution 1 is not the one that was written']);
});

test('a log that lost its first line is damage', () => {
  const root = cli.vector('normal');
  const log = logOf(root);
  const text = readFileSync(log, 'utf8');
  writeFileSync(log, text.slice(text.indexOf('\n') + 1));
  expect(check(root)).toMatchObject({
    code: 1,
    damage: ['the first line, which says whose log this is, is missing or another']
  });
});
