import { describe, expect, it } from 'vitest';
import { environmentDiff } from '../../src/lab/runview/environmentdiff.js';
import type { IRun } from '../../src/lab/store/protocol.js';
import { summary } from './summary.js';

const run = (environment: Partial<NonNullable<IRun['environment']>>): IRun =>
  summary({ environment: { variables: {}, ...environment } });

describe('an environment against a later one', () => {
  it('tells what is of another version, what came and what went, and counts the rest', () => {
    const then = run({ python: '3.11.1', platform: 'p' });
    const now = run({ python: '3.12.0', platform: 'p' });
    const diff = environmentDiff(
      [then, '{"numpy":"2.3","torch":"2.0","gone":"1"}'],
      [now, '{"numpy":"2.4","torch":"2.0","new":"1"}']
    );
    expect(diff.facts.map(({ key }) => key)).toEqual(['Python']);
    expect(diff.sameFacts).toBe(1);
    expect(diff.packages?.map(({ key }) => key).sort()).toEqual(['gone', 'new', 'numpy']);
    expect(diff.samePackages).toBe(1);
  });

  it('takes nothing for the same where a list of packages is missing', () => {
    const diff = environmentDiff(
      [run({ python: '3' }), '{"a":"1"}'],
      [run({ python: '3' }), undefined]
    );
    expect(diff.packages).toBeNull();
    expect(diff.samePackages).toBe(0);
  });

  it('says nothing of the hash seed, which is another with every kernel', () => {
    const diff = environmentDiff(
      [run({ variables: { PYTHONHASHSEED: '1', OMP_NUM_THREADS: '1' } }), '{}'],
      [run({ variables: { PYTHONHASHSEED: '2', OMP_NUM_THREADS: '4' } }), '{}']
    );
    expect(diff.facts.map(({ key }) => key)).toEqual(['OMP_NUM_THREADS']);
  });
});
