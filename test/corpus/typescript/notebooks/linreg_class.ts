// A course notebook: linear regression in a class, with gradient descent, standardised features, a test split.
// %%
import * as fs from 'fs';
// %%
const header = 'area,rooms,age,price';
const lines = [header];
for (let i = 0; i < 120; i++) {
  const area = 40 + Math.random() * 120;
  const rooms = 1 + Math.floor(Math.random() * 5);
  const age = Math.floor(Math.random() * 60);
  lines.push([area.toFixed(1), rooms, age, (1500 * area + 8000 * rooms - 600 * age + Math.random() * 20000).toFixed(0)].join(','));
}
fs.writeFileSync('houses.csv', lines.join('\n'));
// %%
type Row = { area: number; rooms: number; age: number; price: number };
const rows: Row[] = fs
  .readFileSync('houses.csv', 'utf8')
  .split('\n')
  .slice(1)
  .map(line => {
    const [area, rooms, age, price] = line.split(',').map(Number);
    return { area, rooms, age, price };
  });
console.log(rows.length, 'rows');
// %%
const mean = (xs: number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;
const std = (xs: number[]) => Math.sqrt(mean(xs.map(x => (x - mean(xs)) ** 2)));
const features = ['area', 'rooms', 'age'] as const;
const stats = features.map(f => ({ mean: mean(rows.map(r => r[f])), std: std(rows.map(r => r[f])) }));
const X = rows.map(r => features.map((f, j) => (r[f] - stats[j].mean) / stats[j].std));
const y = rows.map(r => r.price / 1000);
// %%
const testRatio = 0.25;
const cut = Math.floor(X.length * (1 - testRatio));
const [Xtrain, Xtest] = [X.slice(0, cut), X.slice(cut)];
const [ytrain, ytest] = [y.slice(0, cut), y.slice(cut)];
// %%
class LinearRegression {
  weights: number[] = [];
  bias = 0;
  costHistory: number[] = [];
  constructor(private learningRate = 0.01, private iterations = 1000) {}

  predict(X: number[][]): number[] {
    return X.map(row => row.reduce((sum, x, j) => sum + x * this.weights[j], this.bias));
  }

  fit(X: number[][], y: number[]): this {
    const n = X.length;
    this.weights = new Array(X[0].length).fill(0);
    for (let i = 0; i < this.iterations; i++) {
      const errors = this.predict(X).map((p, k) => p - y[k]);
      for (let j = 0; j < this.weights.length; j++) {
        const gradient = (2 / n) * errors.reduce((s, e, k) => s + e * X[k][j], 0);
        this.weights[j] -= this.learningRate * gradient;
      }
      this.bias -= this.learningRate * (2 / n) * errors.reduce((a, b) => a + b, 0);
      const cost = errors.reduce((s, e) => s + e * e, 0) / n;
      this.costHistory.push(cost);
      if (i % 100 === 0) {
        console.log(`Iteration ${i}: Cost ${cost.toFixed(4)}`);
      }
    }
    return this;
  }
}
// %% #fit
const model = new LinearRegression(0.05, 500);
model.fit(Xtrain, ytrain);
console.log('weights', model.weights, 'bias', model.bias);
// %%
function r2Score(actual: number[], predicted: number[]): number {
  const m = mean(actual);
  const ssRes = actual.reduce((s, a, i) => s + (a - predicted[i]) ** 2, 0);
  const ssTot = actual.reduce((s, a) => s + (a - m) ** 2, 0);
  return 1 - ssRes / ssTot;
}
const predictions = model.predict(Xtest);
const rmse = Math.sqrt(mean(predictions.map((p, i) => (p - ytest[i]) ** 2)));
console.log('Test RMSE:', rmse.toFixed(3));
console.log('Test R2:', r2Score(ytest, predictions).toFixed(4));
