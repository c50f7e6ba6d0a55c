// A personal notebook: ridge regression by the normal equations, cross-validated over lambda, mean and deviation.
// %%
type Matrix = number[][];
const transpose = (A: Matrix): Matrix => A[0].map((_, j) => A.map(row => row[j]));
const matmul = (A: Matrix, B: Matrix): Matrix => A.map(row => B[0].map((_, j) => row.reduce((s, a, k) => s + a * B[k][j], 0)));
function solve(A: Matrix, b: number[]): number[] {
  const M = A.map((row, i) => [...row, b[i]]);
  const n = M.length;
  for (let i = 0; i < n; i++) {
    let p = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(M[r][i]) > Math.abs(M[p][i])) p = r;
    [M[i], M[p]] = [M[p], M[i]];
    for (let r = i + 1; r < n; r++) {
      const f = M[r][i] / M[i][i];
      for (let c = i; c <= n; c++) M[r][c] -= f * M[i][c];
    }
  }
  const x = new Array(n).fill(0);
  for (let i = n - 1; i >= 0; i--) x[i] = (M[i][n] - M[i].slice(i + 1, n).reduce((s, v, k) => s + v * x[i + 1 + k], 0)) / M[i][i];
  return x;
}
// %%
const gauss = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
function makeData(n: number, noise: number) {
  const X: Matrix = [], y: number[] = [];
  for (let i = 0; i < n; i++) {
    const row = Array.from({ length: 6 }, gauss);
    X.push([1, ...row]);
    y.push(2 + 3 * row[0] - 1.5 * row[1] + 0.5 * row[2] + noise * gauss());
  }
  return { X, y };
}
const { X, y } = makeData(90, 0.8);
console.log(`${X.length} samples, ${X[0].length - 1} features`);
// %%
function ridge(X: Matrix, y: number[], lambda: number): number[] {
  const Xt = transpose(X);
  const A = matmul(Xt, X);
  for (let i = 1; i < A.length; i++) A[i][i] += lambda;
  return solve(A, Xt.map(col => col.reduce((s, v, i) => s + v * y[i], 0)));
}
const predict = (X: Matrix, w: number[]) => X.map(row => row.reduce((s, v, j) => s + v * w[j], 0));
const mse = (y: number[], p: number[]) => y.reduce((s, v, i) => s + (v - p[i]) ** 2, 0) / y.length;
const mean = (xs: number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;
const std = (xs: number[]) => Math.sqrt(mean(xs.map(x => (x - mean(xs)) ** 2)));
// %% #cv
const nFolds = 5;
const lambdas = [0.01, 0.1, 1, 10, 100];
const cvMean: Record<string, number> = {};
for (const lambda of lambdas) {
  const scores: number[] = [];
  for (let f = 0; f < nFolds; f++) {
    const isTest = (_: unknown, i: number) => i % nFolds === f;
    const isTrain = (_: unknown, i: number) => i % nFolds !== f;
    const w = ridge(X.filter(isTrain), y.filter(isTrain), lambda);
    scores.push(mse(y.filter(isTest), predict(X.filter(isTest), w)));
  }
  cvMean[lambda] = mean(scores);
  console.log(`lambda=${lambda}: mse ${mean(scores).toFixed(4)} ± ${std(scores).toFixed(4)}`);
}
// %%
const bestLambda = lambdas.reduce((a, b) => (cvMean[b] < cvMean[a] ? b : a));
const w = ridge(X, y, bestLambda);
console.log('weights', w.map(v => v.toFixed(3)).join(' '));
mse(y, predict(X, w))
