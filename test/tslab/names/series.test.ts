/** The keys under which what stands in objects is recorded, as in Python (`test/tracker/test_names.py`). */
import { expect, test } from 'vitest';
import { keyOf } from '../../../src/tslab/names/series.js';

test('a path of names gives one key', () => {
  expect(keyOf(['history', 'valLoss'])).toBe('val_loss');
  expect(keyOf(['losses', 'train'])).toBe('train_losses');
  expect(keyOf(['scores', 'forest'])).toBe('scores/forest');
  expect(keyOf(['results', 'Logistic Regression'])).toBe('results/logistic_regression');
  expect(keyOf(['config', 'batchSize'])).toBeUndefined();
  expect(keyOf(['result', 'labels'])).toBeUndefined();
  expect(keyOf(['best', 'valMse'])).toBe('best_val_mse');
  expect(keyOf(['best', 'bestLoss'])).toBe('best_loss');
});
