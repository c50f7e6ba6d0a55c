// A course notebook: Q-learning in a small grid, epsilon that decays, rewards averaged over blocks of episodes.
// %%
const SIZE = 5;
const GOAL = SIZE * SIZE - 1;
const PITS = new Set([7, 11, 18]);
const ACTIONS = 4;
const move = (s: number, a: number): number => {
  const r = Math.floor(s / SIZE), c = s % SIZE;
  if (a === 0) return r > 0 ? s - SIZE : s;
  if (a === 1) return r < SIZE - 1 ? s + SIZE : s;
  if (a === 2) return c > 0 ? s - 1 : s;
  return c < SIZE - 1 ? s + 1 : s;
};
function step(s: number, a: number) {
  const next = move(s, a);
  if (next === GOAL) return { next, reward: 10, done: true };
  if (PITS.has(next)) return { next, reward: -5, done: true };
  return { next, reward: -0.1, done: false };
}
// %%
const alpha = 0.2;
const gamma = 0.95;
let epsilon = 1.0;
const epsilonDecay = 0.99;
const epsilonMin = 0.05;
const numEpisodes = 300;
const maxSteps = 60;
const Q: number[][] = Array.from({ length: SIZE * SIZE }, () => Array(ACTIONS).fill(0));
// %% #learn
const argmax = (xs: number[]) => xs.indexOf(Math.max(...xs));
const episodeRewards: number[] = [];
for (let episode = 0; episode < numEpisodes; episode++) {
  let s = 0, total = 0;
  for (let t = 0; t < maxSteps; t++) {
    const a = Math.random() < epsilon ? Math.floor(Math.random() * ACTIONS) : argmax(Q[s]);
    const { next, reward, done } = step(s, a);
    Q[s][a] += alpha * (reward + (done ? 0 : gamma * Math.max(...Q[next])) - Q[s][a]);
    total += reward;
    s = next;
    if (done) break;
  }
  episodeRewards.push(total);
  epsilon = Math.max(epsilonMin, epsilon * epsilonDecay);
  if ((episode + 1) % 50 === 0) {
    const recent = episodeRewards.slice(-50);
    const avg = recent.reduce((a, b) => a + b, 0) / recent.length;
    console.log(`Episode ${episode + 1}: average reward ${avg.toFixed(3)}, epsilon ${epsilon.toFixed(3)}`);
  }
}
// %%
function evaluate(policyRuns: number): number {
  let wins = 0;
  for (let i = 0; i < policyRuns; i++) {
    let s = 0;
    for (let t = 0; t < maxSteps; t++) {
      const { next, done } = step(s, argmax(Q[s]));
      s = next;
      if (done) break;
    }
    if (s === GOAL) wins++;
  }
  return wins / policyRuns;
}
const successRate = evaluate(20);
console.log(`Success rate: ${(successRate * 100).toFixed(1)}%`);
