# Style: course. A waiting line with one server, simulated for several loads; what is measured has words of its own.

# %%
import random
import statistics
import matplotlib.pyplot as plt

# %%
mu = 1.0            # customers served per minute
n_customers = 4000

def simulate(lam, mu, n, seed):
    random.seed(seed)
    clock = free_at = 0.0
    waits, busy = [], 0.0
    for _ in range(n):
        clock += random.expovariate(lam)
        start = max(clock, free_at)
        service = random.expovariate(mu)
        free_at = start + service
        busy += service
        waits.append(start - clock)
    return waits, busy / free_at

# %%
curve = []
for lam in [0.5, 0.7, 0.9]:
    waits, utilization = simulate(lam, mu, n_customers, seed=42)
    mean_wait = statistics.mean(waits)
    theory = lam / (mu * (mu - lam))
    curve.append((lam, mean_wait))
    print(f'lambda = {lam:.1f}: mean wait {mean_wait:.3f} (theory {theory:.3f}), utilization {utilization:.3f}')

# %%
plt.plot(*zip(*curve), 'o-')
plt.xlabel('arrivals per minute')
plt.show()

# %%
two = [simulate(0.9, m, n_customers, seed=42)[0] for m in (1.0, 1.25)]
saved = 1 - statistics.mean(two[1]) / statistics.mean(two[0])
print(f'A server that is 25% faster cuts the mean wait by {saved:.1%}')
