import { expect, test } from 'vitest';
import { record, sha256 } from './log.js';
import { ask, replay } from './python.js';

/** The page with a script in full: `npx vitest run test/reproduce/exported.test.ts --update` writes it anew. */
const SHOWN = '../../docs/exported-script.md';

const { before, after, sample } = ask(
  `
import json, random
from backtrail.tracker import streams
random.seed(11)
stream = streams.PythonStream()
look = lambda: {"text": streams.text_of(stream()).decode(), "digest": streams.digest(stream())}
before = look()
sample = random.sample([2.5, 1.5, 4.0, 3.0], 3)
print(json.dumps({"before": before, "after": look(), "sample": sample}))`,
  null
);

const DATA = '2.5\n1.5\n4.0\n3.0\n';
const PACKAGES = JSON.stringify({ numpy: '2.4.6', 'scikit-learn': '1.9.1' });
const CELLS = [
  '%matplotlib inline\nimport random\nimport numpy as np',
  'rows = [float(line) for line in open("data.csv")]\nlen(rows)',
  'note = "tried with the whole table before: too slow"',
  'chosen = random.sample(rows, 3)',
  'loss = float(np.mean(chosen))\nprint("loss:", loss)'
];

const value = { type: 'list', seen: 'exact', fingerprint: '00' };
const touched = (n: number, reads: string[], ...bound: string[]) => ({
  event: 'variables',
  n,
  reads,
  bound: Object.fromEntries(bound.map(name => [name, value]))
});

const options = record(CELLS, {
  points: [{ step: 0, time: 1795424400, cell: 5, loss: 2.5 }],
  blobs: { [before.digest]: before.text, [sha256(PACKAGES)]: PACKAGES },
  events: {
    1: [
      {
        event: 'environment',
        python: '3.11.4',
        packages: sha256(PACKAGES),
        threads: { 'numpy.openblas': 4 },
        variables: { PYTHONHASHSEED: '7' }
      },
      {
        event: 'random_state',
        n: 0,
        stream: 'python',
        at: 'start',
        state: before.digest
      }
    ],
    [-1]: [
      { event: 'imports', n: 1, packages: { numpy: '2.4.6' } },
      touched(1, [], 'random', 'np')
    ],
    [-2]: [
      {
        event: 'input',
        run: '20261123-100001000-bbbb',
        path: 'data.csv',
        sha256: sha256(DATA),
        cell: 2
      },
      touched(2, [], 'rows', '_2')
    ],
    [-3]: [touched(3, [], 'note')],
    [-4]: [
      {
        event: 'random',
        n: 4,
        streams: { python: { before: before.digest, after: after.digest } }
      },
      touched(4, ['random', 'rows'], 'chosen')
    ],
    [-5]: [
      { event: 'outputs', n: 5, rules: 2, streams: {}, displays: [] },
      touched(5, ['np', 'chosen'], 'loss')
    ]
  }
});

const page = (script: string) => `# An exported script

What \`backtrail export\` writes for a run of five cells, one of which its results do not need. A test writes this page, and runs the script.

\`\`\`python
${script}\`\`\`
`;

test('the script in the docs is what a run is exported as, and gives what the notebook gave', async () => {
  const { script, problems, code, out, err } = await replay(
    { ...options, metricCells: [5], whole: false },
    { 'data.csv': DATA }
  );
  await expect(page(script)).toMatchFileSnapshot(SHOWN);
  expect([problems, code, err]).toEqual([[], 0, '']);
  const mean = (sample as number[]).reduce((sum, one) => sum + one) / 3;
  expect(out).toBe(`4\nloss: ${mean}\n`);
  expect(script).not.toContain('too slow');
});
