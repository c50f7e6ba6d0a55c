import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportScript } from '../../src/reproduce/index.js';
import { scan } from '../../src/reproduce/script/lexical.js';
import { commented, indented, quoted, quotedBlock } from '../../src/reproduce/script/quote.js';
import { record, type Cell } from './log.js';
import { ask } from './python.js';

const ROUNDS = 300;

/** Plain Python, put together of pieces that a careless exporter would break. */
const expression = fc.letrec<{ value: string }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(
      'x',
      '1',
      'None',
      '"%no"',
      "'a\\'!b'",
      '"""\n%no\n  !no\n"""',
      "r'\\'",
      'f"{x!r:>{y}}"',
      "f'''{\nx}\n%no'''",
      'b"#"',
      'x % y',
      '...'
    ),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `(${a}\n% ${b})`),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `[${a},  # why?\n${b}]`),
    tie('value').map(a => `{${a}: lambda x=1: x}`),
    tie('value').map(a => `x.f(${a}, y=${a})`),
    tie('value').map(a => `not ${a}`),
    tie('value').map(a => `x if (${a}) else \\\n y`)
  )
})).value;

const statement = fc.oneof(
  expression,
  expression.map(a => `x = ${a}`),
  expression.map(a => `x = ${a};`),
  expression.map(a => `x = 1; ${a}`),
  fc.tuple(expression, expression).map(([a, b]) => `${a}, ${b}`),
  expression.map(a => `if x:\n    y = ${a}\n    # end\nelse:\n\tpass`),
  expression.map(a => `def f(a, /, *b, **c) -> int:\n    """%doc"""\n    return ${a}`),
  expression.map(a => `async def f():\n    await g(${a})\n    async with x as y: pass`),
  expression.map(a => `class A:\n  x: int = ${a}`),
  expression.map(a => `await f(${a})`),
  expression.map(a => `x = [i async for i in ${a}]`),
  fc.constantFrom(
    '# only a comment',
    '',
    'from __future__ import annotations',
    'import a.b as c, d',
    'try:\n    pass\nexcept A:\n    pass',
    'for i in x: pass',
    'match x:\n    case [1, *_]: pass',
    'x: int = 1',
    'del x',
    'global x'
  )
);

const cell = fc.array(statement, { minLength: 1, maxLength: 5 }).map(lines => lines.join('\n'));

const ending = fc.constantFrom(
  {},
  { status: 'failed', error: { type: 'ValueError', message: 'a\n"""' } },
  { status: 'interrupted', duration: 1.5 },
  { ended: false }
);

/** For each text, whether Python compiles it as a cell. */
const compiles = (texts: string[], flags: string): boolean[] =>
  ask(
    `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
answers = []
for text in json.load(sys.stdin):
    try:
        compile(text, "cell", "exec", flags=${flags}, dont_inherit=True)
        answers.append(True)
    except (SyntaxError, ValueError):
        answers.append(False)
print(json.dumps(answers))
`,
    texts
  );

test('cells of plain Python export to a script that Python compiles', async () => {
  const sessions = fc.sample(fc.array(fc.tuple(cell, ending), { minLength: 1, maxLength: 4 }), {
    numRuns: ROUNDS,
    seed: 7
  });
  const sources = sessions.flatMap(cells => cells.map(([source]) => source));
  const plain = compiles(sources, 'ast.PyCF_ALLOW_TOP_LEVEL_AWAIT');
  const valid = new Set(sources.filter((_, index) => plain[index]));
  expect(valid.size).toBeGreaterThan(ROUNDS / 2);
  const scripts: string[] = [];
  for (const session of sessions) {
    const cells: Cell[] = session
      .filter(([source]) => valid.has(source))
      .map(([source, more]) => ({ source, ...more }));
    scripts.push((await exportScript(record(cells))).script);
  }
  const answers = compiles(scripts, '0');
  expect(scripts.filter((_, index) => !answers[index])).toEqual([]);
});

test('any text exports to some script, and what is no Python never throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async text => {
      const { script } = await exportScript(record([{ source: text }]));
      expect(script.endsWith('\n')).toBe(true);
      expect(/\p{Surrogate}/u.test(script)).toBe(false);
    }),
    { numRuns: ROUNDS }
  );
});

test('any text of a cell that was never run is a comment', async () => {
  const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 80 }), {
    numRuns: ROUNDS,
    seed: 3
  });
  const error = { type: 'SyntaxError', message: 'm', unparsable: true };
  const cells = texts.map(source => ({
    source: source.replaceAll('\0', ''),
    status: 'failed',
    error
  }));
  expect(compiles([(await exportScript(record(cells))).script], '0')).toEqual([true]);
});

test('a literal is the text it stands for', () => {
  const unit = fc.constantFrom(...'"\'\\\n\r\t{}$ab\u2028\u0001é😀'.match(/./gsu)!);
  const texts = fc.sample(fc.string({ unit, maxLength: 12 }), { numRuns: 1000, seed: 5 });
  const literals = texts.flatMap(text => [quoted(text), quotedBlock(text)]);
  const read: string[] = ask(
    'import ast, json, sys; print(json.dumps([ast.literal_eval(text) for text in json.load(sys.stdin)]))',
    literals
  );
  expect(read).toEqual(texts.flatMap(text => [text, text]));
});

test('code that is moved inwards means the same', () => {
  const cells = fc.sample(cell, { numRuns: ROUNDS, seed: 9 });
  const pairs = cells.map(source => [source, `if 1:\n${indented(source)}\n    pass`]);
  const answers: Array<boolean | null> = ask(
    `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
answers = []
for source, moved in json.load(sys.stdin):
    try:
        body = ast.parse(source).body
    except SyntaxError:
        answers.append(None)
        continue
    answers.append([ast.dump(node) for node in body] == [ast.dump(node) for node in ast.parse(moved).body[0].body[:-1]])
print(json.dumps(answers))
`,
    pairs
  );
  expect(answers.filter(Boolean).length).toBeGreaterThan(ROUNDS / 3);
  expect(pairs.filter((_, index) => answers[index] === false)).toEqual([]);
});

test('scanning and commenting never throw, and a scan stays inside its text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('%!?"\'\\{}()[]#=:;,/fx\n\r \t')) }),
      text => {
        for (const { start, end } of scan(text).specials) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        expect(
          commented(text)
            .split('\n')
            .every(line => line.startsWith('#'))
        ).toBe(true);
      }
    )
  );
});
