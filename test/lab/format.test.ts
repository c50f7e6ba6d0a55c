import { describe, expect, it } from 'vitest';
import { parseTag } from '../../src/lab/actions/tag.js';
import { freeName } from '../../src/lab/actions/freename.js';
import { contentsFolder, contentsPath } from '../../src/lab/actions/place.js';
import { formatBytes, formatDuration, formatNumber, formatValue } from '../../src/lab/format.js';

describe('a number', () => {
  it('is short and keeps its size', () => {
    expect(
      [0, 42, 1200, 0.25131234, 12345678, 0.00001234, 1 / 3].map(n => formatNumber(n))
    ).toEqual(['0', '42', '1200', '0.2513', '1.235e7', '1.234e-5', '0.3333']);
  });

  it('can be copied into code', () => {
    expect(formatNumber(-0.5)).toBe('-0.5');
    expect(Number(formatNumber(-0.00001236))).toBe(-1.236e-5);
  });

  it('may be none', () => {
    expect([formatNumber('NaN'), formatNumber('Infinity'), formatNumber('-Infinity')]).toEqual([
      'NaN',
      '∞',
      '-∞'
    ]);
    expect(formatNumber(null)).toBe('–');
  });
});

describe('a duration', () => {
  it('is said in the units that people use', () => {
    expect(
      [0.004, 0.42, 9.96, 59.6, 200, 180, 3599.6, 7500, 7200].map(s => formatDuration(s))
    ).toEqual(['4 ms', '0.4 s', '10 s', '1 min', '3 min 20 s', '3 min', '1 h', '2 h 5 min', '2 h']);
  });
});

describe('other values', () => {
  it('stand on one line', () => {
    expect([formatValue('mlp'), formatValue([1, 2]), formatValue(undefined)]).toEqual([
      'mlp',
      '[1,2]',
      '–'
    ]);
    expect([formatBytes(12), formatBytes(1234567)]).toEqual(['12 B', '1.23 MB']);
  });
});

describe('a tag', () => {
  it('is a key, a key with a value, or a key to remove', () => {
    expect(parseTag(' baseline ')).toEqual({ key: 'baseline', value: '' });
    expect(parseTag('team = a=b')).toEqual({ key: 'team', value: 'a=b' });
    expect(parseTag('-draft')).toEqual({ key: 'draft', value: null });
    expect([parseTag(''), parseTag('-'), parseTag('= x')]).toEqual([null, null, null]);
  });
});

describe('a script', () => {
  it('does not overwrite another', () => {
    const taken = new Set(['digits-1.py', 'digits-1-2.py']);
    expect(freeName('digits-1.py', taken)).toBe('digits-1-3.py');
    expect(freeName('other.py', taken)).toBe('other.py');
  });

  it('is written beside its notebook', () => {
    expect(contentsFolder('/srv/lab/a/n.ipynb', '/srv/lab')).toBe('a');
    expect(contentsFolder('/srv/lab/n.ipynb', '/srv/lab/')).toBe('');
    expect(contentsFolder('C:\\lab\\a\\n.ipynb', 'C:\\lab')).toBe('a');
    expect(contentsFolder('a/b/n.ipynb', '')).toBe('a/b');
    expect(contentsFolder('/elsewhere/n.ipynb', '/srv/lab')).toBe('');
    expect(contentsFolder(null, '/srv/lab')).toBe('');
  });

  it('has a path below the root, or none that JupyterLab could open', () => {
    expect(contentsPath('/srv/lab/a/n.ipynb', '/srv/lab/')).toBe('a/n.ipynb');
    expect(contentsPath('C:\\lab\\a\\n.ipynb', 'C:\\lab')).toBe('a/n.ipynb');
    expect(contentsPath('/elsewhere/n.ipynb', '/srv/lab')).toBeNull();
    expect(contentsPath('/srv/labs/n.ipynb', '/srv/lab')).toBeNull();
    expect(contentsPath(null, '/srv/lab')).toBeNull();
    expect(contentsPath('/srv/lab/n.ipynb', '')).toBeNull();
  });
});
