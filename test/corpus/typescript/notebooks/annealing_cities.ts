// A personal notebook: simulated annealing of a round trip, temperatures printed with exponents.
// %%
interface City { x: number; y: number }
function makeCities(n: number): City[] {
  return Array.from({ length: n }, () => ({ x: Math.random() * 100, y: Math.random() * 100 }));
}
const cities = makeCities(30);
const dist = (a: City, b: City) => Math.hypot(a.x - b.x, a.y - b.y);
const tourLength = (tour: number[]) => tour.reduce((s, c, i) => s + dist(cities[c], cities[tour[(i + 1) % tour.length]]), 0);
// %%
interface Options { tStart: number; tEnd: number; cooling: number; movesPerTemp: number }
function anneal(opts: Options) {
  let tour = cities.map((_, i) => i);
  let length = tourLength(tour);
  let best = { tour: tour.slice(), length };
  let T = opts.tStart, sweep = 0;
  while (T > opts.tEnd) {
    let accepted = 0;
    for (let m = 0; m < opts.movesPerTemp; m++) {
      const i = Math.floor(Math.random() * tour.length), j = Math.floor(Math.random() * tour.length);
      const [lo, hi] = [Math.min(i, j), Math.max(i, j)];
      const candidate = [...tour.slice(0, lo), ...tour.slice(lo, hi + 1).reverse(), ...tour.slice(hi + 1)];
      const delta = tourLength(candidate) - length;
      if (delta < 0 || Math.random() < Math.exp(-delta / T)) { tour = candidate; length += delta; accepted++; }
      if (length < best.length) best = { tour: tour.slice(), length };
    }
    if (sweep % 10 === 0) console.log(`sweep ${sweep}  T=${T.toExponential(2)}  length=${length.toFixed(2)}  acceptance=${(accepted / opts.movesPerTemp).toFixed(3)}`);
    T *= opts.cooling;
    sweep++;
  }
  return best;
}
// %% #run
const result = anneal({ tStart: 50, tEnd: 1e-2, cooling: 0.9, movesPerTemp: 100 });
console.log('best tour length:', result.length.toFixed(3));
// %%
const runs = [1, 2, 3].map(() => anneal({ tStart: 20, tEnd: 0.1, cooling: 0.8, movesPerTemp: 40 }).length);
const bestLength = Math.min(...runs);
console.log(`best of ${runs.length} quick runs: ${bestLength.toFixed(2)}`);
