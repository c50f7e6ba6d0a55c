// A course notebook: logistic regression by Newton's method beside gradient descent, losses with exponents.
// %%
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const trueTheta = [-0.5, 1.7];
const xs: number[] = Array.from({ length: 200 }, () => Math.random() * 6 - 3);
const ys: number[] = xs.map(x => (Math.random() < sigmoid(trueTheta[0] + trueTheta[1] * x) ? 1 : 0));
// %%
const nll = (theta: number[]) => -xs.reduce((s, x, i) => { const p = sigmoid(theta[0] + theta[1] * x); return s + (ys[i] ? Math.log(p) : Math.log(1 - p)); }, 0) / xs.length;
function gradient(theta: number[]): number[] {
  const g = [0, 0];
  xs.forEach((x, i) => { const e = sigmoid(theta[0] + theta[1] * x) - ys[i]; g[0] += e / xs.length; g[1] += (e * x) / xs.length; });
  return g;
}
// %% #descent
const learningRate = 0.5;
const maxIter = 100;
let theta = [0, 0];
for (let iter = 0; iter <= maxIter; iter++) {
  const g = gradient(theta);
  theta = theta.map((t, j) => t - learningRate * g[j]);
  if (iter % 20 === 0) console.log(`iter ${iter} | loss ${nll(theta).toExponential(4)} | grad norm ${Math.hypot(...g).toExponential(3)}`);
}
// %% #newton
const tol = 1e-8;
let newton = [0, 0];
for (let iteration = 1; iteration <= 10; iteration++) {
  const g = gradient(newton);
  let a = 0, b = 0, c = 0;
  for (const x of xs) { const p = sigmoid(newton[0] + newton[1] * x); const w = (p * (1 - p)) / xs.length; a += w; b += w * x; c += w * x * x; }
  const det = a * c - b * b;
  newton = [newton[0] - (c * g[0] - b * g[1]) / det, newton[1] - (a * g[1] - b * g[0]) / det];
  console.log(`iteration ${iteration}: residual = ${Math.hypot(...g).toExponential(2)}`);
  if (Math.hypot(...g) < tol) break;
}
// %%
const gap = Math.hypot(newton[0] - theta[0], newton[1] - theta[1]);
console.log('final loss', nll(newton));
[theta, newton]
