# Style: course. Bandit homework: classes for agents, means over runs, a table of regrets.
# %%
import numpy as np
import pandas as pd
rng = np.random.default_rng()
# %%
K = 5
T = 400
RUNS = 10
probs = rng.beta(2, 2, K)
class Agent:
    def __init__(self, k): self.n, self.q = np.zeros(k), np.zeros(k)
    def update(self, a, r):
        self.n[a] += 1
        self.q[a] += (r - self.q[a]) / self.n[a]
class EpsGreedy(Agent):
    def __init__(self, k, eps=0.1): super().__init__(k); self.eps = eps
    def act(self, t): return rng.integers(K) if rng.random() < self.eps else int(self.q.argmax())
class UCB(Agent):
    def __init__(self, k, c=2.0): super().__init__(k); self.c = c
    def act(self, t): return int(np.argmax(self.q + self.c * np.sqrt(np.log(t + 1) / (self.n + 1e-9))))
class Thompson(Agent):
    def __init__(self, k, a0=1, b0=1): super().__init__(k); self.a, self.b = np.full(k, a0, float), np.full(k, b0, float)
    def act(self, t): return int(rng.beta(self.a, self.b).argmax())
    def update(self, a, r): super().update(a, r); self.a[a] += r; self.b[a] += 1 - r
# %%
def play(make):
    agent, regret = make(), 0.0
    curve = np.zeros(T)
    for t in range(T):
        a = agent.act(t)
        agent.update(a, float(rng.random() < probs[a]))
        regret += probs.max() - probs[a]
        curve[t] = regret
    return curve
agents = {"eps-greedy 0.1": lambda: EpsGreedy(K, 0.1), "ucb": lambda: UCB(K, c=1.5), "thompson": lambda: Thompson(K)}
curves = {name: np.mean([play(make) for _ in range(RUNS)], axis=0) for name, make in agents.items()}
# %%
for name, c in curves.items():
    print(f"{name:<16} final regret: {c[-1]:7.2f}   regret@100: {c[99]:6.2f}")
# %%
pd.DataFrame({"final_regret": {k: v[-1] for k, v in curves.items()}})
