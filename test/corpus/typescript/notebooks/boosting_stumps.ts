// A personal notebook: gradient boosting of stumps, learning rates compared in an object of objects.
// %%
const N = 150;
const xs = Array.from({ length: N }, () => Math.random() * 6);
const ys = xs.map(x => Math.sin(x) + 0.2 * (Math.random() - 0.5));
type Stump = { split: number; left: number; right: number };
const mean = (v: number[]) => (v.length ? v.reduce((a, b) => a + b, 0) / v.length : 0);
function fitStump(x: number[], r: number[]): Stump {
  let best: Stump = { split: 0, left: 0, right: mean(r) }, bestErr = Infinity;
  for (let split = 0.25; split < 6; split += 0.25) {
    const left = mean(r.filter((_, i) => x[i] < split)), right = mean(r.filter((_, i) => x[i] >= split));
    const err = r.reduce((s, v, i) => s + (v - (x[i] < split ? left : right)) ** 2, 0);
    if (err < bestErr) { bestErr = err; best = { split, left, right }; }
  }
  return best;
}
// %%
interface BoostOptions { nEstimators: number; learningRate: number; verbose?: boolean }
function boost(x: number[], y: number[], { nEstimators, learningRate, verbose = false }: BoostOptions) {
  let pred = y.map(() => mean(y));
  const stumps: Stump[] = [];
  for (let m = 1; m <= nEstimators; m++) {
    const stump = fitStump(x, y.map((v, i) => v - pred[i]));
    stumps.push(stump);
    pred = pred.map((p, i) => p + learningRate * (x[i] < stump.split ? stump.left : stump.right));
    if (verbose && m % 10 === 0) console.log(`[${m}]\ttrain-mse:${mean(y.map((v, i) => (v - pred[i]) ** 2)).toFixed(5)}`);
  }
  return { stumps, mse: mean(y.map((v, i) => (v - pred[i]) ** 2)) };
}
// %%
const model = boost(xs, ys, { nEstimators: 50, learningRate: 0.1, verbose: true });
// %%
const comparison: Record<string, { mse: number; trees: number }> = {};
for (const lr of [0.05, 0.1, 0.5]) {
  const { mse, stumps } = boost(xs, ys, { nEstimators: 30, learningRate: lr });
  comparison[`lr ${lr}`] = { mse, trees: stumps.length };
}
console.table(comparison);
