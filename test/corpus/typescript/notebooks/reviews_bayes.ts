// A course notebook: tf-idf and a naive Bayes classifier, written out; smoothing compared, a report as a table.
// %%
const good = 'great lovely wonderful superb fine tasty friendly happy excellent charming'.split(' ');
const bad = 'awful boring terrible poor bland rude sad horrible slow dirty'.split(' ');
const plain = 'the food was and staff place very a room movie plot we had really it'.split(' ');
const pick = (xs: string[]) => xs[Math.floor(Math.random() * xs.length)];
interface Doc { text: string; label: 'pos' | 'neg' }
function makeDoc(label: 'pos' | 'neg'): Doc {
  const own = label === 'pos' ? good : bad, other = label === 'pos' ? bad : good;
  const words = Array.from({ length: 8 }, () => { const u = Math.random(); return u < 0.2 ? pick(own) : u < 0.3 ? pick(other) : pick(plain); });
  return { text: words.join(' '), label };
}
const docs: Doc[] = Array.from({ length: 240 }, (_, i) => makeDoc(i % 2 ? 'pos' : 'neg'));
const trainDocs = docs.slice(0, 180), testDocs = docs.slice(180);
// %%
const tokenize = (text: string) => text.toLowerCase().split(/\W+/).filter(w => w.length > 1);
const vocab = new Map<string, number>();
for (const { text } of trainDocs) for (const w of tokenize(text)) if (!vocab.has(w)) vocab.set(w, vocab.size);
const df = new Array(vocab.size).fill(0);
for (const { text } of trainDocs) for (const w of new Set(tokenize(text))) df[vocab.get(w)!]++;
const idf = df.map(d => Math.log((1 + trainDocs.length) / (1 + d)) + 1);
const vectorize = (text: string) => {
  const v = new Float64Array(vocab.size);
  for (const w of tokenize(text)) { const i = vocab.get(w); if (i !== undefined) v[i] += idf[i]; }
  return v;
};
console.log('vocabulary size:', vocab.size);
// %%
class MultinomialNB {
  private logPrior: Record<string, number> = {};
  private logProb: Record<string, number[]> = {};
  constructor(private alpha = 1.0) {}
  fit(docs: Doc[]) {
    for (const label of ['pos', 'neg']) {
      const own = docs.filter(d => d.label === label);
      this.logPrior[label] = Math.log(own.length / docs.length);
      const counts = new Array(vocab.size).fill(this.alpha);
      for (const d of own) vectorize(d.text).forEach((v, i) => (counts[i] += v));
      const total = counts.reduce((a, b) => a + b, 0);
      this.logProb[label] = counts.map(c => Math.log(c / total));
    }
    return this;
  }
  predict(text: string): string {
    const v = vectorize(text);
    const scoreOf = (l: string) => v.reduce((s, x, i) => s + x * this.logProb[l][i], this.logPrior[l]);
    return scoreOf('pos') >= scoreOf('neg') ? 'pos' : 'neg';
  }
}
// %% #compare
const accuracyOf = (model: MultinomialNB, set: Doc[]) => set.filter(d => model.predict(d.text) === d.label).length / set.length;
for (const alpha of [0.01, 0.1, 1, 10]) {
  const model = new MultinomialNB(alpha).fit(trainDocs);
  console.log(`alpha=${alpha}\ttrain acc ${accuracyOf(model, trainDocs).toFixed(4)}\ttest acc ${accuracyOf(model, testDocs).toFixed(4)}`);
}
// %%
const final = new MultinomialNB(0.5).fit(trainDocs);
const predicted = testDocs.map(d => final.predict(d.text));
const report = ['pos', 'neg'].map(label => {
  const tp = testDocs.filter((d, i) => d.label === label && predicted[i] === label).length;
  const precision = tp / predicted.filter(p => p === label).length;
  const recall = tp / testDocs.filter(d => d.label === label).length;
  return { label, precision, recall, f1: (2 * precision * recall) / (precision + recall) };
});
console.table(report);
// %%
const macroF1 = report.reduce((s, r) => s + r.f1, 0) / report.length;
console.log('Macro F1:', macroF1);
