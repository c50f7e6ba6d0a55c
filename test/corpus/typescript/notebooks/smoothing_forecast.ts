// A personal notebook: exponential smoothing of monthly sales, alpha chosen on a grid, errors of the forecast.
// %%
const months = 48;
const sales: number[] = Array.from({ length: months }, (_, i) => 200 + 3 * i + 25 * Math.sin((2 * Math.PI * i) / 12) + 12 * (Math.random() - 0.5));
const horizon = 6;
const history = sales.slice(0, -horizon), future = sales.slice(-horizon);
// %%
function smooth(xs: number[], alpha: number, beta: number) {
  let level = xs[0], trend = xs[1] - xs[0], sse = 0;
  for (let t = 1; t < xs.length; t++) {
    const forecast = level + trend;
    sse += (xs[t] - forecast) ** 2;
    const next = alpha * xs[t] + (1 - alpha) * forecast;
    trend = beta * (next - level) + (1 - beta) * trend;
    level = next;
  }
  return { level, trend, sse };
}
// %% #grid
const beta = 0.1;
let best = { alpha: 0, sse: Infinity };
for (const alpha of [0.1, 0.3, 0.5, 0.7, 0.9]) {
  const { sse } = smooth(history, alpha, beta);
  console.log(`alpha ${alpha}: SSE ${sse.toFixed(1)}`);
  if (sse < best.sse) best = { alpha, sse };
}
console.log('best alpha', best.alpha);
// %%
const model = smooth(history, best.alpha, beta);
const forecast = future.map((_, h) => model.level + (h + 1) * model.trend);
const errors = forecast.map((f, h) => f - future[h]);
const mae = errors.reduce((s, e) => s + Math.abs(e), 0) / horizon;
const mape = (100 * errors.reduce((s, e, h) => s + Math.abs(e / future[h]), 0)) / horizon;
console.log(`MAE ${mae.toFixed(2)}  MAPE ${mape.toFixed(2)}%`);
// %%
const naive = history[history.length - 1];
const naiveMae = future.reduce((s, x) => s + Math.abs(x - naive), 0) / horizon;
console.log('skill', 1 - mae / naiveMae);
