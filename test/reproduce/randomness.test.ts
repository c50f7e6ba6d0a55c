import { expect, test } from 'vitest';
import { record, sha256, type Cell, type IRecord } from './log.js';
import { ask, replay } from './python.js';

/** States of streams as blobs hold them, from the tracker itself, and what the streams give then. */
const { python, numpy } = ask(
  `
import json, random, numpy, sys
from backtrail.tracker import streams
def look(read, draw):
    text = streams.text_of(read()).decode()
    return {"text": text, "digest": streams.digest(read()), "draws": [draw() for _ in range(3)]}
random.seed(1); random.gauss(0, 1); numpy.random.seed(2); numpy.random.randn()
n = streams.NumpyStream(numpy.random)
p = streams.PythonStream()
print(json.dumps({
    "python": [look(p, lambda: random.gauss(0, 1)) for _ in range(2)],
    "numpy": [look(n, lambda: float(numpy.random.randn())) for _ in range(2)],
}))`,
  null
);

const blobs = Object.fromEntries(
  [...python, ...numpy].map(({ digest, text }: Record<string, string>) => [digest, text])
);
const kept = (n: number, stream: string, at: string, state: string) => ({
  event: 'random_state',
  n,
  stream,
  at,
  state
});
const changed = (n: number, stream: string, before: string, after: string) => ({
  event: 'random',
  n,
  streams: { [stream]: { before, after } }
});
const run = (cells: Cell[], more: IRecord) => replay(record(cells, { blobs, ...more }));

test('the states are those of the tracker, a cached Gauss included', () => {
  for (const { digest, text } of [...python, ...numpy]) {
    expect(sha256(text)).toBe(digest);
  }
});

test('a stream begins as it began in the notebook, wherever its library was imported', async () => {
  const { out, problems } = await run(
    [
      'import random\nfor _ in range(3): print(random.gauss(0, 1))',
      'import numpy as np\nfor _ in range(3): print(float(np.random.randn()))'
    ],
    {
      events: {
        1: [kept(0, 'python', 'start', python[0].digest)],
        '-2': [kept(2, 'numpy', 'import', numpy[0].digest)],
        0: [
          changed(1, 'python', python[0].digest, python[1].digest),
          changed(2, 'numpy', numpy[0].digest, numpy[1].digest)
        ]
      }
    }
  );
  expect(out).toBe([...python[0].draws, ...numpy[0].draws].map(value => `${value}\n`).join(''));
  expect(problems.filter(text => text.includes('random'))).toEqual([]);
});

test('a stream that no cell drew from is left alone', async () => {
  const { script } = await run(['x = 1'], {
    events: { 1: [kept(0, 'python', 'start', python[0].digest)] }
  });
  expect(script).not.toContain('_nb.restore');
});

test('a cell without an end may have drawn, so its streams are put back too', async () => {
  const { out } = await run(
    [{ source: 'import random\nprint(random.gauss(0, 1))', ended: false, status: 'running' }],
    { events: { 1: [kept(0, 'python', 'start', python[1].digest)] } }
  );
  expect(out).toBe(`${python[1].draws[0]}\n`);
});

test('only a state that does not come about by itself is put back in the middle', async () => {
  const [one, two] = python;
  const cell = 'import random\nfor _ in range(3): print(random.gauss(0, 1))';
  const states = (between: string) =>
    run([cell, cell], {
      events: {
        1: [kept(0, 'python', 'start', one.digest)],
        0: [
          kept(2, 'python', 'before', two.digest),
          changed(1, 'python', one.digest, between),
          changed(2, 'python', two.digest, one.digest)
        ]
      }
    });
  const [followed, broken] = [await states(two.digest), await states(one.digest)];
  expect(followed.script.match(/_nb\.restore\("/g)).toHaveLength(1);
  expect(broken.script.match(/_nb\.restore\("/g)).toHaveLength(2);
  const expected = [...one.draws, ...two.draws].map(value => `${value}\n`).join('');
  expect([followed.out, broken.out]).toEqual([expected, expected]);
});

test('what the system seeded anew is put back for the next cell', async () => {
  const { out } = await run(['import random\nrandom.seed()', 'print(random.gauss(0, 1))'], {
    events: {
      2: [
        changed(1, 'python', python[0].digest, python[1].digest),
        kept(1, 'python', 'after', python[1].digest)
      ]
    }
  });
  expect(out).toBe(`${python[1].draws[0]}\n`);
});

test('a state that is missing is said, and the script runs', async () => {
  const { problems, code } = await run(['import random\nx = random.random()'], {
    events: { 1: [kept(0, 'python', 'start', 'f'.repeat(64)), changed(1, 'python', 'a', 'b')] }
  });
  expect(code).toBe(0);
  expect(problems.join()).toContain('A state of the random numbers of python is missing');
});

test('generators without a seed begin with the entropy of their cell, in order', async () => {
  const cell =
    'import numpy as np\nprint([np.random.default_rng().bit_generator.seed_seq.entropy for _ in "ab"])';
  const entropy = (n: number, ...values: string[]) => ({ event: 'entropy', n, values });
  const { out } = await run([cell, 'pass', cell], {
    events: { 2: [entropy(1, 'ff'), entropy(1, 'a0')], 0: [entropy(3, '1', '2')] }
  });
  expect(out).toBe('[255, 160]\n[1, 2]\n');
});

test('what a training loop asked of the system stands at the end of the script, and not among the cells', async () => {
  const cell =
    'import os\nos.chdir("..")\nimport numpy as np\n' +
    'print([np.random.default_rng().bit_generator.seed_seq.entropy for _ in range(5)])';
  const values = ['1', 'ff', '3', '4', '10'];
  const { script, out, code } = await run([cell, 'print("after")'], {
    events: { 1: [{ event: 'entropy', n: 1, values }] }
  });
  expect(out).toBe('[1, 255, 3, 4, 16]\nafter\n');
  expect(code).toBe(0);
  expect(script.indexOf('#: 1 1 ff 3\n#: 1 4 10\n')).toBeGreaterThan(
    script.indexOf('print("after")')
  );
});

test('events that are not as they should be do no harm', async () => {
  const { code } = await run(['print(1)'], {
    events: {
      1: [
        { event: 'random', n: 1, streams: [null] },
        { event: 'random', n: 1, streams: { python: null } },
        { event: 'random_state', n: 1 },
        { event: 'entropy', n: 1, values: ['x)', 3, null] },
        { event: 'entropy', n: 1, values: 'ff' },
        kept(0, 'python', 'start', python[0].digest)
      ]
    }
  });
  expect(code).toBe(0);
});

test('a state stands at the end of the script, in lines that an editor shows', async () => {
  const { script } = await run(['import random\nprint(random.gauss(0, 1))'], {
    events: {
      1: [kept(0, 'python', 'start', python[0].digest)],
      0: [changed(1, 'python', python[0].digest, python[1].digest)]
    }
  });
  const [above = '', below = ''] = script.split('# %% Recorded\n');
  expect(above).toContain('_nb.restore("python", _nb.recorded("python"))\n');
  expect(below).toContain('#: python ');
  expect(Math.max(...script.split('\n').map(line => line.length))).toBeLessThan(120);
});
