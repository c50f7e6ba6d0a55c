// A personal notebook: a decision tree by recursion, depths compared in console.table.
// %%
interface Flower { sepal: number; petal: number; width: number; species: string }
const kinds: [string, number, number, number][] = [['setosa', 5.0, 1.5, 0.25], ['versicolor', 5.9, 4.3, 1.3], ['virginica', 6.6, 5.5, 2.0]];
const flowers: Flower[] = kinds.flatMap(([species, s, p, w]) =>
  Array.from({ length: 40 }, () => ({
    sepal: s + (Math.random() - 0.5) * 1.6, petal: p + (Math.random() - 0.5) * 1.8, width: w + (Math.random() - 0.5) * 0.9, species
  })));
function shuffle<T>(xs: T[]): T[] {
  const a = [...xs];
  for (let i = a.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [a[i], a[j]] = [a[j], a[i]];
  }
  return a;
}
// %%
const shuffled = shuffle(flowers);
const trainSet = shuffled.slice(0, 90);
const testSet = shuffled.slice(90);
// %%
type Feature = 'sepal' | 'petal' | 'width';
type Node = { label: string } | { key: Feature; threshold: number; left: Node; right: Node };
const gini = (set: Flower[]) => {
  const counts: Record<string, number> = {};
  for (const f of set) counts[f.species] = (counts[f.species] ?? 0) + 1;
  return 1 - Object.values(counts).reduce((s, c) => s + (c / set.length) ** 2, 0);
};
const majority = (set: Flower[]) => {
  const counts = new Map<string, number>();
  set.forEach(f => counts.set(f.species, (counts.get(f.species) ?? 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1])[0][0];
};
function build(set: Flower[], maxDepth: number, minSamplesLeaf: number): Node {
  if (maxDepth === 0 || gini(set) === 0) return { label: majority(set) };
  let best: { score: number; key: Feature; threshold: number } | undefined;
  for (const key of ['sepal', 'petal', 'width'] as Feature[]) {
    for (const threshold of set.map(f => f[key])) {
      const left = set.filter(f => f[key] < threshold), right = set.filter(f => f[key] >= threshold);
      if (left.length < minSamplesLeaf || right.length < minSamplesLeaf) continue;
      const score = (left.length * gini(left) + right.length * gini(right)) / set.length;
      if (!best || score < best.score) best = { score, key, threshold };
    }
  }
  if (!best) return { label: majority(set) };
  const { key, threshold } = best;
  return { key, threshold, left: build(set.filter(f => f[key] < threshold), maxDepth - 1, minSamplesLeaf), right: build(set.filter(f => f[key] >= threshold), maxDepth - 1, minSamplesLeaf) };
}
const classify = (node: Node, f: Flower): string => 'label' in node ? node.label : classify(f[node.key] < node.threshold ? node.left : node.right, f);
// %%
const evaluate = (tree: Node, set: Flower[]) => set.filter(f => classify(tree, f) === f.species).length / set.length;
const tree = build(trainSet, 3, 2);
console.log(`Train accuracy: ${evaluate(tree, trainSet)}`);
console.log(`Test accuracy: ${evaluate(tree, testSet)}`);
// %%
const results = [];
for (const depth of [1, 2, 3, 5]) {
  const t = build(trainSet, depth, 2);
  results.push({ depth, trainAccuracy: evaluate(t, trainSet), testAccuracy: evaluate(t, testSet) });
}
console.table(results);
