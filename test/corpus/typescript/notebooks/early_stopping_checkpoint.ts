// A personal notebook: a network with early stopping, a decaying rate, checkpoints in JSON.
// %%
import * as fs from 'fs';
const CONFIG = { hidden: 6, lr: 0.3, decay: 0.98, maxEpochs: 80, patience: 6 };
const make = (n: number) => Array.from({ length: n }, () => { const x = Math.random() * 2 - 1; return { x, y: x * x + 0.05 * (Math.random() - 0.5) }; });
const train = make(60), valid = make(30);
// %%
const weights = { a: Array.from({ length: CONFIG.hidden }, () => Math.random() * 2 - 1), b: Array.from({ length: CONFIG.hidden }, () => Math.random() * 2 - 1), c: Array<number>(CONFIG.hidden).fill(0.1), d: 0 };
const predict = (w: typeof weights, x: number) => w.a.reduce((s, a, i) => s + w.c[i] * Math.tanh(a * x + w.b[i]), w.d);
const lossOf = (w: typeof weights, set: typeof train) => set.reduce((s, p) => s + (predict(w, p.x) - p.y) ** 2, 0) / set.length;
// %%
let bestLoss = Infinity, wait = 0, lr = CONFIG.lr, stoppedAt = 0;
for (let epoch = 1; epoch <= CONFIG.maxEpochs; epoch++) {
  for (const { x, y } of train) {
    const e = predict(weights, x) - y;
    for (let i = 0; i < CONFIG.hidden; i++) {
      const h = Math.tanh(weights.a[i] * x + weights.b[i]);
      const g = e * weights.c[i] * (1 - h * h);
      weights.c[i] -= lr * e * h;
      weights.a[i] -= lr * g * x;
      weights.b[i] -= lr * g;
    }
    weights.d -= lr * e;
  }
  lr *= CONFIG.decay;
  const val = lossOf(weights, valid);
  console.log(`Epoch ${epoch}/${CONFIG.maxEpochs} - loss: ${lossOf(weights, train).toFixed(5)} - val_loss: ${val.toFixed(5)} - lr: ${lr.toFixed(4)}`);
  if (val < bestLoss) {
    bestLoss = val; wait = 0;
    fs.writeFileSync('best.json', JSON.stringify(weights));
    console.log('  saved checkpoint');
  } else if (++wait > CONFIG.patience) { stoppedAt = epoch; console.log('early stop'); break; }
}
// %%
const restored = JSON.parse(fs.readFileSync('best.json', 'utf8'));
console.log('restored val loss', lossOf(restored, valid).toFixed(5), 'best', bestLoss.toFixed(5));
