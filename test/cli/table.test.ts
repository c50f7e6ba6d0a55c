import { expect, test } from 'vitest';
import { cut, width, wrapped } from '../../src/cli/letters.js';
import { screenOf } from '../../src/cli/screen.js';
import { size, table } from '../../src/cli/table.js';

const rows = [
  ['ID', 'NAME', 'STARTED', 'NOTE'],
  ['20261123-151601000-k3f9', 'digits', '2026-11-23', 'a long story about what was tried here'],
  ['20261123-151602000-k3f9', '数字 1', '', '']
];
const terminal = (columns: number, environment = {}) =>
  screenOf({ isTTY: true, columns }, { NO_COLOR: '1', ...environment });

test('letters of East Asia and pictures take two columns, so that columns stay below each other', () => {
  expect([width('abc'), width('数字'), width('é'), width('e\u0301'), width('🚀 ü')]).toEqual([
    3, 4, 1, 1, 4
  ]);
  const [, first = '', second = ''] = table(rows.map(row => row.slice(1, 3))).split('\n');
  expect(width(first.slice(0, first.indexOf('2026')))).toBe(8);
  expect(second).toBe('数字 1');
});

test('a text is cut between letters, with a sign, and never wider than its room', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdef', 4)).toBe('abc…');
  expect(cut('数字数字', 4)).toBe('数…');
  expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
});

test('in a pipe nothing is cut and nothing is coloured', () => {
  const pipe = screenOf({ isTTY: false, columns: 20 }, {});
  const text = table(rows, { screen: pipe });
  expect(text).toContain('a long story about what was tried here');
  expect(text).not.toContain('\x1b');
});

test('on a narrow terminal columns are left out that can be, then the widest are cut, ids never', () => {
  const setting = { whole: ['ID'], spare: ['STARTED'] };
  for (const columns of [200, 80, 60, 50, 45]) {
    const lines = table(rows, { screen: terminal(columns), ...setting }).split('\n');
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(columns);
    expect(lines[1]).toContain('20261123-151601000-k3f9');
    expect(lines[0]?.includes('STARTED')).toBe(columns > 80);
  }
  expect(table(rows, { screen: terminal(45), ...setting })).toContain('…');
});

test('colours are for terminals that have them, unless somebody says otherwise', () => {
  const paint = (isTTY: boolean, environment: NodeJS.ProcessEnv) =>
    screenOf({ isTTY, columns: 80 }, environment).red('x') !== 'x';
  expect(paint(true, {})).toBe(true);
  expect(paint(false, {})).toBe(false);
  expect(paint(true, { NO_COLOR: '1' })).toBe(false);
  expect(paint(true, { TERM: 'dumb' })).toBe(false);
  expect(paint(false, { FORCE_COLOR: '1' })).toBe(true);
  expect(paint(true, { FORCE_COLOR: '0' })).toBe(false);
});

test('what steers a terminal is taken out of what is printed', () => {
  expect(table([['a'], ['\x1b[31mred\x07\nnext']])).toBe('a\n [31mred next');
});

test('bytes are told in the unit that fits', () => {
  expect([0, 12, 1500, 2_340_000, 5e9].map(size)).toEqual([
    '0 bytes',
    '12 bytes',
    '1.5 kB',
    '2.34 MB',
    '5 GB'
  ]);
});
