// A personal notebook: matrix factorisation by stochastic gradient descent, a class, RMSE kept per epoch.
// %%
interface Rating { user: number; item: number; value: number }
const nUsers = 25, nItems = 20;
const ratings: Rating[] = [];
for (let u = 0; u < nUsers; u++) for (let i = 0; i < nItems; i++) if (Math.random() < 0.5) ratings.push({ user: u, item: i, value: 1 + Math.round(4 * Math.random() * ((u + i) % 3) / 2) });
const shuffled = ratings.sort(() => Math.random() - 0.5);
const cut = Math.floor(0.8 * shuffled.length);
const [trainSet, testSet] = [shuffled.slice(0, cut), shuffled.slice(cut)];
// %%
class MatrixFactorization {
  P: number[][]; Q: number[][]; mu: number;
  history: { epoch: number; trainRmse: number; testRmse: number }[] = [];
  constructor(private readonly k: number, private readonly lr: number, private readonly reg: number) {
    this.P = Array.from({ length: nUsers }, () => Array.from({ length: k }, () => 0.1 * Math.random()));
    this.Q = Array.from({ length: nItems }, () => Array.from({ length: k }, () => 0.1 * Math.random()));
    this.mu = trainSet.reduce((s, r) => s + r.value, 0) / trainSet.length;
  }
  predict(u: number, i: number) { return this.mu + this.P[u].reduce((s, p, f) => s + p * this.Q[i][f], 0); }
  rmse(set: Rating[]) { return Math.sqrt(set.reduce((s, r) => s + (r.value - this.predict(r.user, r.item)) ** 2, 0) / set.length); }
  fit(epochs: number) {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      for (const { user, item, value } of trainSet) {
        const e = value - this.predict(user, item);
        for (let f = 0; f < this.k; f++) {
          const p = this.P[user][f];
          this.P[user][f] += this.lr * (e * this.Q[item][f] - this.reg * p);
          this.Q[item][f] += this.lr * (e * p - this.reg * this.Q[item][f]);
        }
      }
      this.history.push({ epoch, trainRmse: this.rmse(trainSet), testRmse: this.rmse(testSet) });
    }
    return this;
  }
}
// %% #fit
const mf = new MatrixFactorization(4, 0.02, 0.05).fit(12);
console.table(mf.history.slice(-3));
// %%
const baseline = Math.sqrt(testSet.reduce((s, r) => s + (r.value - mf.mu) ** 2, 0) / testSet.length);
console.log('baseline rmse', baseline.toFixed(4), 'model rmse', mf.rmse(testSet).toFixed(4));
