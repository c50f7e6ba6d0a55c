# Style: course. A simulation without any model: an SIR epidemic, printed by day, and its peak.

# %%
import numpy as np
import matplotlib.pyplot as plt

# %%
N = 10000
I0 = 10
beta = 0.35
gamma = 0.1
days = 120
dt = 0.5

# %%
S, I, R = N - I0, I0, 0
infected = [I]
for day in range(1, days + 1):
    for _ in range(int(1 / dt)):
        new_inf = beta * S * I / N * dt
        rec = gamma * I * dt
        S, I, R = S - new_inf, I + new_inf - rec, R + rec
    infected.append(I)
    if day % 20 == 0:
        print(f'day {day}: susceptible {S:.0f}, infected {I:.1f}, recovered {R:.0f}')

# %%
peak = int(np.argmax(infected))
print('Peak of infections on day', peak, 'with', round(max(infected)), 'people')
print(f'R0 = {beta / gamma:.2f}')
print(f'attack rate: {R / N:.3f}')

# %%
plt.plot(infected)
plt.xlabel('days')
plt.show()
