// JavaScript with danfojs: clean a table, one-hot a column, a logistic regression over it, a table of thresholds.
// %%
import * as dfd from 'danfojs-node';
// %%
const rows = Array.from({ length: 140 }, (_, i) => {
  const sex = Math.random() < 0.5 ? 'male' : 'female';
  const fare = 5 + Math.random() * 60, age = 4 + Math.random() * 60;
  return { id: i, sex, age, fare, survived: Math.random() < (sex === 'female' ? 0.75 : 0.2) ? 1 : 0 };
});
const df = new dfd.DataFrame(rows);
console.log(df.shape);
// %%
const female = df['sex'].values.map(s => (s === 'female' ? 1 : 0));
const zscore = xs => { const m = xs.reduce((a, b) => a + b, 0) / xs.length; const sd = Math.sqrt(xs.reduce((s, x) => s + (x - m) ** 2, 0) / xs.length); return xs.map(x => (x - m) / sd); };
const features = female.map((f, i) => [1, f, zscore(df['age'].values)[i], zscore(df['fare'].values)[i]]);
const labels = df['survived'].values;
// %% #fit
const learningRate = 0.3, epochs = 60, l2 = 0.001;
let w = [0, 0, 0, 0];
const sigmoid = z => 1 / (1 + Math.exp(-z));
const prob = row => sigmoid(row.reduce((s, x, j) => s + x * w[j], 0));
for (let epoch = 1; epoch <= epochs; epoch++) {
  const grad = [0, 0, 0, 0];
  let loss = 0;
  features.forEach((row, i) => {
    const p = prob(row);
    loss -= labels[i] ? Math.log(p) : Math.log(1 - p);
    row.forEach((x, j) => { grad[j] += ((p - labels[i]) * x) / features.length; });
  });
  w = w.map((v, j) => v - learningRate * (grad[j] + l2 * v));
  if (epoch % 15 === 0) console.log('epoch', epoch, 'loss', (loss / features.length).toFixed(4));
}
// %%
const accuracyAt = threshold => features.filter((row, i) => (prob(row) >= threshold ? 1 : 0) === labels[i]).length / features.length;
const table = new dfd.DataFrame([0.3, 0.5, 0.7].map(threshold => ({ threshold, accuracy: accuracyAt(threshold) })));
table.print();
// %%
const best = [0.3, 0.4, 0.5, 0.6, 0.7].map(t => ({ t, acc: accuracyAt(t) })).sort((a, b) => b.acc - a.acc)[0];
console.log(`best threshold ${best.t} with accuracy ${best.acc.toFixed(3)}`);
