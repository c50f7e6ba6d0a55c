// An exercise: bandit agents in classes that extend one, compared over runs; a Map of results.
// %%
abstract class Agent {
  protected counts: number[];
  protected values: number[];
  constructor(readonly arms: number) { this.counts = Array(arms).fill(0); this.values = Array(arms).fill(0); }
  abstract choose(t: number): number;
  update(arm: number, reward: number) {
    this.counts[arm]++;
    this.values[arm] += (reward - this.values[arm]) / this.counts[arm];
  }
}
class EpsilonGreedy extends Agent {
  constructor(arms: number, private epsilon: number) { super(arms); }
  choose() { return Math.random() < this.epsilon ? Math.floor(Math.random() * this.arms) : this.values.indexOf(Math.max(...this.values)); }
}
class UCB extends Agent {
  constructor(arms: number, private c = 2) { super(arms); }
  choose(t: number) {
    const unused = this.counts.indexOf(0);
    if (unused >= 0) return unused;
    const bounds = this.values.map((v, i) => v + this.c * Math.sqrt(Math.log(t + 1) / this.counts[i]));
    return bounds.indexOf(Math.max(...bounds));
  }
}
// %%
const probabilities = [0.2, 0.5, 0.65, 0.4];
const steps = 1000;
function play(agent: Agent): { totalReward: number; regret: number } {
  let totalReward = 0;
  for (let t = 0; t < steps; t++) {
    const arm = agent.choose(t);
    const reward = Math.random() < probabilities[arm] ? 1 : 0;
    agent.update(arm, reward);
    totalReward += reward;
  }
  return { totalReward, regret: Math.max(...probabilities) * steps - totalReward };
}
// %% #play
const results = new Map<string, { totalReward: number; regret: number }>();
results.set('greedy', play(new EpsilonGreedy(4, 0)));
results.set('eps=0.1', play(new EpsilonGreedy(4, 0.1)));
results.set('ucb', play(new UCB(4, 1.5)));
for (const [name, { totalReward, regret }] of results) {
  console.log(`${name.padEnd(10)} reward: ${totalReward}  regret: ${regret.toFixed(1)}`);
}
