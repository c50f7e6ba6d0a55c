// A statistics notebook in JavaScript: a bootstrap interval for a difference, and a permutation test.
// %%
const normal = (mu, sd) => mu + sd * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
const control = Array.from({ length: 80 }, () => normal(20, 5));
const treated = Array.from({ length: 75 }, () => normal(22.5, 5.5));
const mean = xs => xs.reduce((a, b) => a + b, 0) / xs.length;
const quantile = (xs, q) => { const s = [...xs].sort((a, b) => a - b); const i = q * (s.length - 1); const lo = Math.floor(i); return s[lo] + (i - lo) * ((s[lo + 1] ?? s[lo]) - s[lo]); };
// %%
console.log('mean control', mean(control).toFixed(2));
console.log('mean treated', mean(treated).toFixed(2));
// %%
const nBoot = 2000;
const level = 0.95;
const resample = xs => xs.map(() => xs[Math.floor(Math.random() * xs.length)]);
const diffs = [];
for (let b = 0; b < nBoot; b++) {
  diffs.push(mean(resample(treated)) - mean(resample(control)));
}
const lower = quantile(diffs, (1 - level) / 2);
const upper = quantile(diffs, 1 - (1 - level) / 2);
console.log(`difference ${(mean(treated) - mean(control)).toFixed(3)}, 95% CI [${lower.toFixed(3)}, ${upper.toFixed(3)}]`);
// %%
function permutationTest(a, b, nPerm = 1000) {
  const observed = Math.abs(mean(a) - mean(b));
  const pooled = [...a, ...b];
  let extreme = 0;
  for (let i = 0; i < nPerm; i++) {
    for (let k = pooled.length - 1; k > 0; k--) { const j = Math.floor(Math.random() * (k + 1)); [pooled[k], pooled[j]] = [pooled[j], pooled[k]]; }
    if (Math.abs(mean(pooled.slice(0, a.length)) - mean(pooled.slice(a.length))) >= observed) extreme++;
  }
  return { observed, pValue: (extreme + 1) / (nPerm + 1) };
}
const test = permutationTest(treated, control, 1500);
console.log(`p-value: ${test.pValue.toExponential(2)}`);
// %%
const pooledSd = Math.sqrt((treated.reduce((s, x) => s + (x - mean(treated)) ** 2, 0) + control.reduce((s, x) => s + (x - mean(control)) ** 2, 0)) / (treated.length + control.length - 2));
const cohensD = (mean(treated) - mean(control)) / pooledSd;
cohensD
