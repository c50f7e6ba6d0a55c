import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commandLine } from './program.js';

const cli = commandLine();
const vectors = fileURLToPath(new URL('../vectors/', import.meta.url));

const [FIRST, SECOND] = ['20261123-151701000-r001', '20261123-152010000-r003'];

const compare = (...words: string[]) =>
  cli.run(['compare', ...words, '--root', `${vectors}two-sessions`]);

test('compare says what changed and shows what differs', () => {
  const { code, out, err } = compare(FIRST, SECOND);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatchInlineSnapshot(`
    "lr 0.1 → not recorded, cell [3] added. Not known whether the same: the code, the packages.

             digits 1  digits 3
    params
      lr     0.1       –
    metrics
      acc    0.5       –
    "
  `);
});

test('--all shows what is the same as well', () => {
  expect(compare(FIRST, SECOND, '--all').out.split('\n').length).toBeGreaterThan(
    compare(FIRST, SECOND).out.split('\n').length
  );
});

test('--json has every row, every change and the cells side by side', () => {
  const { changes, sections, runs } = JSON.parse(compare(FIRST, SECOND, '--json').out);
  expect(runs).toMatchObject([{ id: FIRST }, { id: SECOND }]);
  expect(changes[0]).toMatchObject({ run: SECOND, says: expect.stringContaining('lr ') });
  expect(sections[0]).toMatchObject({
    name: 'params',
    rows: [{ key: 'lr', agreement: 'differs' }]
  });
});

describe('it is called with runs that are there, and with two of them at least', () => {
  test.each([
    [[FIRST], 64, 'takes 2 to 20'],
    [[FIRST, FIRST], 64, 'twice'],
    [[FIRST, 'nobody'], 3, 'no run "nobody"']
  ])('%j', (words, code, says) => {
    expect(compare(...words)).toMatchObject({ code, err: expect.stringContaining(says) });
  });
});
