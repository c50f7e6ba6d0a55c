import { expect, test } from 'vitest';
import { exportScript } from '../../src/reproduce/index.js';
import { record } from './log.js';
import { ask } from './python.js';

const withheld = [{ kind: 'token', count: 1 }];

/** What a script says of secrets. */
const said = (problems: ReadonlyArray<string>) => problems.filter(one => one.includes('withholds'));

test('a script says which cell lacks what was withheld, and can be run', async () => {
  const source = 'key = "[withheld: token]"\nprint(key)';
  const { script, problems } = await exportScript(
    record(['x = 1', { source, withheld, count: 7 }])
  );
  expect(said(problems)).toEqual([
    'What the record withholds of cell [7] (token) is not in the script: put it where [withheld: …] stands, or read it from the environment.'
  ]);
  expect(script).toContain(
    '# %% [7]\n# Not in the record: token. Put it where [withheld: …] stands.\nkey = "[withheld: token]"'
  );
  expect(
    ask(
      'import ast, json, sys\nprint(json.dumps(ast.parse(json.load(sys.stdin)) is not None))',
      script
    )
  ).toBe(true);
});

test('the cells inside a cell are asked too, each kind is said once', async () => {
  const inner = {
    source: 'a = "[withheld: key]"',
    parent: 1,
    withheld: [{ kind: 'key', count: 2 }]
  };
  const { problems } = await exportScript(
    record([{ source: '%run other.ipynb', withheld: [{ kind: 'key', count: 1 }] }, inner])
  );
  expect(said(problems)).toEqual([expect.stringContaining('cell [1] (key)')]);
});

test.each([null, 'key', [null, 3, { count: 1 }]])(
  'what is no list of kinds is nothing: %j',
  async odd => {
    const { problems } = await exportScript(record([{ source: 'x = 1', withheld: odd }]));
    expect(said(problems)).toEqual([]);
  }
);
