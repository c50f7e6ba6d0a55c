# Style: personal. Three ordering policies simulated over a thousand days; cost and fill rate of each in a line.

# %%
import numpy as np
import pandas as pd

HOLDING, BACKLOG, ORDER = 1.0, 9.0, 50.0
HORIZON = 1000
MEAN_DEMAND = 12

# %%
def run_policy(s, S, seed=7):
    rng = np.random.default_rng(seed)
    stock, cost, lost, asked = S, 0.0, 0, 0
    for day in range(HORIZON):
        demand = rng.poisson(MEAN_DEMAND)
        asked += demand
        lost += max(demand - stock, 0)
        stock -= demand
        cost += HOLDING * max(stock, 0) + BACKLOG * max(-stock, 0)
        stock = max(stock, 0)
        if stock <= s:
            cost += ORDER
            stock = S
    return cost / HORIZON, 1 - lost / asked

# %%
results = []
for s, S in [(10, 40), (15, 60), (20, 80)]:
    avg_cost, fill_rate = run_policy(s, S)
    results.append({'s': s, 'S': S, 'avg_cost': avg_cost, 'fill_rate': fill_rate})
    print(f'(s={s}, S={S})  avg cost per day: {avg_cost:.2f}  fill rate: {fill_rate:.1%}')

# %%
df = pd.DataFrame(results)
df.sort_values('avg_cost')

# %%
best = df.loc[df.avg_cost.idxmin()]
print(f'Best policy: ({best.s:.0f}, {best.S:.0f}), {best.avg_cost:.2f} a day')
