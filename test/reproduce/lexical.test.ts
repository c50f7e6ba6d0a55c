import { describe, expect, test } from 'vitest';
import { scan } from '../../src/reproduce/script/lexical.js';
import { ask } from './python.js';

const found = (source: string) =>
  scan(source).specials.map(({ target, escape, text }) => `${target}${escape}${text}`);

describe('a line is a magic', () => {
  test.each([
    ['where a logical line begins', 'x = 1\n%matplotlib inline\nx', ['%matplotlib inline']],
    ['inside a block', 'for i in x:\n    !ls $i\n', ['!ls $i']],
    [
      'behind the first assignment',
      'files = !ls\na.b, c = %env X',
      ['files = !ls', 'a.b, c = %env X']
    ],
    ['with its continued lines', '%time a = 1 \\\n  + 2\nx', ['%time a = 1    + 2']],
    ['when it asks for help', '?x\nx?\nx.y??\n%time?', ['?x', '?x?', '?x.y??', '%time?']],
    ['when it calls without brackets', ',f a\n;f a b\n/f a', [',f a', ';f a b', '/f a']],
    ['after a magic with an open quote', '!echo "it\'s\n%cd x', ['!echo "it\'s', '%cd x']],
    ['after an unfinished string', 'x = "abc\n%cd x', ['%cd x']]
  ])('%s', (_, source, expected) => {
    expect(found(source)).toEqual(expected);
  });
});

describe('a line is Python', () => {
  test.each([
    ['inside a string', 'x = """\n%no\n!no\n"""'],
    ['inside a formatted string', "f'''{x:{\"a\"}}\n%no\n'''"],
    ['inside a string in a formatted string', 'f"{d["a"]}"; x = """\n%no"""'],
    ['inside brackets', 'x = (\n%no\n)\ny = [a\n% b]'],
    ['after a backslash', 'x = a \\\n% b'],
    ['where a comparison stands before it', 'a == b\nx[a] != b % c'],
    ['as an operator', 'a % b\na = b % c\nx %= 2'],
    ['behind a second assignment', 'a = b = c'],
    ['in a comment', '# %no\n# x = !no'],
    ['with a format that has quotes', "f'{x:\"^10}'\nf'{x!r:>{w}}'"],
    ['with escaped quotes and braces', "x = 'a\\'\\\n%no'\ny = f'{{%no'"],
    ['with a question mark in a string', 'x = """a = what?\n"""\ny = "why?"']
  ])('%s', (_, source) => {
    expect(found(source)).toEqual([]);
  });
});

test('lines inside strings are told from those of the code', () => {
  const source = 'x = """a\n  b"""\ny = (\n  1)\nz = f"""{\n a}\n"""';
  const { insideString } = scan(source);
  const lines = source.split('\n');
  const at = lines.map((_, index) => lines.slice(0, index).join('\n').length + (index ? 1 : 0));
  expect(lines.filter((_, index) => insideString.has(at[index]))).toEqual(['  b"""', ' a}', '"""']);
});

test('line endings of every system are told', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    expect(found(`x = 1${end}%a b${end}!c${end}`)).toEqual(['%a b', '!c']);
  }
});

test('IPython finds magics in the same places', () => {
  const pieces = [
    'x = 1',
    '%cd a',
    '!ls',
    'y = !ls -l',
    'if x:',
    '    %pwd',
    '    z = %env A',
    '"""',
    "'''",
    'f"{x}"',
    'a = (',
    ')',
    'b = [1,',
    ']',
    '# %c',
    's = "%no"',
    "t = f'''",
    'x?',
    '?x',
    'print(',
    'q = """ %a',
    '%d \\',
    ' + 1 \\',
    'k = {"a": 1}',
    '!!ls',
    'def f():',
    '    return 1',
    '',
    '  ',
    'v = a % b',
    "w = '\\\\'",
    'r = r"\\"'
  ];
  // A small generator, so that the cells are the same in every run.
  let seed = 1;
  const next = (size: number) => (seed = (seed * 48271) % 2147483647) % size;
  const cells = Array.from({ length: 1500 }, () =>
    Array.from({ length: 2 + next(5) }, () => pieces[next(pieces.length)]).join('\n')
  );
  const theirs: Array<number | null> = ask(
    `
import json, sys, ast
from IPython.core.inputtransformer2 import TransformerManager
counts = []
for cell in json.load(sys.stdin):
    try:
        text = TransformerManager().transform_cell(cell)
        tree = ast.parse(text)
        counts.append(sum(isinstance(node, ast.Name) and node.id == "get_ipython" for node in ast.walk(tree)))
    except (SyntaxError, ValueError):
        counts.append(None)
print(json.dumps(counts))
`,
    cells
  );
  // What is no Python afterwards was never run, so nobody asks for it.
  const compared = cells.filter((_, index) => theirs[index] !== null);
  expect(compared.length).toBeGreaterThan(150);
  for (const [index, cell] of cells.entries()) {
    if (theirs[index] !== null) {
      expect({ cell, count: found(cell.replace(/^\s*\n/, '')).length }).toEqual({
        cell,
        count: theirs[index]
      });
    }
  }
});
