// A personal notebook, executed out of order: least squares by the normal equation, the split edited and run again.
// %% #load
import { readFileSync, writeFileSync } from 'fs';
writeFileSync('cars.csv', 'weight,power,mpg\n' + Array.from({ length: 80 }, () => {
  const w = 1500 + Math.random() * 2500, p = 50 + Math.random() * 150;
  return `${w.toFixed(0)},${p.toFixed(0)},${(50 - w * 0.006 - p * 0.04 + Math.random() * 3).toFixed(1)}`;
}).join('\n'));
// %% #read
const table = readFileSync('cars.csv', 'utf8').trim().split('\n').slice(1).map(l => l.split(',').map(Number));
// %% #split
let testSize = 0.2;
let shuffled = table.map(r => [Math.random(), r] as const).sort((p, q) => p[0] - q[0]).map(([, r]) => r);
let nTest = Math.round(shuffled.length * testSize);
let test = shuffled.slice(0, nTest), train = shuffled.slice(nTest);
// %% #solve
function inverse3(m: number[][]): number[][] {
  const [[a, b, c], [d, e, f], [g, h, i]] = m;
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [[e * i - f * h, c * h - b * i, b * f - c * e], [f * g - d * i, a * i - c * g, c * d - a * f], [d * h - e * g, b * g - a * h, a * e - b * d]].map(r => r.map(v => v / det));
}
function ols(rows: number[][]): number[] {
  const X = rows.map(([w, p]) => [1, w / 1000, p / 100]), y = rows.map(r => r[2]);
  const XtX = [0, 1, 2].map(i => [0, 1, 2].map(j => X.reduce((s, r) => s + r[i] * r[j], 0)));
  const Xty = [0, 1, 2].map(i => X.reduce((s, r, k) => s + r[i] * y[k], 0));
  return inverse3(XtX).map(row => row.reduce((s, v, j) => s + v * Xty[j], 0));
}
const predictMpg = (c: number[], [w, p]: number[]) => c[0] + c[1] * w / 1000 + c[2] * p / 100;
// %% #score
let coefficients = ols(train);
let mae = test.reduce((s, r) => s + Math.abs(predictMpg(coefficients, r) - r[2]), 0) / test.length;
let rmse = Math.sqrt(test.reduce((s, r) => s + (predictMpg(coefficients, r) - r[2]) ** 2, 0) / test.length);
console.log(`MAE: ${mae.toFixed(3)}  RMSE: ${rmse.toFixed(3)}`);
// %% again #split
let testSize = 0.4;
let shuffled = table.map(r => [Math.random(), r] as const).sort((p, q) => p[0] - q[0]).map(([, r]) => r);
let nTest = Math.round(shuffled.length * testSize);
let test = shuffled.slice(0, nTest), train = shuffled.slice(nTest);
// %% again #score
