import { expect, test } from 'vitest';
import { partNames, preamble } from '../../src/reproduce/script/preamble.js';
import { ask } from './python.js';

const MEMBERS = `
import ast, json, sys
(made,) = ast.parse(json.load(sys.stdin)).body[:1]
names = []
for one in made.body:
    if isinstance(one, ast.Import):
        names += [name.asname or name.name for name in one.names]
    elif isinstance(one, ast.Assign):
        names += [target.id for target in one.targets]
    elif not isinstance(one, ast.Expr):
        names.append(one.name)
print(json.dumps(names))`;

test('no two functions of a script, or modules that they use, have the same name', () => {
  const all = preamble(partNames.map(name => `_nb.${name}()`).join('\n'), '_nb');
  const names = ask(MEMBERS, all) as string[];
  expect(names.length).toBeGreaterThan(partNames.length);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
