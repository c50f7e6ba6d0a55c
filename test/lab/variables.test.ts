import { describe, expect, it } from 'vitest';
import { usualOf, type IVariable } from '../../src/lab/compare/variables.js';

const variable = (kind: 'param' | 'metric', name: string): IVariable => ({
  id: `${kind} ${name}`,
  name,
  kind,
  values: [1, 2],
  isNumeric: true
});

describe('the variable of an axis that nobody has chosen', () => {
  const [lr, depth] = ['lr', 'depth'].map(name => variable('param', name));
  const [loss, auc] = ['loss', 'auc'].map(name => variable('metric', name));

  it('is one of its kind', () => {
    expect(usualOf([lr, depth, loss], 'param', 1)).toBe(depth);
    expect(usualOf([lr, loss], 'metric', 0, lr)).toBe(loss);
    expect(usualOf([lr, loss], 'param', 1)).toBe(lr);
  });

  it('is not the one of the other axis where there is none of its kind', () => {
    const y = usualOf([loss, auc], 'metric', 0);
    expect([y.name, usualOf([loss, auc], 'param', 0, y).name]).toEqual(['loss', 'auc']);
    expect(usualOf([loss], 'param', 0, loss)).toBe(loss);
  });
});
