// A course notebook in JavaScript: a perceptron on two flowers, then several learning rates.
// %%
const shuffle = arr => { for (let i = arr.length - 1; i > 0; i--) { const j = Math.floor(Math.random() * (i + 1)); [arr[i], arr[j]] = [arr[j], arr[i]]; } return arr; };
const flowers = [];
for (let i = 0; i < 50; i++) flowers.push({ petal: 1.2 + Math.random() * 0.6, sepal: 4.6 + Math.random(), label: -1 });
for (let i = 0; i < 50; i++) flowers.push({ petal: 1.6 + Math.random() * 1.8, sepal: 5 + Math.random() * 1.6, label: 1 });
shuffle(flowers);
const trainSet = flowers.slice(0, 70);
const testSet = flowers.slice(70);
console.log('train', trainSet.length, 'test', testSet.length);
// %%
class Perceptron {
  constructor(eta = 0.01, nIter = 10) {
    this.eta = eta;
    this.nIter = nIter;
    this.errors = [];
  }
  fit(data) {
    this.w = [0, 0];
    this.b = 0;
    for (let epoch = 0; epoch < this.nIter; epoch++) {
      let errors = 0;
      for (const { petal, sepal, label } of data) {
        const update = this.eta * (label - this.predict(petal, sepal));
        this.w[0] += update * petal;
        this.w[1] += update * sepal;
        this.b += update;
        errors += Number(update !== 0);
      }
      this.errors.push(errors);
    }
    return this;
  }
  predict(petal, sepal) {
    return this.w[0] * petal + this.w[1] * sepal + this.b >= 0 ? 1 : -1;
  }
}
// %% #fit
const ppn = new Perceptron(0.1, 12).fit(trainSet);
ppn.errors.forEach((n, i) => console.log('Epoch', i + 1, 'misclassified', n));
// %%
function accuracy(model, data) {
  return data.filter(d => model.predict(d.petal, d.sepal) === d.label).length / data.length;
}
console.log('train:', accuracy(ppn, trainSet));
console.log('test:', accuracy(ppn, testSet));
// %%
for (const eta of [0.001, 0.01, 0.1, 1]) {
  const model = new Perceptron(eta, 12).fit(trainSet);
  console.log(eta, accuracy(model, testSet));
}
