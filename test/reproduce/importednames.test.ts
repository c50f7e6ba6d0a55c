import { describe, expect, it } from 'vitest';
import { importedNames } from '../../src/reproduce/script/importednames.js';

const of = (python: string): string[] => [...importedNames(python)];

describe('the names that a cell of Python binds by importing', () => {
  it('are the first of a path, and what stands behind as', () => {
    expect(of('import numpy as np, os.path\nimport joblib; import torch.nn as nn')).toEqual([
      'np',
      'os',
      'joblib',
      'nn'
    ]);
    expect(of('from a.b import (c as d,  # why\n  e,\n)\nfrom . import f')).toEqual([
      'd',
      'e',
      'f'
    ]);
  });

  it('are found in tries and conditions, below magics, and not in functions, texts and comments', () => {
    const cell = [
      '%matplotlib inline',
      'try:\n    from q import r\nexcept ImportError:\n    pass',
      'def use():\n    from inner import no',
      'class Held:\n    import never',
      'text = """\nfrom quoted import neither\n"""',
      '# from comment import nor',
      'from star import *'
    ].join('\n');
    expect(of(cell)).toEqual(['r']);
  });

  it('are not those that the cell binds to something else afterwards', () => {
    expect(of('from a import b, c, d\nb = wrap(b)\ndef c(): pass\nd.x = 1')).toEqual(['d']);
    expect(of('b = 1\nfrom a import b')).toEqual(['b']);
    expect(of('x = 1')).toEqual([]);
  });
});
