# Style: course. A bandit exercise: epsilon-greedy agents, regret curves, dictionaries of settings.

# %%
import numpy as np
import matplotlib.pyplot as plt
np.random.seed(2)

# %%
n_arms = 10
n_steps = 1000
epsilons = [0.0, 0.01, 0.1]
means = np.random.normal(0, 1, n_arms)

def run_agent(epsilon, n_steps, initial_value=0.0):
    q = np.full(n_arms, initial_value)
    counts = np.zeros(n_arms)
    rewards = np.zeros(n_steps)
    for t in range(n_steps):
        a = np.random.randint(n_arms) if np.random.rand() < epsilon else int(np.argmax(q))
        r = np.random.normal(means[a], 1)
        counts[a] += 1
        q[a] += (r - q[a]) / counts[a]
        rewards[t] = r
    return rewards

# %%
for epsilon in epsilons:
    rewards = run_agent(epsilon, n_steps, initial_value=1.0)
    avg = np.cumsum(rewards) / np.arange(1, n_steps + 1)
    plt.plot(avg, label=f'eps={epsilon}')
    print(f'epsilon={epsilon:.2f} -> average reward: {avg[-1]:.3f}, regret: {n_steps * means.max() - rewards.sum():.1f}')
plt.legend()
plt.show()
