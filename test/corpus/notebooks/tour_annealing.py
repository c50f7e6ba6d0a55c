# Style: personal. A search without a model: simulated annealing for a tour, and an estimator judged by simulation.

# %%
import math
import random
import numpy as np

random.seed(12)
cities = [(random.random() * 100, random.random() * 100) for _ in range(25)]

def length(tour):
    return sum(math.dist(cities[a], cities[b]) for a, b in zip(tour, tour[1:] + tour[:1]))

# %%
T0 = 100.0
cooling = 0.995
n_iter = 4000

tour = list(range(len(cities)))
best = tour[:]
T = T0
history = []
for it in range(n_iter):
    i, j = sorted(random.sample(range(len(cities)), 2))
    cand = tour[:i] + tour[i:j + 1][::-1] + tour[j + 1:]
    delta = length(cand) - length(tour)
    if delta < 0 or random.random() < math.exp(-delta / T):
        tour = cand
        if length(tour) < length(best):
            best = tour[:]
    T *= cooling
    if it % 500 == 0:
        history.append(length(best))
        print(f"iteration {it:5d}  temperature {T:8.3f}  best length {length(best):8.2f}")

# %%
print(f"Shortest tour: {length(best):.0f} km")
print("Improvement over the first tour:", round(1 - length(best) / history[0], 3))

# %% [markdown]
# ## Bias of the variance estimator

# %%
def simulate(n, reps, ddof, rng):
    est = np.array([rng.normal(0, 2, n).var(ddof=ddof) for _ in range(reps)])
    return est.mean() - 4, est.std()

rng = np.random.default_rng(5)
for ddof in [0, 1]:
    b, s = simulate(10, 2000, ddof, rng)
    print('ddof', ddof, 'bias', b, 'std', s)

# %%
def kaplan(times):
    return np.exp(-np.mean(times))

print("MSE of the plug-in estimate = {:.5f}".format(np.mean([(kaplan(rng.exponential(1, 50)) - math.exp(-1)) ** 2 for _ in range(500)])))
