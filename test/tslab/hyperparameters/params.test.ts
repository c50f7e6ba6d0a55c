/** Params that flow into what cells train; the cases are those of `params.json` that TypeScript has too. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { History } from '../../../src/tslab/hyperparameters/collect.js';
import { mayTrain } from '../../../src/tslab/hyperparameters/likely.js';
import { readStatements } from '../../../src/tslab/hyperparameters/statements.js';
import { vocabulary } from '../../../src/tslab/hyperparameters/vocabulary.js';
import { Reading } from '../../../src/tslab/syntax/reading.js';
import { compile } from '../compiler.js';

const LOOP = 'let w = 0; for (let epoch = 0; epoch < epochs; epoch++) { w = w - lr * (w - 3) }';

const CASES: Array<[name: string, cells: string[], params: Record<string, unknown>]> = [
  ['names read by the training cell', ['const lr = 0.1, epochs = 3', LOOP], { lr: 0.1, epochs: 3 }],
  [
    'arithmetic of literals',
    ['const lr = 1e-1 / 2; const epochs = 2 ** 3 - 5', LOOP],
    { lr: 0.05, epochs: 3 }
  ],
  [
    'names in the training cell itself',
    [`const lr: number = 0.1; const epochs = 3; ${LOOP}`],
    { lr: 0.1, epochs: 3 }
  ],
  [
    'a simulation that goes through rounds',
    [
      'const samples = 5000; const radius = 1',
      'let inside = 0; for (let i = 0; i < samples; i++) if (Math.random() ** 2 < radius) inside++'
    ],
    { samples: 5000, radius: 1 }
  ],
  [
    'a method that goes through generations',
    [
      'const mutationRate = 0.08; const generations = 15',
      'class Population { best = 0; evolve(n: number) { for (let generation = 1; generation <= n; generation++)' +
        ' this.best = Math.random() < mutationRate ? this.best : generation } }',
      'const population = new Population(); population.evolve(generations)'
    ],
    { mutationRate: 0.08, generations: 15 }
  ],
  [
    'an annealing that is given its settings as an object, though nothing moves by a product',
    [
      'function anneal(opts: any) { let best = 1, t = opts.tStart; while (t > opts.tEnd) { best = Math.random(); t = t / 2 } return best }',
      'const result = anneal({ tStart: 50, tEnd: 0.01, movesPerTemp: 100 })'
    ],
    { 'anneal.tStart': 50, 'anneal.tEnd': 0.01, 'anneal.movesPerTemp': 100 }
  ],
  [
    'what makes the data has no settings of the training',
    [
      'const normal = (mu: number, sd: number) => mu + sd * Math.random()',
      'const blob = (cx: number, label: number, n: number) => Array.from({ length: n }, () => [cx + normal(1, 2), label])',
      'const points: number[][] = []; points.push(...blob(2, 1, 40)); const hidden = (n: number, units = 4) => Array(units).fill(n)',
      'const lr = 0.1; const layer = hidden(2, 8); let w = 0; for (const [x] of points) { w -= lr * (w - x) * layer.length }'
    ],
    { lr: 0.1, 'hidden.units': 8 }
  ],
  [
    'a bootstrap that draws so often',
    [
      'const nBoot = 2000; const xs = [1.5, 2.5, 4]',
      'const means: number[] = []; for (let b = 0; b < nBoot; b++) means.push(xs[Math.floor(Math.random() * 3)])'
    ],
    { nBoot: 2000 }
  ],
  [
    'a bootstrap that makes a list of so many means',
    [
      'const nBoot = 2000; const xs = [1.5, 2.5, 4]',
      'const again = () => xs.map(() => xs[Math.floor(Math.random() * 3)])',
      'const means = Array.from({ length: nBoot }, () => again().reduce((a, b) => a + b, 0) / 3)'
    ],
    { nBoot: 2000 }
  ],
  [
    'through functions',
    [
      'const lr = 0.1, epochs = 3',
      'function step(w: number) { return w - lr * (w - 3) }',
      'let w = 0; for (let i = 0; i < epochs; i++) { w = w - 0.5 * step(w) }'
    ],
    { lr: 0.1, epochs: 3 }
  ],
  [
    'through a method of a class of the notebook',
    [
      'const lr = 0.1; const rounds = 4',
      'class Model { w = 0; step() { this.w -= lr * (this.w - 3) } }',
      'const model = new Model(); for (let i = 0; i < rounds; i++) { model.step() }'
    ],
    { lr: 0.1, rounds: 4 }
  ],
  [
    'a vector that is moved',
    [
      'const lr = 0.1, epochs = 3; let w = [0, 0]',
      'for (let e = 0; e < epochs; e++) { const g = w.map(v => v - 3); w = w.map((v, i) => v - lr * g[i]) }'
    ],
    { lr: 0.1, epochs: 3 }
  ],
  [
    'a vector that is moved in place',
    [
      'const lr = 0.1, epochs = 3; const w = new Float64Array(2)',
      'for (let e = 0; e < epochs; e++) { for (let i = 0; i < w.length; i++) { w[i] -= lr * (w[i] - 3) } }'
    ],
    { lr: 0.1, epochs: 3 }
  ],
  [
    'not what functions of the language are called with',
    [
      'const lr = 0.1; var series: number[]; const o: any = {}',
      "series = Array.from({ length: 120 }, (_, t) => t); Object.defineProperty(o, 'x', { value: 5 }); " +
        'let w = 0; for (let epoch = 0; epoch < 3; epoch++) { w = w - lr * (w - series.length + o.x) }'
    ],
    { lr: 0.1, epochs: 3 }
  ],
  [
    'not how long a loop waits',
    [
      'const sleep = (ms: number) => new Promise(done => setTimeout(done, ms)); const lr = 0.1',
      'let w = 0; for (let epoch = 0; epoch < 3; epoch++) { w = w - lr * (w - 3); await sleep(5) }'
    ],
    { lr: 0.1, epochs: 3 }
  ],
  [
    'the latest of several values',
    ['let lr = 0.5; const epochs = 3', 'lr = 0.1', LOOP],
    { lr: 0.1, epochs: 3 }
  ],
  [
    'an object of settings',
    [
      'const config = { optimizer: { lr: 0.1, momentum: 0.9 }, epochs: 3 }',
      LOOP.replace('epochs;', 'config.epochs;').replace('lr *', 'config.optimizer.lr *')
    ],
    { 'optimizer.lr': 0.1, 'optimizer.momentum': 0.9, epochs: 3 }
  ],
  [
    'arguments and defaults of a function of the notebook',
    [
      'function train(lr = 0.1, epochs = 3) { let w = 0; for (let i = 0; i < epochs; i++) { w = w - lr * (w - 3) } return w }',
      'train(0.25)'
    ],
    { 'train.lr': 0.25, 'train.epochs': 3 }
  ],
  [
    'arguments of a class of the notebook, and its defaults',
    [
      'class Regression { w = 0; constructor(private rate = 0.01, private iterations = 100, readonly l2 = 0.001) {}\n' +
        'fit(y: number) { for (let i = 0; i < this.iterations; i++) { this.w -= this.rate * (this.w - y) } } }',
      'const model = new Regression(0.1, 50); model.fit(Math.random())'
    ],
    { 'Regression.rate': 0.1, 'Regression.iterations': 50, 'Regression.l2': 0.001 }
  ],
  [
    'what a function of the notebook is called with that goes through rounds, outside of a loop',
    [
      'function cluster(k: number, maxIter = 20) { let w = 0; for (let iter = 0; iter < maxIter; iter++) w += k; return w }',
      'const found = cluster(3)'
    ],
    { 'cluster.k': 3, 'cluster.maxIter': 20 }
  ],
  [
    'rounds until something is reached',
    [
      'const mutationRate = 0.02; const maxGenerations = 60; let best = 0',
      'let generation = 0; while (generation < maxGenerations && best < 1) ' +
        '{ best = Math.random() < mutationRate ? 1 : best; generation++ }'
    ],
    { mutationRate: 0.02, maxGenerations: 60 }
  ],
  [
    'not what a loop begins to count with',
    [
      'function cluster(k: number, maxIter = 20) { let w = 0; for (let iter = 0; iter < maxIter; iter++) w += k; return w }',
      'const inertias: number[] = []; for (let k = 1; k <= 6; k++) inertias.push(cluster(k))'
    ],
    { 'cluster.maxIter': 20 }
  ],
  [
    'what is measured by a function of the notebook, without any training',
    [
      'const testSize = 0.2; const unused = 7',
      'const rows = [1, 2, 3, 4, 5].map(() => Math.random()); const cut = Math.round(rows.length * testSize)',
      'const mean = (of: number[]) => of.reduce((a, b) => a + b, 0) / of.length',
      'const mae = mean(rows.slice(cut)); const other = mean(rows)'
    ],
    { testSize: 0.2 }
  ],
  [
    'what a loop tries',
    [
      'function evaluate(lr: number, { trees }: { trees: number }) { return lr * trees }',
      'for (const lr of [0.05, 0.1]) { console.log(evaluate(lr, { trees: 30 })) }'
    ],
    { lr: [0.05, 0.1], 'evaluate.trees': 30 }
  ],
  [
    'not what is counted up from where it begins',
    [
      'function draws(n: number, rate: number) { let k = 0; for (let i = 0; i < n; i++) if (Math.random() < rate) k++; return k }',
      'const days = 9; let sick = 1; for (let day = 0; day < days; day++) sick += draws(sick, 0.2)'
    ],
    { days: 9, 'draws.rate': 0.2 }
  ],
  [
    'the parts of a network together, without its output, and what an optimizer takes by place',
    [
      'const tf: any = { layers: { dense() {}, dropout() {} }, train: { adam() {} } }; const model: any = { add() {}, compile() {}, fit() {} }',
      "model.add(tf.layers.dense({ units: 12, activation: 'relu', inputShape: [2] })); model.add(tf.layers.dropout({ rate: 0.2 }));" +
        'model.add(tf.layers.dense({ units: 8 })); model.add(tf.layers.dense({ units: 1 }))',
      'model.compile({ optimizer: tf.train.adam(0.05) }); model.fit([1], [2], { epochs: 6 })'
    ],
    { 'dense.units': [12, 8], dropout: 0.2, 'adam.learningRate': 0.05, 'fit.epochs': 6 }
  ],
  [
    'a second training where it differs from the first, but of a cell that was edited the last one',
    [
      'function train(lr: number, epochs = 3) { let w = 0; for (let i = 0; i < epochs; i++) { w = w - lr * (w - 3) } return w }',
      'var a = train(0.5)',
      'var a = train(0.1); const b = train(0.2); const c = a + b'
    ],
    { 'train.lr': 0.1, 'train[2].lr': 0.2, 'train.epochs': 3 }
  ],
  [
    'what a library chooses from by a word',
    [
      'class Tree { constructor(readonly options: object) {} train(x: number[]) { return x } }; const library: any = { Tree }',
      "const tree = new library.Tree({ gainFunction: 'gini', maxDepth: 4, path: 'a.csv', title: 'mine' }); tree.train([1])"
    ],
    { 'Tree.gainFunction': 'gini', 'Tree.maxDepth': 4 }
  ],
  [
    'nothing: the step of a world',
    [
      'const size = 4; function step(state: number) { return { next: (state + 1) % size, done: state > 2 } }',
      'let state = 0; for (let i = 0; i < 100; i++) { state = step(state).next }'
    ],
    {}
  ],
  [
    'objects that are given to a library',
    [
      'const model: any = { fit() {}, compile() {} }',
      'model.fit([1], [2], { epochs: 2, batchSize: 10, verbose: 0 })'
    ],
    { 'fit.epochs': 2, 'fit.batchSize': 10 }
  ],
  [
    'a loop over a literal number of epochs',
    ['const lr = 0.1', LOOP.replace('< epochs', '< 5')],
    { lr: 0.1, epochs: 5 }
  ],
  [
    'accumulators are none',
    [
      'const lr = 0.1, epochs = 3; let total = 0; let best = 1',
      LOOP.replace('}', '; total += w; best = Math.min(best, w) }')
    ],
    { lr: 0.1, epochs: 3 }
  ],
  [
    'paths, plots and names are none',
    ["const lr = 0.1, epochs = 3; const path = './x.csv'; const ymax = 5; const title = 'a'", LOOP],
    { lr: 0.1, epochs: 3 }
  ],
  [
    'what the training does not use is none',
    ['const lr = 0.1, epochs = 3; const threshold = 0.4', LOOP],
    { lr: 0.1, epochs: 3 }
  ],
  [
    'a configuration that was edited and executed again',
    [
      'let config = { lr: 0.1, epochs: 3 }',
      'config = { lr: 0.2, epochs: 3 }',
      'let w = 0; for (let i = 0; i < config.epochs; i++) { w = w - config.lr * (w - 3) }'
    ],
    { lr: 0.2, epochs: 3 }
  ],
  [
    'seeds are recorded as seeds',
    ['const lr = 0.1, epochs = 3; const seed = 7; Math.sqrt(seed)', LOOP],
    { lr: 0.1, epochs: 3 }
  ],
  ['nothing: names without training', ['const lr = 0.1, epochs = 3', 'lr * epochs'], {}],
  ['nothing: a loop that sums', ['let sum = 0; for (let i = 0; i < 10; i++) { sum += i * 2 }'], {}],
  [
    'nothing: a function is defined but never called',
    ['function train(lr = 0.1) { let w = 0; for (let i = 0; i < 3; i++) { w = w - lr * w } }'],
    {}
  ]
];

test.each(CASES)('%s', (_, cells, params) => {
  const history = new History();
  let found: ReadonlyArray<{ key: string; value: unknown }> = [];
  for (const code of compile(...cells)) {
    const isLikely = mayTrain(code, history);
    found = history.params(readStatements(new Reading(code).tree!));
    // Else the cell would not be read before it runs.
    expect(isLikely || found.length === 0).toBe(true);
  }
  expect(Object.fromEntries(found.map(({ key, value }) => [key, value]))).toEqual(params);
});

test('a cell that was executed again as it was gives its params once, with the last values', () => {
  const history = new History();
  const [first, second, loop] = compile(
    'let config = { lr: 0.1, epochs: 3 }',
    'config = { lr: 0.2, epochs: 4 }',
    'let w = 0; for (let i = 0; i < config.epochs; i++) { w = w - config.lr * (w - 3) }'
  ).map(code => readStatements(new Reading(code).tree!));
  const params = [first, loop, second, loop, first, loop].map(statements =>
    history.params(statements).map(({ key, value }) => [key, value])
  );
  expect(params.filter(one => one.length > 0).map(one => Object.fromEntries(one))).toEqual([
    { lr: 0.1, epochs: 3 },
    { lr: 0.2, epochs: 4 },
    { lr: 0.1, epochs: 3 }
  ]);
});

test('the words are those of Python', () => {
  const file = new URL(
    '../../../backtrail/tracker/hyperparameters/vocabulary.json',
    import.meta.url
  );
  const python = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>;
  for (const [name, mine] of Object.entries(vocabulary)) {
    expect([...mine].sort(), name).toEqual([...new Set(python[name].join(' ').split(' '))].sort());
  }
});
