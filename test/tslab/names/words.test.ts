/** The words of metrics are those that Python has. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as vocabulary from '../../../src/tslab/names/vocabulary.js';
import * as words from '../../../src/tslab/names/words.js';

const python = readFileSync(
  new URL('../../../backtrail/tracker/names/words.py', import.meta.url),
  'utf8'
);

function inPython(name: string): string[] {
  const found = new RegExp(
    `^${name} = (?:STEPS \\| )?word_set\\(\\s*(?:"""([^]*?)"""|"([^"]*)")\\s*\\)`,
    'm'
  ).exec(python);
  return (found?.[1] ?? found?.[2] ?? '').split(/\s+/).filter(Boolean).sort();
}

function pairsInPython(name: string): Array<[string, string]> {
  const text = new RegExp(`^${name} = \\{([^]*?)^\\}`, 'm').exec(python)?.[1] ?? '';
  return [...text.matchAll(/"(\w+)": "(\w+)"/g)].map(([, key, value]) => [key, value]);
}

test.each([
  ['METRICS', vocabulary.METRICS],
  ['_PHRASES', vocabulary.PHRASES],
  ['OTHERS', vocabulary.OTHERS],
  ['STEPS', vocabulary.STEPS],
  ['SUMMARIES', vocabulary.SUMMARIES],
  ['_FILLERS', vocabulary.FILLERS]
])('%s', (name, mine) => {
  const its = [...new Set(inPython(name))];
  expect(its.length).toBeGreaterThan(5);
  expect([...mine].sort()).toEqual(its);
});

test('words for parts of the data, and words that are the same, are those of Python', () => {
  expect([...vocabulary.SPLITS]).toEqual(pairsInPython('SPLITS'));
  expect([...vocabulary.SAME]).toEqual(pairsInPython('_SAME'));
  expect([...vocabulary.COUNTERS].sort()).toEqual(
    [...new Set([...inPython('STEPS'), ...inPython('COUNTERS')])].sort()
  );
});

test('a name has one form', () => {
  for (const name of ['Val Loss', 'val-loss', 'valLoss', "val's loss"]) {
    expect(words.normal(name)).toBe('val_loss');
  }
  expect(words.normal('R²')).toBe('r2');
  expect(words.normal('mIoU')).toBe('miou');
});

test('names of metrics are told from others', () => {
  for (const name of ['loss', 'val_acc', 'loss_history', 'success_rate', 'cv_mean']) {
    expect(words.isMetric(name)).toBe(true);
  }
  for (const name of ['loss_fn', 'n_errors', 'batch_size', 'score_time', 'x']) {
    expect(words.isMetric(name)).toBe(false);
  }
  expect(words.quantity('val_accs')).toEqual(words.quantity('validation_accuracy'));
});
