// A course notebook: k-means by hand, inertia while it runs, an elbow over k, silhouette at the end.
// %%
type Point = [number, number];
const centers: Point[] = [[0, 0], [5, 5], [0, 6]];
const points: Point[] = [];
for (const [cx, cy] of centers)
  for (let i = 0; i < 40; i++) points.push([cx + Math.random() * 2 - 1, cy + Math.random() * 2 - 1]);
points.length
// %%
const dist2 = (a: Point, b: Point) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2;
function nearest(p: Point, centroids: Point[]): number {
  let best = 0;
  centroids.forEach((c, i) => { if (dist2(p, c) < dist2(p, centroids[best])) best = i; });
  return best;
}
function kMeans(points: Point[], k: number, maxIter = 50, verbose = false) {
  let centroids = points.slice().sort(() => Math.random() - 0.5).slice(0, k);
  let inertia = Infinity;
  let labels: number[] = [];
  for (let iter = 0; iter < maxIter; iter++) {
    labels = points.map(p => nearest(p, centroids));
    const next = points.reduce((s, p, i) => s + dist2(p, centroids[labels[i]]), 0);
    if (verbose) console.log(`iter ${iter} inertia ${next.toFixed(3)}`);
    if (Math.abs(inertia - next) < 1e-6) { inertia = next; break; }
    inertia = next;
    centroids = centroids.map((c, j) => {
      const own = points.filter((_, i) => labels[i] === j);
      return own.length ? [own.reduce((s, p) => s + p[0], 0) / own.length, own.reduce((s, p) => s + p[1], 0) / own.length] as Point : c;
    });
  }
  return { centroids, labels, inertia };
}
// %%
const result = kMeans(points, 3, 50, true);
// %%
const inertias: number[] = [];
for (let k = 1; k <= 6; k++) {
  inertias.push(kMeans(points, k).inertia);
}
inertias
// %%
function silhouette(points: Point[], labels: number[]): number {
  const scores = points.map((p, i) => {
    const byCluster = new Map<number, number[]>();
    points.forEach((q, j) => {
      if (i !== j) byCluster.set(labels[j], [...(byCluster.get(labels[j]) ?? []), Math.sqrt(dist2(p, q))]);
    });
    const avg = (xs: number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;
    const a = avg(byCluster.get(labels[i]) ?? [0]);
    const b = Math.min(...[...byCluster].filter(([l]) => l !== labels[i]).map(([, d]) => avg(d)));
    return (b - a) / Math.max(a, b);
  });
  return scores.reduce((a, b) => a + b, 0) / scores.length;
}
silhouette(points, result.labels)
