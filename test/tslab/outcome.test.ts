/** How an execution ended is told by what it threw. */
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { thrown } from '../../src/tslab/outcome.js';

/** What some code throws that is run as the kernel runs cells. */
function ending(code: string): unknown {
  try {
    vm.runInThisContext(code);
  } catch (error) {
    return thrown(error).error;
  }
  return undefined;
}

test('code that cannot be read never ran, and code that has other code read did', () => {
  const type = 'SyntaxError';
  expect(ending('(function() { for await (const x of []) {} })()')).toMatchObject({
    type,
    unparsable: true
  });
  expect(ending("(function() { JSON.parse('{') })()")).toMatchObject({ type, unparsable: false });
  expect(ending("(function() { new Function('}') })()")).toMatchObject({ type, unparsable: false });
  (globalThis as { vmOfTest?: unknown }).vmOfTest = vm;
  const inner = "(function() { new vmOfTest.Script('}') })()";
  expect(ending(inner)).toMatchObject({ type, unparsable: false });
  expect(ending("(function() { throw new SyntaxError('mine') })()")).toMatchObject({
    type,
    message: 'mine',
    unparsable: false
  });
});
