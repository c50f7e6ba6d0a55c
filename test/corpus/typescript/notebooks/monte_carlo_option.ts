// A finance notebook: a European call by Monte Carlo beside Black-Scholes, standard errors, antithetic variates.
// %%
const S0 = 100, K = 105, T = 1, r = 0.03, sigma = 0.2;
// %%
function randn(): number {
  let u = 0;
  while (u === 0) u = Math.random();
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * Math.random());
}
function cdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const d = 0.3989423 * Math.exp(-x * x / 2);
  const p = d * t * (0.3193815 + t * (-0.3565638 + t * (1.781478 + t * (-1.821256 + t * 1.330274))));
  return x > 0 ? 1 - p : p;
}
// %%
function simulateCall(nPaths: number, antithetic = false): { price: number; stderr: number } {
  const payoffs: number[] = [];
  for (let i = 0; i < nPaths; i++) {
    const z = randn();
    const payoff = (z: number) => Math.max(S0 * Math.exp((r - sigma ** 2 / 2) * T + sigma * Math.sqrt(T) * z) - K, 0);
    payoffs.push(antithetic ? (payoff(z) + payoff(-z)) / 2 : payoff(z));
  }
  const m = payoffs.reduce((a, b) => a + b, 0) / nPaths;
  const v = payoffs.reduce((a, b) => a + (b - m) ** 2, 0) / (nPaths - 1);
  return { price: Math.exp(-r * T) * m, stderr: Math.exp(-r * T) * Math.sqrt(v / nPaths) };
}
// %%
const d1 = (Math.log(S0 / K) + (r + sigma ** 2 / 2) * T) / (sigma * Math.sqrt(T));
const d2 = d1 - sigma * Math.sqrt(T);
const exact = S0 * cdf(d1) - K * Math.exp(-r * T) * cdf(d2);
console.log('Black-Scholes:', exact.toFixed(4));
// %% #mc
const nPaths = 20000;
const plain = simulateCall(nPaths);
const anti = simulateCall(nPaths, true);
console.log(`Plain MC:      ${plain.price.toFixed(4)} ± ${plain.stderr.toFixed(4)}`);
console.log(`Antithetic MC: ${anti.price.toFixed(4)} ± ${anti.stderr.toFixed(4)}`);
// %%
for (const n of [100, 1000, 10000]) {
  const { price } = simulateCall(n);
  console.log(`paths=${n} price=${price.toFixed(4)} error=${Math.abs(price - exact).toFixed(4)}`);
}
